import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationNotYetTests {
    static let soon = noon.adding(seconds: 61)

    @Test(arguments: [
        CommitRow("begun", work()),
        CommitRow("begins within the minute", work(under: delegated(from: noon.adding(seconds: 60)))),
        CommitRow("begins later", work(under: delegated(from: soon)), .delegation(at: soon)),
        CommitRow(
            "begins later, landing", work(under: delegated(from: soon)), on: update(mainBranch),
            .delegation(at: soon)),
    ])
    func `a delegation's time must have begun, give or take a minute`(row: CommitRow) {
        row.check(DelegationNotYetRule(), is: .delegationNotYet)
    }

    @Test(arguments: [
        UpdateRow("begun", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "begins later", update(agentBranch, .delete), in: pushing(delegated(from: soon)), .delegation(at: soon)),
    ])
    func `a push option does not hasten it`(row: UpdateRow) {
        row.check(DelegationNotYetRule(), is: .delegationNotYet)
    }
}
