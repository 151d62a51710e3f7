import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ApprovalMissingTests {
    @Test(arguments: [
        CommitRow("acting", work()),
        CommitRow("landed by a person", work(), on: update(mainBranch), in: circumstances(.person("sam@example.org"))),
        CommitRow(
            "nobody vouches", work(), on: update(mainBranch),
            .delegation(reason: "the server does not know who pushes")),
        CommitRow(
            "a stranger", work(), on: update(mainBranch), in: circumstances(.stranger),
            .delegation(reason: "the pusher's account is not a registered person's")),
        CommitRow(
            "the agent itself", work(), on: update(mainBranch), in: circumstances(.agent(inventoried())),
            .delegation(reason: "the agent 'claude-code' pushes, and only a person may land")),
        CommitRow(
            "a person's signature does not land it", work(signer: .person("dana@example.org")), on: update(mainBranch),
            .delegation(reason: "the server does not know who pushes")),
        CommitRow("another ref, which another rule refuses", work(), on: update(otherBranch)),
        CommitRow("no delegation", marked([inventoried()]), on: update(mainBranch)),
    ])
    func `only a person whom the server knows may land`(row: CommitRow) {
        row.check(ApprovalMissingRule(), is: .approvalMissing)
    }
}
