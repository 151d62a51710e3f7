package import RemitModel

/// A delegation whose signature and delegator have been checked.
///
/// Only this module can make one.
///
/// What depends on the moment (expiry, revocation, suspension) is carried along and left to the rules.
package struct VerifiedDelegation: Hashable, Sendable {
    package let id: RecordID
    package let delegation: Delegation
    /// The agent it names, as the inventory has it.
    package let agent: AgentStanding
    /// The gravest revocation of it, or of one above it, that was found.
    package let revocation: Revocation?
    /// The delegations that this one narrows: the parent first, the one that a person signed last.
    package let ancestors: [VerifiedDelegation]

    internal init(
        id: RecordID, delegation: Delegation, agent: AgentStanding, revocation: Revocation?,
        ancestors: [VerifiedDelegation] = []
    ) {
        self.id = id
        self.delegation = delegation
        self.agent = agent
        self.revocation = revocation
        self.ancestors = ancestors
    }
}

/// What the authority says to the name of a delegation.
package enum DelegationLookup: Hashable, Sendable {
    case verified(VerifiedDelegation)
    /// The name is not that of one record: none, or several begin with it.
    case unknown
    /// The record is there and must not be believed.
    case rejected(id: RecordID, rule: RuleCode, reason: String)
}

/// A registered agent whose record has been checked.
///
/// Only this module can make one.
package struct VerifiedAgent: Hashable, Sendable {
    package let agent: Agent
    /// A revocation of everything of the agent: the kill switch.
    package let suspension: Revocation?

    internal init(agent: Agent, suspension: Revocation?) {
        self.agent = agent
        self.suspension = suspension
    }
}

/// Whether an agent stands in the inventory.
package enum AgentStanding: Hashable, Sendable {
    case registered(VerifiedAgent)
    case unregistered(String)
    /// The inventory has a record of that name which must not be believed.
    case rejected(String, reason: String)

    package var id: String {
        switch self {
        case .registered(let verified): verified.agent.id
        case .unregistered(let id), .rejected(let id, _): id
        }
    }

    package var registered: VerifiedAgent? {
        if case .registered(let verified) = self { verified } else { nil }
    }
}

/// Whose key made a signature.
package enum KeyHolder: Hashable, Sendable {
    case person(String)
    /// A task key, and the delegation that the key's file names. The delegation must name the key too.
    case delegation(RecordID)
    case agent(String)
    /// Nobody whom the authority knows.
    case unknown
}
