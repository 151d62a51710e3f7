import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionMismatchTests {
    @Test(arguments: [
        CommitRow("all agree", work(), in: circumstances(.agent(inventoried()))),
        CommitRow("a person pushes", work(), in: circumstances(.person("dana@example.org"))),
        CommitRow(
            "several names", marked([], claim: .several(["aaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"])),
            Finding.Facts(found: "aaaaaaaaaaaa bbbbbbbbbbbb", reason: "it names more than one delegation")),
        CommitRow(
            "another agent's key", work(signature: .good(key(9)), signer: .agent("cursor")),
            .delegation(found: "cursor", reason: "it is signed with the key of another agent")),
        CommitRow("the agent's own key", work(signer: .agent("claude-code"))),
        CommitRow(
            "another agent's account", work(), in: circumstances(.agent(inventoried("cursor"))),
            .delegation(found: "cursor", reason: "another agent pushes it")),
        CommitRow(
            "another agent's account where only persons land, which another rule refuses", work(),
            on: update(mainBranch), in: circumstances(.agent(inventoried("cursor")))),
    ])
    func `mark, key and pusher must agree`(row: CommitRow) {
        row.check(AttributionMismatchRule(), is: .attributionMismatch)
    }
}
