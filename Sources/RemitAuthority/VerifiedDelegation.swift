package import RemitModel

/// A delegation whose signature and delegator have been checked.
///
/// Only this module can make one.
///
/// What depends on the moment (expiry, revocation, suspension) is carried along and left to the rules.
///
/// A class that never changes, since a thousand commits and all the rules share one: to copy it would be to count every
/// string in it.
package final class VerifiedDelegation: Sendable {
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

extension VerifiedDelegation: Hashable {
    package static func == (one: VerifiedDelegation, other: VerifiedDelegation) -> Bool {
        one === other
            || one.id == other.id && one.delegation == other.delegation && one.agent == other.agent
                && one.revocation == other.revocation && one.ancestors == other.ancestors
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension VerifiedDelegation {
    /// The agents that it stands on, its own first, as far as the inventory knows them.
    ///
    /// Each once.
    package var registeredAgents: [VerifiedAgent] {
        ([self] + ancestors).compactMap(\.agent.registered).reduce(into: []) { agents, agent in
            if !agents.contains(where: { $0.agent.id == agent.agent.id }) { agents.append(agent) }
        }
    }

    /// The cause and the reason of a revocation that stops it, and what was revoked where that is not itself.
    package func cause(of revocation: Revocation) -> String {
        let whose: String? =
            switch revocation.target {
            case .delegation(id): nil
            case .delegation(let other) where other == delegation.parent: "its parent \(other.abbreviated) was revoked"
            case .delegation(let other): "\(other.abbreviated) above it was revoked"
            case .key(let key) where delegation.certificateAuthorities.contains(key):
                "its certificate authority \(key) was revoked"
            case .key(let key): "its task key \(key) was revoked"
            case .agent(let agent): "agent '\(agent)' was suspended"
            case .everyAgent: "every agent was suspended"
            }
        return ([revocation.cause.rawValue, whose, revocation.reason] as [String?]).compactMap(\.self)
            .joined(separator: ": ")
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
/// Only this module can make one. A class for the same reason as `VerifiedDelegation`.
package final class VerifiedAgent: Sendable {
    package let agent: Agent
    /// A revocation of everything of the agent: the kill switch.
    package let suspension: Revocation?

    internal init(agent: Agent, suspension: Revocation?) {
        self.agent = agent
        self.suspension = suspension
    }
}

extension VerifiedAgent: Hashable {
    package static func == (one: VerifiedAgent, other: VerifiedAgent) -> Bool {
        one === other || one.agent == other.agent && one.suspension == other.suspension
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(agent.id) }
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
