import RemitAuthority
import RemitModel

/// Refuses agent work on a ref where only a person may land it, when nobody knows who pushes.
///
/// What to do: let a registered person push it over a transport that knows them.
struct ApprovalMissingRule: Rule {
    let code = RuleCode.approvalMissing

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, circumstances.standing(of: verified, on: update).isLanding,
            circumstances.personPushes == nil
        else { return [] }
        let reason =
            switch circumstances.pusherIdentity {
            case .agent(let agent): "the agent '\(agent.id)' pushes, and only a person may land"
            case .stranger: "the pusher's account is not a registered person's"
            case .unknown, .person: "the server does not know who pushes"
            }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator], reason: reason))
        ]
    }
}
