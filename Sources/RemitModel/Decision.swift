/// Whether a gate refuses, or only records.
package enum Mode: String, Hashable, Sendable {
    case enforce
    /// Judges and records everything, refuses nothing: how an organisation starts.
    case monitor
}

/// The answer to a submission, worst last.
///
/// A gate treats `undecided` as refused.
package enum Outcome: String, Hashable, Sendable {
    case allowed
    case refused
    case undecided
}

/// The verdict over one whole submission, with everything that led to it.
package struct Decision: Hashable, Sendable {
    /// One delegation that the submission used.
    package struct Use: Hashable, Sendable {
        package let delegation: RecordID
        package let agent: String
        package let delegator: String
        /// How many commits the submission has of it, those among them that were counted before.
        package let commits: Int
        package let expense: Expense

        package init(
            delegation: RecordID, agent: String, delegator: String, commits: Int, expense: Expense = .none
        ) {
            self.delegation = delegation
            self.agent = agent
            self.delegator = delegator
            self.commits = commits
            self.expense = expense
        }
    }

    /// A delegation that the submission used only through those that were handed on from it.
    package struct Ancestor: Hashable, Sendable {
        package let delegation: RecordID
        package let expense: Expense

        package init(delegation: RecordID, expense: Expense) {
            self.delegation = delegation
            self.expense = expense
        }
    }

    /// One delegation whose work the submission lands: that takes nothing out of its limits.
    package struct Landing: Hashable, Sendable {
        package let delegation: RecordID
        package let agent: String
        package let delegator: String
        package let commits: Int

        package init(delegation: RecordID, agent: String, delegator: String, commits: Int) {
            self.delegation = delegation
            self.agent = agent
            self.delegator = delegator
            self.commits = commits
        }
    }

    /// One approval of what the submission leaves, given by a person and in its time.
    package struct Approved: Hashable, Sendable {
        package let approval: RecordID
        package let approver: String
        package let commit: ObjectID

        package init(approval: RecordID, approver: String, commit: ObjectID) {
            self.approval = approval
            self.approver = approver
            self.commit = commit
        }
    }

    /// One agent that was seen in the submission, and in how many commits.
    package struct Sighting: Hashable, Sendable {
        package let agent: String
        package let commits: Int
        package let strength: Strength

        package init(agent: String, commits: Int, strength: Strength) {
            self.agent = agent
            self.commits = commits
            self.strength = strength
        }
    }

    /// What an exception set aside: the findings of one rule on one ref.
    package struct Override: Hashable, Sendable {
        package let exception: RecordID
        package let issuer: String
        package let reason: String
        package let expiresAt: Instant
        package let rule: RuleCode
        package let ref: ByteString
        package let findings: Int

        package init(
            exception: RecordID, issuer: String, reason: String, expiresAt: Instant, rule: RuleCode, ref: ByteString,
            findings: Int
        ) {
            self.exception = exception
            self.issuer = issuer
            self.reason = reason
            self.expiresAt = expiresAt
            self.rule = rule
            self.ref = ref
            self.findings = findings
        }
    }

    /// By which marks agents were looked for.
    package struct Catalogue: Hashable, Sendable {
        /// The version of the built-in catalogue.
        package let version: String
        /// The digest of the organisation's own `marks.toml`; `nil` where it has none.
        package let own: RecordID?

        package init(version: String, own: RecordID?) {
            self.version = version
            self.own = own
        }
    }

    package let outcome: Outcome
    package let mode: Mode
    package let repository: String
    package let pusher: Pusher?
    package let decidedAt: Instant
    package let updates: [RefUpdate]
    /// How many commits were judged, counted once per ref.
    package let commits: Int
    /// The findings kept, in the order of the refs and then of the commits; at most `Judge.findingsKept`.
    package let findings: [Finding]
    /// How many findings there were in all.
    package let findingCount: Int
    /// What the policy wants told and does not refuse, in the same order; at most `Judge.findingsKept`.
    package let observations: [Finding]
    /// How many of those there were in all.
    package let observationCount: Int
    package let agents: [Sighting]
    package let delegations: [Use]
    package let ancestors: [Ancestor]
    package let landings: [Landing]
    /// Those that were looked at, since something asked for approvals; at most `Judge.approvalsKept`.
    package let approvals: [Approved]
    /// The commit of the authority that was read; `nil` when it could not be.
    package let authority: ObjectID?
    package let policyVersion: Int?
    /// What would have refused the submission and was set aside; only where all of it was.
    package let overrides: [Override]
    /// What else a person should know, such as why an exception did not help; in git's voice.
    package private(set) var remarks: [String]
    package let submission: Submission
    /// The CI job that asked; `nil` for a push.
    package let job: Job?
    /// Who wrote each commit, by which evidence; at most `Judge.authorshipsKept`.
    package let authorship: [Authorship]
    /// Every rule that was asked: those without a finding were met.
    package let rules: [RuleCode]
    /// By what way it came, as the server says.
    package let route: Route
    /// The certificate of a signed push; `nil` where there was none that could be read.
    package let certificate: PushCertificate?
    /// `nil` where no marks were looked for, and in decisions from before it was recorded.
    package let catalogue: Catalogue?

    package init(
        outcome: Outcome, mode: Mode, repository: String, pusher: Pusher?, decidedAt: Instant, updates: [RefUpdate],
        commits: Int, findings: [Finding], findingCount: Int, agents: [Sighting], delegations: [Use],
        ancestors: [Ancestor] = [], landings: [Landing] = [], approvals: [Approved] = [], authority: ObjectID?,
        policyVersion: Int?, overrides: [Override] = [], remarks: [String] = [],
        submission: Submission = .push, job: Job? = nil, authorship: [Authorship] = [], rules: [RuleCode] = [],
        route: Route = .plain, certificate: PushCertificate? = nil, observations: [Finding] = [],
        observationCount: Int? = nil, catalogue: Catalogue? = nil
    ) {
        self.outcome = outcome
        self.mode = mode
        self.repository = repository
        self.pusher = pusher
        self.decidedAt = decidedAt
        self.updates = updates
        self.commits = commits
        self.findings = findings
        self.findingCount = findingCount
        self.observations = observations
        self.observationCount = observationCount ?? observations.count
        self.agents = agents
        self.delegations = delegations
        self.ancestors = ancestors
        self.landings = landings
        self.approvals = approvals
        self.authority = authority
        self.policyVersion = policyVersion
        self.overrides = overrides
        self.remarks = remarks
        self.submission = submission
        self.job = job
        self.authorship = authorship
        self.rules = rules
        self.route = route
        self.certificate = certificate
        self.catalogue = catalogue
    }

    /// The same with one more remark.
    package func remarking(_ remark: String) -> Decision {
        var decision = self
        decision.remarks.append(remark)
        return decision
    }

    /// Whether the gate lets the submission through.
    package var letsThrough: Bool { outcome == .allowed || mode == .monitor }
}
