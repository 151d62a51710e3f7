import RemitAuthority
import RemitModel

/// Refuses new work of an agent whose entry in the inventory is past its review.
///
/// What an allowed decision saw before may still be landed.
/// What to do: let an owner review the agent and renew `review_by`.
struct DelegationReviewOverdueRule: Rule {
    let code = RuleCode.delegationReviewOverdue

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        let landsSeenWork =
            commit.firstSeen != nil
            && commit.delegation.map { circumstances.standing(of: $0, on: update).isLanding } == true
        guard !landsSeenWork else { return [] }
        return commit.concernedAgents.map(\.agent).filter { $0.reviewBy <= circumstances.now }
            .map { finding(commit, update, facts($0)) }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let agents = circumstances.pushedDelegation(on: update, summary)?.registeredAgents.map(\.agent) ?? []
        return agents.filter { $0.reviewBy <= circumstances.now }
            .map { Finding(code, ref: update.update.ref, facts: facts($0)) }
    }

    private func facts(_ agent: Agent) -> Finding.Facts {
        .init(agent: agent.id, ask: agent.owners, at: agent.reviewBy)
    }
}
