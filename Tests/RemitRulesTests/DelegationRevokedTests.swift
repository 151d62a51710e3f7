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

    static let parent = delegated(id: record(0x43), below: [delegated(id: record(0x44))])

    /// A sub-delegation that something else than itself stops.
    static func stopped(_ cause: Revocation.Cause, by target: Revocation.Target) -> VerifiedDelegation {
        delegated(revocation: revocation(cause, of: target), below: [parent] + parent.ancestors)
    }

    @Test(arguments: [
        CommitRow(
            "its parent", work(under: stopped(.ended, by: .delegation(record(0x43)))),
            .delegation(at: nine, reason: "ended: its parent 434343434343 was revoked: as asked")),
        CommitRow(
            "one further up, landing what was seen",
            work(under: stopped(.compromised, by: .delegation(record(0x44))), firstSeen: nine), on: update(mainBranch),
            .delegation(at: nine, reason: "compromised: 444444444444 above it was revoked: as asked")),
        CommitRow(
            "its parent ended, landing what was seen",
            work(under: stopped(.ended, by: .delegation(record(0x43))), firstSeen: nine), on: update(mainBranch)),
        CommitRow(
            "a suspension that it did not outlive", work(under: stopped(.ended, by: .agent("claude-code"))),
            .delegation(at: nine, reason: "ended: agent 'claude-code' was suspended: as asked")),
        CommitRow(
            "a suspension of every agent", work(under: stopped(.ended, by: .everyAgent)),
            .delegation(at: nine, reason: "ended: every agent was suspended: as asked")),
        CommitRow(
            "the key of the commit", work(keyRevocation: revocation(.ended, of: .key(taskKey))),
            .delegation(at: nine, reason: "ended: its task key \(taskKey) was revoked: as asked")),
        CommitRow(
            "the key of the commit, landing what was seen",
            work(keyRevocation: revocation(.ended, of: .key(taskKey)), firstSeen: nine), on: update(mainBranch)),
        CommitRow(
            "a compromised key, landing what was seen",
            work(keyRevocation: revocation(.compromised, of: .key(taskKey)), firstSeen: nine), on: update(mainBranch),
            .delegation(at: nine, reason: "compromised: its task key \(taskKey) was revoked: as asked")),
        CommitRow(
            "a compromised key of a delegation that was ended",
            work(
                under: delegated(revocation: revocation(.ended)),
                keyRevocation: revocation(.compromised, of: .key(taskKey)), firstSeen: nine), on: update(mainBranch),
            .delegation(at: nine, reason: "compromised: its task key \(taskKey) was revoked: as asked")),
    ])
    func `it says what was revoked`(row: CommitRow) {
        row.check(DelegationRevokedRule(), is: .delegationRevoked)
    }

    private static let sam = circumstances(.person("sam@example.org"), approvals: policy())
    private static let found = Finding.Facts.delegation(at: nine, reason: "compromised: as asked")
    private static let landable = {
        var facts = found
        facts.tip = object(0xB0)
        return facts
    }()
    private static let taken = delegated(revocation: revocation(.compromised))

    @Test(arguments: [
        CommitRow("approved anew", work(under: taken), on: landing(approved(by: bob)), in: sam),
        CommitRow(
            "in the same second", work(under: taken), on: landing(approved(by: bob, at: nine)), in: sam, landable),
        CommitRow(
            "by its delegator", work(under: taken), on: landing(approved(by: "dana@example.org")), in: sam, landable),
        CommitRow(
            "by who signed it", work(under: taken, signer: .person(bob)), on: landing(approved(by: bob)), in: sam,
            landable),
        CommitRow(
            "without a role", work(under: taken), on: landing(approved(by: "sam@example.org")), in: sam, landable),
        CommitRow(
            "without a role for its paths", work(under: taken, changes: [change("Deploy/x")]),
            on: landing(approved(by: bob)), in: sam, landable),
        CommitRow(
            "ended, which takes nothing new", work(under: delegated(revocation: revocation(.ended))),
            on: landing(approved(by: bob)), in: sam, .delegation(at: nine, reason: "ended: as asked")),
        CommitRow("expired", work(under: taken), on: landing(approved(by: bob, until: noon)), in: sam, landable),
        CommitRow(
            "acting is never approved", work(under: taken), on: landing(approved(by: bob), on: agentBranch), in: sam,
            found),
        CommitRow(
            "nor what was never to land", work(under: taken), on: landing(approved(by: bob), on: otherBranch), in: sam,
            found),
    ])
    func `the compromised lands once an approver has looked at it anew`(row: CommitRow) {
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
