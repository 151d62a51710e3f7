/// What a delegation record says.
///
/// Whether it may be believed is `RemitAuthority`'s to find out.
package struct Delegation: Hashable, Sendable {
    package let organisation: String
    /// The accountable person.
    package let delegator: String
    /// The agent's id in the inventory.
    package let agent: String
    package let task: String
    package let purpose: String
    package let issuedAt: Instant
    /// Until then the agent's work may first be seen.
    package let expiresAt: Instant
    /// Until then persons may land that work.
    package let mergeBy: Instant
    /// The task keys: whoever signs with one proves possession of the delegation.
    package let keys: [KeyFingerprint]
    /// How many further sub-delegations are allowed.
    package let hops: Int
    /// The delegation that this one narrows, in a sub-delegation.
    package let parent: RecordID?
    package let context: Context?
    package let grants: [Grant]
    package let limits: Limits
    /// Whose certificates stand for a task key, where their principals name this delegation.
    package let certificateAuthorities: [KeyFingerprint]
    /// The request that it answers.
    package let request: RecordID?

    /// What the agent had to hand.
    package struct Context: Hashable, Sendable {
        package let model: String?
        package let tools: [String]
        package let instructions: RecordID?

        package init(model: String?, tools: [String], instructions: RecordID?) {
            self.model = model
            self.tools = tools
            self.instructions = instructions
        }
    }

    package init(
        organisation: String, delegator: String, agent: String, task: String, purpose: String, issuedAt: Instant,
        expiresAt: Instant, mergeBy: Instant, keys: [KeyFingerprint], hops: Int, parent: RecordID?, context: Context?,
        grants: [Grant], limits: Limits, certificateAuthorities: [KeyFingerprint] = [], request: RecordID? = nil
    ) {
        self.organisation = organisation
        self.delegator = delegator
        self.agent = agent
        self.task = task
        self.purpose = purpose
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.mergeBy = mergeBy
        self.keys = keys
        self.hops = hops
        self.parent = parent
        self.context = context
        self.grants = grants
        self.limits = limits
        self.certificateAuthorities = certificateAuthorities
        self.request = request
    }
}

/// One clause of a delegation.
///
/// All of it must hold for one act: clauses are never mixed.
package struct Grant: Hashable, Sendable {
    package let repository: String
    /// Where the agent itself may push.
    package let refs: [PathPattern]
    /// Where a person may land its work.
    package let mergeInto: [PathPattern]
    package let paths: PathScope
    package let operations: Set<Operation>
    package let environments: Set<String>

    package init(
        repository: String, refs: [PathPattern], mergeInto: [PathPattern], paths: PathScope,
        operations: Set<Operation>, environments: Set<String>
    ) {
        self.repository = repository
        self.refs = refs
        self.mergeInto = mergeInto
        self.paths = paths
        self.operations = operations
        self.environments = environments
    }
}

/// A delegation's budget.
///
/// What is not limited is `nil`.
package struct Limits: Hashable, Sendable {
    package let commits: Int?
    /// Distinct paths.
    package let files: Int?
    /// Lines added plus lines removed.
    package let lines: Int?
    /// Bytes of the new contents of files.
    package let bytes: Int?
    package let pushes: Int?

    package static let none = Limits(commits: nil, files: nil, lines: nil, bytes: nil, pushes: nil)

    package init(commits: Int?, files: Int?, lines: Int?, bytes: Int?, pushes: Int?) {
        self.commits = commits
        self.files = files
        self.lines = lines
        self.bytes = bytes
        self.pushes = pushes
    }
}
