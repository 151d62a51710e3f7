import RemitAuthority
import RemitModel

/// Refuses a commit that names a delegation without being signed by one of its task keys.
///
/// A trailer can be copied by anyone who reads the history; the key proves that the agent holds the delegation.
/// What to do: commit again with the task key (`git commit --amend -S`, `git rebase --exec`).
struct DelegationPossessionRule: Rule {
    let code = RuleCode.delegationPossession

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        let keys = verified.delegation.keys
        let reason: String
        switch commit.signature {
        case .good(let key) where keys.contains(key): return []
        case .good(let key): reason = "it is signed with \(key)"
        case .unsigned: reason = "it is not signed"
        case .bad(let fault): reason = "its signature is bad: \(fault)"
        case .unsupported(let kind): reason = "its \(kind) signature is not supported"
        }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator], granted: keys.map(\.description), reason: reason))
        ]
    }
}
