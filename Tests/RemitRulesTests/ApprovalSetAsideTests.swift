import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ApprovalSetAsideTests {
    private static let sam = Circumstances.PusherIdentity.person("sam@example.org")
    private static let one = circumstances(sam, approvals: policy(demand()))
    private static let alone = circumstances(
        sam,
        approvals: ApprovalPolicy(
            demands: [demand(independent: true)],
            roles: [approver(bob), approver("olga@example.org"), approver("sam@example.org")]))
    private static let dana = "dana@example.org"

    private static func because(_ reason: String, ask: [String] = [bob, carol]) -> Finding.Facts {
        Finding.Facts(ask: ask, reason: reason, tip: object(0xB0))
    }

    @Test(arguments: [
        UpdateCheck("none of an author", landing(), after: [work()], in: one),
        UpdateCheck("not needed", landing(approved(by: dana), approved(by: bob, 2)), after: [work()], in: one),
        UpdateCheck(
            "the delegator", landing(approved(by: dana)), after: [work()], in: one,
            because("dana@example.org delegated it")),
        UpdateCheck(
            "the delegator of any commit", landing(approved(by: dana)),
            after: [plain(), marked([inventoried()]), work()],
            in: one, because("dana@example.org delegated it")),
        UpdateCheck(
            "who signed", landing(approved(by: bob)), after: [work(signer: .person(bob))], in: one,
            because("bob@example.org signed it", ask: [carol])),
        UpdateCheck(
            "who pushes a draft that nobody signed", landing(approved(by: bob)), after: [marked([inventoried()])],
            in: circumstances(.person(bob), approvals: policy(demand())),
            because("bob@example.org pushes it", ask: [carol, dana])),
        UpdateCheck(
            "who pushes signed work may approve", landing(approved(by: bob)), after: [work()],
            in: circumstances(.person(bob), approvals: policy(demand()))),
        UpdateCheck(
            "without a role it would not count anyway", landing(approved(by: dana)), after: [work()],
            in: circumstances(sam, approvals: ApprovalPolicy(demands: [demand()], roles: [approver(bob)]))),
        UpdateCheck(
            "an owner, where independence is demanded", landing(approved(by: "olga@example.org")), after: [work()],
            in: alone, because("olga@example.org owns the agent", ask: [bob])),
        UpdateCheck(
            "the pusher, where independence is demanded",
            landing(approved(by: "olga@example.org"), approved(by: "sam@example.org", 2)), after: [work()], in: alone,
            because("olga@example.org owns the agent, sam@example.org pushes it", ask: [bob])),
        UpdateCheck("an independent one", landing(approved(by: bob)), after: [work()], in: alone),
        UpdateCheck(
            "an owner elsewhere", landing(approved(by: "olga@example.org")), after: [work()],
            in: circumstances(
                sam,
                approvals: ApprovalPolicy(demands: [demand()], roles: [approver("olga@example.org")]))),
    ])
    func `an author's approval does not count`(row: UpdateCheck) {
        row.check(ApprovalSetAsideRule.bySelf, is: .approvalSelf)
    }

    private static let agent = VerifiedApproval.Hand.agent("the task key of agent 'cursor'")

    @Test(arguments: [
        UpdateCheck("a person", landing(approved(by: dana)), after: [work()], in: one),
        UpdateCheck(
            "not needed", landing(approved(by: bob, hand: agent), approved(by: bob, 2)), after: [work()], in: one),
        UpdateCheck(
            "an agent's key", landing(approved(by: bob, hand: agent)), after: [work()], in: one,
            because("the task key of agent 'cursor'")),
    ])
    func `an agent's approval does not count`(row: UpdateCheck) {
        row.check(ApprovalSetAsideRule.byAgents, is: .approvalAgent)
    }

    @Test(arguments: [
        UpdateCheck("fresh", landing(approved(by: dana)), after: [work()], in: one),
        UpdateCheck(
            "expired", landing(approved(by: bob, until: noon)), after: [work()], in: one,
            because("that of bob@example.org expired at 2026-11-20T12:00:00Z")),
        UpdateCheck(
            "not valid yet", landing(approved(by: bob, at: five)), after: [work()], in: one,
            because("that of bob@example.org is valid only from 2026-11-20T17:00:00Z")),
        UpdateCheck(
            "another tree", landing(approved(by: bob, tree: object(3))), after: [work()], in: one,
            because("bob@example.org approved another tree of this commit")),
        UpdateCheck(
            "an earlier commit", landing(earlier: [approved(by: bob, commit: object(7))]), after: [work()], in: one,
            because("bob@example.org approved commit 070707070707, not what came after it")),
        UpdateCheck(
            "renewed", landing(approved(by: bob, until: noon), approved(by: bob, 2)), after: [work()], in: one),
        UpdateCheck(
            "an author's, which renewing does not help", landing(approved(by: dana, until: noon)), after: [work()],
            in: one),
    ])
    func `an approval of something else does not count`(row: UpdateCheck) {
        row.check(ApprovalSetAsideRule.stale, is: .approvalStale)
    }

    private static let compromised = delegated(revocation: revocation(.compromised))

    @Test(arguments: [
        CommitRow("nothing asks", work(), on: landing(approved(by: dana, until: noon)), in: circumstances(sam)),
        CommitRow(
            "landing by an expired approval", work(), on: landing(approved(by: bob, until: noon)),
            in: circumstances(approvals: policy()),
            because("that of bob@example.org expired at 2026-11-20T12:00:00Z", ask: [bob, carol, dana])),
        CommitRow(
            "compromised, approved before", work(under: compromised), on: landing(approved(by: bob, at: nine)),
            in: circumstances(sam, approvals: policy()),
            because("that of bob@example.org is from before the revocation at 2026-11-20T09:00:00Z")),
        CommitRow(
            "asked twice, told once", work(under: compromised), on: landing(approved(by: bob, until: noon)),
            in: circumstances(approvals: ApprovalPolicy(demands: [], roles: [approver(bob)])),
            because("that of bob@example.org expired at 2026-11-20T12:00:00Z", ask: [bob])),
    ])
    func `nor does it where a commit asks`(row: CommitRow) {
        row.check(ApprovalSetAsideRule.stale, is: .approvalStale)
    }
}
