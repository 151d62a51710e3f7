import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationRevokedTests {
    @Test(arguments: [
        CommitRow("not revoked", work()),
        CommitRow(
            "ended, acting", work(under: delegated(revocation: revocation(.ended)), firstSeen: nine),
            .delegation(at: nine, reason: "ended: as asked")),
        CommitRow(
            "superseded, landing what was seen",
            work(under: delegated(revocation: revocation(.superseded)), firstSeen: nine), on: update(mainBranch)),
        CommitRow(
            "ended, landing what was seen",
            work(under: delegated(revocation: revocation(.ended)), firstSeen: nine), on: update(mainBranch)),
        CommitRow(
            "ended, landing what nobody saw", work(under: delegated(revocation: revocation(.ended))),
            on: update(mainBranch), .delegation(at: nine, reason: "ended: as asked")),
        CommitRow(
            "compromised, landing what was seen",
            work(under: delegated(revocation: revocation(.compromised)), firstSeen: nine), on: update(mainBranch),
            .delegation(at: nine, reason: "compromised: as asked")),
        CommitRow(
            "ended, on a ref that no grant covers",
            work(under: delegated(revocation: revocation(.ended)), firstSeen: nine), on: update(otherBranch),
            .delegation(at: nine, reason: "ended: as asked")),
    ])
    func `what was seen before the end may land, and nothing of the compromised`(row: CommitRow) {
        row.check(DelegationRevokedRule(), is: .delegationRevoked)
    }

    @Test(arguments: [
        UpdateRow("not revoked", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "ended", update(agentBranch, .delete), in: pushing(delegated(revocation: revocation(.ended))),
            .delegation(at: nine, reason: "ended: as asked")),
    ])
    func `a push option does not revive what was revoked`(row: UpdateRow) {
        row.check(DelegationRevokedRule(), is: .delegationRevoked)
    }
}
