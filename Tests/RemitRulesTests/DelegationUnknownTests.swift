import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationUnknownTests {
    @Test(arguments: [
        CommitRow("verified", work()),
        CommitRow("no claim", marked([inventoried()])),
        CommitRow(
            "unknown", marked([], claim: .one(.unknown, named: "nonsense")),
            Finding.Facts(named: "nonsense", ask: ["ada@example.org"])),
    ])
    func `a delegation that the authority does not hold is none`(row: CommitRow) {
        row.check(DelegationUnknownRule(), is: .delegationUnknown)
    }
}
