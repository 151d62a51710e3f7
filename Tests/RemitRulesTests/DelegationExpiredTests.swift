import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationExpiredTests {
    static let late = "no allowed decision shows that it was seen in time"

    @Test(arguments: [
        CommitRow("in time", work()),
        CommitRow("one second before", work(), in: circumstances(now: five.adding(seconds: -1))),
        CommitRow("at the very moment", work(), in: circumstances(now: five), .delegation(at: five)),
        CommitRow(
            "acting anew on what was seen in time", work(firstSeen: noon), in: circumstances(now: five),
            .delegation(at: five)),
        CommitRow(
            "on a ref that no grant covers", work(firstSeen: noon), on: update(otherBranch),
            in: circumstances(now: five), .delegation(at: five)),
        CommitRow("landing while the agent may still act", work(), on: update(mainBranch)),
        CommitRow(
            "landing what was seen in time", work(firstSeen: five.adding(seconds: -1)), on: update(mainBranch),
            in: circumstances(now: five)),
        CommitRow(
            "landing what was seen at the very moment", work(firstSeen: five), on: update(mainBranch),
            in: circumstances(now: five.adding(seconds: 60)), .delegation(at: five, reason: late)),
        CommitRow(
            "landing what nobody saw", work(), on: update(mainBranch), in: circumstances(now: five),
            .delegation(at: five, reason: late)),
        CommitRow(
            "landing too late", work(firstSeen: noon), on: update(mainBranch), in: circumstances(now: nextWeek),
            .delegation(at: nextWeek, reason: "its time for landing is over")),
        CommitRow(
            "no delegation at all", marked([inventoried()]), in: circumstances(now: nextWeek)),
    ])
    func `the agent acts until expires_at and a person lands until merge_by`(row: CommitRow) {
        row.check(DelegationExpiredRule(), is: .delegationExpired)
    }

    @Test(arguments: [
        UpdateRow("in time", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "too late", update(agentBranch, .delete), in: pushing(now: five), .delegation(at: five)),
        UpdateRow(
            "too late for a commit that is refused itself", update(agentBranch, .rewind), after: [work()],
            in: pushing(now: five)),
    ])
    func `a push option does not revive what has expired`(row: UpdateRow) {
        row.check(DelegationExpiredRule(), is: .delegationExpired)
    }
}
