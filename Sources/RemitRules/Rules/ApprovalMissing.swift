import RemitAuthority
import RemitModel

/// Refuses agent work that persons have not approved where they must.
///
/// The policy demands some number of approvers for a ref, for paths, or for an environment.
/// Where nobody knows who pushes to a ref on which only persons land, any registered person's approval of the tip says
/// who lands; where an agent pushes, only that of somebody who had no part in it.
/// A CI job that asks what a merge would bring knows no pusher at all.
/// What to do: let a registered person push it over a transport that knows them, or run `remit approve`.
struct ApprovalMissingRule: Rule {
    let code = RuleCode.approvalMissing

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, circumstances.standing(of: verified, on: update).isLanding,
            circumstances.personPushes == nil, !circumstances.isLandedByApproval(commit, on: update)
        else { return [] }
        let reason =
            switch circumstances.pusherIdentity {
            case .agent(let agent): "the agent '\(agent.id)' pushes, and only a person may land"
            case .stranger: "the pusher's account is not a registered person's"
            case .unknown where circumstances.submission == .merge: "no approval says who lands it"
            case .unknown, .person: "the server does not know who pushes"
            }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator],
                    reason: ([reason] + (update.approvals?.faults ?? [])).joined(separator: "; "),
                    tip: update.approvals?.commit))
        ]
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        circumstances.questions(of: update, with: summary).flatMap { question -> [Finding] in
            guard case .demand(let demand) = question.asker else { return [] }
            let answer = circumstances.answer(question, on: update)
            guard !answer.isEnough else { return [] }
            let roleless = answer.setAside(.outsideRole).map { "\($0) has no role to approve it" }
            let nothing = update.kind == .delete ? ["a deletion leaves nothing to approve"] : []
            let reasons = nothing + roleless + (update.approvals?.faults ?? [])
            let facts = Finding.Facts(
                ask: circumstances.askedToApprove(question, answer, on: update), limit: question.count,
                used: answer.approvers.count, reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "),
                tip: update.approvals?.commit, environment: circumstances.submission.environment)
            let paths: [ByteString?] = demand.paths.isEmpty ? [nil] : question.paths ?? []
            return paths.map {
                Finding(code, ref: update.update.ref, commit: update.approvals?.commit, path: $0, facts: facts)
            }
        }
    }
}

extension TipApprovals {
    /// Why some approval of the tip counts for nothing: the first, since each is mended by itself.
    fileprivate var faults: [String] { Array(given.faults.prefix(1)) }
}
