// What the evidence of a period tells, for people who answer for it.
extension Review {
    /// Examples that are named of what is counted.
    package static let examplesAtMost = 3
    /// Groups of one kind that are told apart.
    package static let groupsAtMost = 1_000

    /// Updates that landed in a repository though nothing judged them.
    package struct Landings: Hashable, Sendable {
        package let repository: String
        package var updates = 0
        /// The effects, the newest last.
        package var examples: [Trace.Entry] = []

        package init(repository: String) {
            self.repository = repository
        }
    }

    /// That a repository's gate was taken away.
    package struct Absence: Hashable, Sendable {
        package let repository: String
        package let since: Instant
        package let entry: Trace.Entry
        /// When it was there again; `nil` where it is still away.
        package var until: Instant?

        package init(repository: String, since: Instant, entry: Trace.Entry, until: Instant? = nil) {
            self.repository = repository
            self.since = since
            self.entry = entry
            self.until = until
        }
    }

    /// An agent that was seen and does not stand in the inventory.
    package struct Undeclared: Hashable, Sendable {
        package let agent: String
        package var commits = 0
        package var decisions = 0
        package var repositories: Set<String> = []
        package var examples: [Example] = []
        /// Whether the inventory knows it by now.
        package var isRegisteredNow = false

        package struct Example: Hashable, Sendable {
            package let entry: Trace.Entry
            package let commit: ObjectID?

            package init(entry: Trace.Entry, commit: ObjectID?) {
                self.entry = entry
                self.commit = commit
            }
        }

        package init(agent: String) {
            self.agent = agent
        }
    }

    /// An exception that let something through.
    package struct ExceptionUse: Hashable, Sendable {
        package let exception: RecordID
        package let issuer: String
        package let reason: String
        package let expiresAt: Instant
        package var repositories: Set<String> = []
        package var rules: Set<RuleCode> = []
        package var decisions = 0
        package var findings = 0
        package var examples: [Trace.Entry] = []

        package init(_ override: Decision.Override) {
            exception = override.exception
            issuer = override.issuer
            reason = override.reason
            expiresAt = override.expiresAt
        }
    }

    /// The same rule refused the same agent again and again.
    package struct Refusals: Hashable, Sendable {
        /// `nil` where it is of no one agent.
        package let agent: String?
        package let rule: RuleCode
        package var decisions = 0
        package var repositories: Set<String> = []
        package var examples: [Trace.Entry] = []
        /// The last of the findings, with what was judged: it says what would have been right.
        package var last: Finding
        package var submission: Submission

        package init(agent: String?, last: Finding, submission: Submission) {
            self.agent = agent
            rule = last.rule
            self.last = last
            self.submission = submission
        }
    }
}
