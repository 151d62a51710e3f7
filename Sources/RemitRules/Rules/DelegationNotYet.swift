import RemitAuthority
import RemitModel

/// Refuses work under a delegation whose time has not begun.
///
/// Clocks of a delegator and a server may differ a little, so the first minute is forgiven.
/// What to do: wait, or set the clock of the machine that signed.
struct DelegationNotYetRule: Rule {
    let code = RuleCode.delegationNotYet

    /// Seconds by which a delegator's clock may be ahead of the server's.
    static let tolerance: Int64 = 60

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let facts = commit.delegation.flatMap({ refusal(of: $0, circumstances) }) else { return [] }
        return [finding(commit, update, facts)]
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = circumstances.pushedDelegation(on: update, summary),
            let facts = refusal(of: verified, circumstances)
        else { return [] }
        return [Finding(code, ref: update.update.ref, facts: facts)]
    }

    private func refusal(of verified: VerifiedDelegation, _ circumstances: Circumstances) -> Finding.Facts? {
        guard circumstances.now.adding(seconds: Self.tolerance) < verified.delegation.issuedAt else { return nil }
        return .init(
            delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
            at: verified.delegation.issuedAt)
    }
}
