/// Who wrote a history, as far as its commits hold evidence.
///
/// Dates are committers' claims. What carries no evidence is counted as that, and never as a person's.
package struct HistoryScan: Hashable, Sendable {
    package let scope: Scope
    package let commits: Commits
    /// Every tool with a mark in the history, the most pressing first.
    package let tools: [Tool]
    /// Each month in which a commit claims to have been made, oldest first.
    package let months: [Month]

    package init(scope: Scope, commits: Commits, tools: [Tool], months: [Month]) {
        self.scope = scope
        self.commits = commits
        self.tools = tools
        self.months = months
    }

    /// What was read, and by what it was judged.
    package struct Scope: Hashable, Sendable {
        package let repository: ByteString
        package let selection: Selection
        /// How many refs lead to the commits.
        package let refs: Int
        package let since: Instant?
        package let until: Instant?
        /// How many commits have parents that a shallow clone left out.
        package let cut: Int
        /// The version of the catalogue of marks.
        package let catalogue: String
        /// The commit of the authority whose inventory was asked.
        package let authority: ObjectID?
        package let readAt: Instant

        package init(
            repository: ByteString, selection: Selection, refs: Int, since: Instant?, until: Instant?, cut: Int,
            catalogue: String, authority: ObjectID?, readAt: Instant
        ) {
            self.repository = repository
            self.selection = selection
            self.refs = refs
            self.since = since
            self.until = until
            self.cut = cut
            self.catalogue = catalogue
            self.authority = authority
            self.readAt = readAt
        }

        package enum Selection: String, Hashable, Sendable {
            case branchesAndTags = "branches-and-tags"
            case all
            case named
        }
    }

    /// How many commits there are of which kind: each is of one kind only.
    package struct Commits: Hashable, Sendable {
        package var total = 0
        /// With more than one parent; counted in their kinds as well.
        package var merges = 0
        /// With a mark of one agent, or of several, that is `strong` or better.
        package var agents = 0
        /// Of these, with marks of more than one agent.
        package var several = 0
        package var assisted = 0
        package var bots = 0
        /// With weak marks only.
        package var weak = 0
        package var noEvidence = 0
        package var malformed = 0
        /// Of the agents', those whose files could not be compared with their parents'.
        package var incomparable = 0
        /// With a claimed date from before 1970 or after 2199, so in no month.
        package var undated = 0
        /// A few of the malformed, and what is wrong with them.
        package var examples: [Malformed] = []
        package var span: Span?

        package init() {}
    }

    package struct Malformed: Hashable, Sendable {
        package let commit: ObjectID
        package let reason: String

        package init(_ commit: ObjectID, reason: String) {
            self.commit = commit
            self.reason = reason
        }
    }

    /// The first and the last of some commits, by the dates that their committers claim.
    package struct Span: Hashable, Sendable {
        package struct End: Hashable, Sendable {
            package let at: Instant
            package let commit: ObjectID
        }

        package private(set) var first: End
        package private(set) var last: End

        package init(_ commit: ObjectID, at moment: Instant) {
            first = End(at: moment, commit: commit)
            last = first
        }

        /// Of commits of one second the lower id counts, so that the order of reading does not matter.
        package mutating func add(_ commit: ObjectID, at moment: Instant) {
            if (moment, commit) < (first.at, first.commit) { first = End(at: moment, commit: commit) }
            if moment > last.at || (moment == last.at && commit < last.commit) {
                last = End(at: moment, commit: commit)
            }
        }
    }
}
