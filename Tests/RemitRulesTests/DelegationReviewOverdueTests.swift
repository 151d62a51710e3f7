import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationReviewOverdueTests {
    static let facts = Finding.Facts(agent: "claude-code", ask: ["olga@example.org"], at: noon)
    static let overdue = inventoried(reviewBy: noon)
    static let handedOn = delegated(to: inventoried("helper"), below: [delegated(id: record(0x43), to: overdue)])

    @Test(arguments: [
        CommitRow("one second left", work(under: delegated(to: inventoried(reviewBy: noon.adding(seconds: 1))))),
        CommitRow("due now", work(under: delegated(to: overdue)), facts),
        CommitRow("an assistant's draft", marked([overdue]), facts),
        CommitRow("due for an agent that handed the work on", work(under: handedOn), facts),
        CommitRow("no agent", plain()),
        CommitRow(
            "landing what was seen", work(under: delegated(to: overdue), firstSeen: nine), on: update(mainBranch)),
        CommitRow("landing what nobody saw", work(under: delegated(to: overdue)), on: update(mainBranch), facts),
    ])
    func `nothing new of an agent past its review`(row: CommitRow) {
        row.check(DelegationReviewOverdueRule(), is: .delegationReviewOverdue)
    }

    @Test(arguments: [
        UpdateRow("in time", update(agentBranch, .delete), in: pushing()),
        UpdateRow("due", update(agentBranch, .delete), in: pushing(delegated(to: overdue)), facts),
        UpdateRow(
            "due for an agent that handed the work on", update(agentBranch, .delete), in: pushing(handedOn), facts),
    ])
    func `nor by a push option`(row: UpdateRow) {
        row.check(DelegationReviewOverdueRule(), is: .delegationReviewOverdue)
    }
}
