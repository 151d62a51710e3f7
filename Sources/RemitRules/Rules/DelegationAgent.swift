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
        return refusals(of: verified, to: commit.agents.map(\.id)).map { finding(commit, update, $0) }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard case .agent(let pusher) = circumstances.pusherIdentity,
            let verified = circumstances.pushedDelegation(on: update, summary)
        else { return [] }
        return refusals(of: verified, to: [pusher.id]).map { Finding(code, ref: update.update.ref, facts: $0) }
    }

    /// Why the agents who act may not act under a delegation; empty when they may.
    private func refusals(of verified: VerifiedDelegation, to agents: [String]) -> [Finding.Facts] {
        let delegated = verified.delegation.agent
        func refusal(_ found: String, _ reason: String?) -> Finding.Facts {
            .init(
                delegation: verified.id, agent: delegated, ask: [verified.delegation.delegator],
                granted: [delegated], found: ByteString(found), reason: reason)
        }
        switch verified.agent {
        case .registered: return agents.filter { $0 != delegated }.map { refusal($0, nil) }
        case .unregistered: return [refusal(delegated, "the inventory does not know the delegation's agent")]
        case .rejected(_, let reason): return [refusal(delegated, reason)]
        }
    }
}
