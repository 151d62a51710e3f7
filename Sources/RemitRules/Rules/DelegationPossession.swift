import RemitAuthority
import RemitModel

/// Refuses a commit that names a delegation without being signed by one of its task keys.
///
/// A trailer can be copied by anyone who reads the history; the key proves that the agent holds the delegation. A key
/// with a certificate for the delegation, of an authority that it lists, is as good.
/// What to do: commit again with the task key (`git commit --amend -S`, `git rebase --exec`).
struct DelegationPossessionRule: Rule {
    let code = RuleCode.delegationPossession

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, case .unproved(let reason)? = commit.possession(circumstances) else {
            return []
        }
        let delegation = verified.delegation
        let proofs =
            delegation.keys.map(\.description) + delegation.certificateAuthorities.map { "certificate-authority:\($0)" }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: delegation.agent, ask: [delegation.delegator], granted: proofs,
                    reason: reason))
        ]
    }
}
