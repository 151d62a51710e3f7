import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct RefScopeTests {
    static let granted = ["refs/heads/agent/PAY-42/**", "merge into refs/heads/main"]

    @Test(arguments: [
        CommitRow("acting", work()),
        CommitRow("landing", work(), on: update(mainBranch)),
        CommitRow("neither", work(), on: update(otherBranch), .delegation(granted: granted)),
        CommitRow(
            "the directory of the branches itself", work(), on: update("refs/heads/agent/PAY-42"),
            .delegation(granted: granted)),
        CommitRow(
            "a tag of the branch's name", work(), on: update("refs/tags/agent/PAY-42/fix", .create),
            .delegation(granted: granted)),
        CommitRow(
            "another case", work(), on: update("refs/heads/agent/pay-42/fix"), .delegation(granted: granted)),
        CommitRow(
            "a ref that only another repository's grant covers",
            work(under: delegated(grants: [grant(), grant("web", refs: ["refs/heads/other"])])),
            on: update(otherBranch), .delegation(granted: granted)),
        CommitRow(
            "another repository, which another rule refuses", work(under: delegated(grants: [grant("web")]))),
        CommitRow("no delegation", marked([inventoried()]), on: update(otherBranch)),
    ])
    func `the ref must be granted for acting or for landing`(row: CommitRow) {
        row.check(RefScopeRule(), is: .refScope)
    }
}
