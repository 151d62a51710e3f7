import RemitAuthority
import RemitModel

/// Refuses work under a revoked delegation.
///
/// It falls with any delegation above it, and with the task key that a commit is signed with.
/// `ended` and `superseded` stop new work; what an allowed decision saw before may still be landed. `compromised`
/// stops everything until an approver has looked at the work anew, at a deployment one whose role names the
/// environment. What to do: ask the delegator for a new delegation.
struct DelegationRevokedRule: Rule {
    let code = RuleCode.delegationRevoked

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, let revocation = commit.revocation else { return [] }
        let isLanding = circumstances.standing(of: verified, on: update).isLanding
        // What is deployed has landed, and was judged where it did.
        let mayLand =
            revocation.cause != .compromised
            && (circumstances.submission.isDeployment || commit.firstSeen != nil && isLanding)
        guard !mayLand, !circumstances.isApprovedAnew(commit, after: revocation, on: update) else { return [] }
        var facts = facts(verified, revocation)
        if revocation.cause == .compromised, isLanding || circumstances.submission.isDeployment {
            facts.tip = update.approvals?.commit
            facts.environment = circumstances.submission.environment
        }
        return [finding(commit, update, facts)]
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = circumstances.pushedDelegation(on: update, summary),
            let revocation = verified.revocation
        else { return [] }
        return [Finding(code, ref: update.update.ref, facts: facts(verified, revocation))]
    }

    private func facts(_ verified: VerifiedDelegation, _ revocation: Revocation) -> Finding.Facts {
        .init(
            delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
            at: revocation.issuedAt, reason: verified.cause(of: revocation))
    }
}
