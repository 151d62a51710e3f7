import RemitAuthority
import RemitModel

/// Refuses a commit that names a delegation without being signed by one of its task keys.
///
/// A trailer can be copied by anyone who reads the history; the key proves that the agent holds the delegation. A key
/// with a certificate for the delegation, of an authority that it lists, is as good.
/// Where a host squashes or rebases, an earlier allowed decision on exactly that change stands for the signature;
/// so do, in a CI job, the commits of which the host made it, where it keeps them.
/// What to do: commit again with the task key (`git commit --amend -S`, `git rebase --exec`).
struct DelegationPossessionRule: Rule {
    let code = RuleCode.delegationPossession

    private static func unseen(in submission: Submission) -> String {
        submission == .push
            ? "no allowed decision has seen exactly this change"
            : "neither a ledger nor commits that the host keeps prove exactly this change"
    }

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, case .unproved(let reason)? = commit.possession(circumstances) else {
            return []
        }
        let delegation = verified.delegation
        // A host's squash or rebase is not signed by the agent; what it changes may have been seen, or not.
        let standing = circumstances.standing(of: verified, on: update)
        let isRewriting = commit.treeChange != nil && (standing.isLanding || circumstances.submission != .push)
        let proofs =
            delegation.keys.map(\.description) + delegation.certificateAuthorities.map { "certificate-authority:\($0)" }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: delegation.agent, ask: [delegation.delegator], granted: proofs,
                    reason: isRewriting ? "\(reason), and \(Self.unseen(in: circumstances.submission))" : reason,
                    isLanding: isRewriting))
        ]
    }
}
