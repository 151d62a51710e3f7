import RemitAuthority
import RemitModel

/// Refuses work under a revoked delegation.
///
/// `ended` and `superseded` stop new work; what an allowed decision saw before may still be landed. `compromised`
/// stops everything. What to do: ask the delegator for a new delegation.
struct DelegationRevokedRule: Rule {
    let code = RuleCode.delegationRevoked

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation, let revocation = verified.revocation else { return [] }
        let mayLand =
            revocation.cause != .compromised && commit.firstSeen != nil
            && circumstances.standing(of: verified, on: update).isLanding
        guard !mayLand else { return [] }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator], at: revocation.issuedAt,
                    reason: "\(revocation.cause.rawValue): \(revocation.reason)"))
        ]
    }
}
