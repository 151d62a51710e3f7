package import RemitAuthority
package import RemitModel

/// One commit as the rules see it: facts that were gathered and verified beforehand, for one ref.
package struct CommitCase: Sendable {
    package let id: ObjectID
    package let attribution: Attribution
    /// The agents of the attribution, as the inventory knows them, each once.
    package let agents: [AgentStanding]
    package let signature: SignatureStatus
    /// Whose key made a good signature; `nil` when there is none.
    package let signer: KeyHolder?
    /// The revocation of the task key that signed it, or of what certified that key.
    package let keyRevocation: Revocation?
    package let claim: Claim
    /// When an earlier allowed decision first saw this commit under the claimed delegation.
    package let firstSeen: Instant?
    /// The change of trees that the commit makes; `nil` for a merge, and where nothing asks for it.
    package let treeChange: TreeChange?
    /// Whether `firstSeen` is of this change in other commits: a host has squashed or rebased them into this one.
    package let isRewriting: Bool
    /// What the commit itself brings: for a merge, the paths that the merger decided, not what came from its parents.
    package let changes: [Change]
    /// Lines added plus removed and bytes of new contents; counted only where a limit asks for them.
    package let lines: Int
    package let bytes: Int
    /// What it does to pipelines' definitions, as far as that opens a way round a gate.
    package let pipelineChanges: [PipelineChange]
    /// Why git and other readers could read the commit differently.
    package let malformed: String?
    /// What in its own bytes does not fit together.
    package let oddities: [Oddity]
    /// Who makes the tools that are named, to know tools of one maker by; empty where no two are named.
    package let makers: [String: Set<String>]
    /// The committer as written, for a commit that an agent's own key signs.
    package let committer: ByteString?
    /// Whether the policy of the ref wants marks of agents that the inventory does not know told of and not refused.
    private let isObservant: Bool

    package init(
        id: ObjectID, attribution: Attribution = .none, agents: [AgentStanding] = [],
        signature: SignatureStatus = .unsigned, signer: KeyHolder? = nil,
        keyRevocation: Revocation? = nil, claim: Claim = .none, firstSeen: Instant? = nil,
        treeChange: TreeChange? = nil, isRewriting: Bool = false, changes: [Change] = [],
        lines: Int = 0, bytes: Int = 0, pipelineChanges: [PipelineChange] = [], malformed: String? = nil,
        oddities: [Oddity] = [], makers: [String: Set<String>] = [:], committer: ByteString? = nil,
        isObservant: Bool = false
    ) {
        self.id = id
        self.attribution = attribution
        self.agents = agents
        self.signature = signature
        self.signer = signer
        self.keyRevocation = keyRevocation
        self.claim = claim
        self.firstSeen = firstSeen
        self.treeChange = treeChange
        self.isRewriting = isRewriting
        self.changes = changes
        self.lines = lines
        self.bytes = bytes
        self.pipelineChanges = pipelineChanges
        self.malformed = malformed
        self.oddities = oddities
        self.makers = makers
        self.committer = committer
        self.isObservant = isObservant
    }

    /// How a commit names the delegation it acts under.
    package enum Claim: Hashable, Sendable {
        case none
        /// One delegation, named by the trailer, by the task key, or by both alike.
        case one(DelegationLookup, named: ByteString)
        /// The trailers and the key name different delegations.
        case several([ByteString])
    }

    /// Whether the rules for agents apply: any mark, any claim, any key that is an agent's.
    package var isAgentAuthored: Bool { isAgents(byMarks: !agents.isEmpty && !isObserved) }

    /// Whether it is only told of: the policy says so, and nothing speaks of an agent but marks of such as the inventory
    /// does not know.
    ///
    /// INVARIANT: whatever would be refused if those marks were not there is refused with them.
    package var isObserved: Bool {
        isObservant && !isAgents(byMarks: false)
            && agents.contains { if case .unregistered = $0 { true } else { false } }
            && agents.allSatisfy { if case .unregistered = $0 { true } else { false } }
    }

    private func isAgents(byMarks: Bool) -> Bool {
        if byMarks { return true }
        if case .none = claim {} else { return true }
        switch signer {
        case .delegation, .agent: return true
        case .person, .unknown, nil: return false
        }
    }

    /// Whether it is provably a registered person's or a delegated agent's.
    ///
    /// An agent's own key proves which agent, and nothing of anybody who let it: neither does the task key of a
    /// delegation that is not believed. What a host has rewritten is the agent's whose exact change was seen.
    package var isAttributed: Bool {
        if isRewriting { return delegation != nil }
        guard let key = signature.key else { return false }
        switch signer {
        case .person: return true
        case .delegation(let id): return delegation.map { $0.id == id || $0.delegation.keys.contains(key) } ?? false
        case .agent, .unknown, nil: return delegation?.delegation.keys.contains(key) ?? false
        }
    }

    /// Whether a key that the authority knows made its signature: a person's, an agent's, or a delegation's.
    package var isSignedByKnownKey: Bool {
        switch (signature.key, signer) {
        case (nil, _), (_, .unknown), (_, nil): false
        case (_, .person), (_, .delegation), (_, .agent): true
        }
    }

    /// What takes the commit's delegation back: its own revocation, or that of the key that the commit is signed with.
    package var revocation: Revocation? {
        [delegation?.revocation, keyRevocation].compactMap(\.self).gravest
    }

    /// The delegation that the commit acts under, once it has been verified.
    package var delegation: VerifiedDelegation? {
        if case .one(.verified(let verified), _) = claim { verified } else { nil }
    }
}
