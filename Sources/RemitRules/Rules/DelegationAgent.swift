import RemitAuthority
import RemitModel

/// Refuses a commit of another agent than the one its delegation is for.
///
/// Every agent that left a mark counts, so that one agent cannot work under the delegation of another. An agent that
/// is known under several marks lists them in its inventory entry (`marks`).
/// What to do: ask for a delegation for that agent, or list the mark in the inventory.
struct DelegationAgentRule: Rule {
    let code = RuleCode.delegationAgent

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        let delegated = verified.delegation.agent
        func refusal(_ found: String, _ reason: String?) -> Finding {
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: delegated, ask: [verified.delegation.delegator],
                    granted: [delegated], found: ByteString(found), reason: reason))
        }
        switch verified.agent {
        case .registered: break
        case .unregistered: return [refusal(delegated, "the inventory does not know the delegation's agent")]
        case .rejected(_, let reason): return [refusal(delegated, reason)]
        }
        return commit.agents.filter { $0.id != delegated }.map { refusal($0.id, nil) }
    }
}
