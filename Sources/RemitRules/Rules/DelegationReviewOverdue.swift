import RemitAuthority
import RemitModel

/// Refuses new work of an agent whose entry in the inventory is past its review.
///
/// What to do: let an owner review the agent and renew `review_by`.
struct DelegationReviewOverdueRule: Rule {
    let code = RuleCode.delegationReviewOverdue

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        let lands = commit.delegation.map { circumstances.standing(of: $0, on: update).isLanding } ?? false
        guard !lands else { return [] }
        return commit.concernedAgents.map(\.agent).filter { $0.reviewBy <= circumstances.now }.map { agent in
            finding(commit, update, .init(agent: agent.id, ask: agent.owners, at: agent.reviewBy))
        }
    }
}
