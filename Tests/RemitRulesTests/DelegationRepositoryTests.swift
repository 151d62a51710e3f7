import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationRepositoryTests {
    @Test(arguments: [
        CommitRow("named", work()),
        CommitRow("named, on a ref that no grant covers", work(), on: update(otherBranch)),
        CommitRow(
            "not named", work(under: delegated(grants: [grant("web"), grant("api"), grant("web")])),
            in: circumstances(repository: "payments"),
            .delegation(granted: ["api", "web"], found: "payments")),
        CommitRow(
            "named in another case", work(under: delegated(grants: [grant("Payments")])),
            .delegation(granted: ["Payments"], found: "payments")),
        CommitRow("no delegation", marked([inventoried()])),
    ])
    func `a delegation is for the repositories that it names`(row: CommitRow) {
        row.check(DelegationRepositoryRule(), is: .delegationRepository)
    }
}
