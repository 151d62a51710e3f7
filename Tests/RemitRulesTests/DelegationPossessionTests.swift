import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationPossessionTests {
    static func facts(_ reason: String) -> Finding.Facts {
        .delegation(granted: [taskKey.description], reason: reason)
    }

    @Test(arguments: [
        CommitRow("signed with the task key", work()),
        CommitRow("signed with another key", work(signature: .good(key(9))), facts("it is signed with \(key(9))")),
        CommitRow(
            "signed with the delegator's own key", work(signature: .good(key(9)), signer: .person("dana@example.org")),
            facts("it is signed with \(key(9))")),
        CommitRow("not signed", work(signature: .unsigned), facts("it is not signed")),
        CommitRow("badly signed", work(signature: .bad("no")), facts("its signature is bad: no")),
        CommitRow(
            "signed otherwise", work(signature: .unsupported("openpgp")),
            facts("its openpgp signature is not supported")),
        CommitRow(
            "landing is no exception", work(signature: .unsigned, firstSeen: nine), on: update(mainBranch),
            facts("it is not signed")),
        CommitRow("no delegation", marked([inventoried()])),
    ])
    func `a trailer alone proves nothing`(row: CommitRow) {
        row.check(DelegationPossessionRule(), is: .delegationPossession)
    }
}
