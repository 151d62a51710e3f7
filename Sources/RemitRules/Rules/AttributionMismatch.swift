import RemitAuthority
import RemitModel

/// Refuses a commit whose mark, key and pusher disagree about who acts.
///
/// What to do: sign with the task key of the delegation that the trailer names, and name only one.
struct AttributionMismatchRule: Rule {
    let code = RuleCode.attributionMismatch

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        if case .several(let named) = commit.claim {
            let names = named.map { String(decoding: $0.bytes.prefix(12), as: UTF8.self) }
            return [
                finding(
                    commit, update,
                    .init(
                        found: ByteString(names.joined(separator: " ")),
                        reason: "it names more than one delegation"))
            ]
        }
        guard let delegation = commit.delegation else { return [] }
        let agent = delegation.delegation.agent
        func disagreement(_ reason: String, found: String) -> Finding {
            finding(
                commit, update,
                .init(
                    delegation: delegation.id, agent: agent, ask: [delegation.delegation.delegator],
                    found: ByteString(found), reason: reason))
        }
        if case .agent(let holder) = commit.signer, holder != agent {
            return [disagreement("it is signed with the key of another agent", found: holder)]
        }
        if case .agent(let pusher) = circumstances.pusherIdentity, pusher.id != agent,
            circumstances.standing(of: delegation, on: update).isActing
        {
            return [disagreement("another agent pushes it", found: pusher.id)]
        }
        return []
    }
}
