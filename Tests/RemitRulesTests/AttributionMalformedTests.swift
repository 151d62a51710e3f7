import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionMalformedTests {
    @Test(arguments: [
        CommitRow("well formed", plain()),
        CommitRow(
            "a person's", CommitCase(id: object(1), malformed: "two authors"), Finding.Facts(reason: "two authors")),
        CommitRow(
            "pushed by a known person to a free ref", CommitCase(id: object(1), malformed: "a NUL"),
            on: update(otherBranch), in: circumstances(.person("dana@example.org")),
            Finding.Facts(reason: "a NUL")),
    ])
    func `what git and others could read differently is refused for everybody`(row: CommitRow) {
        row.check(AttributionMalformedRule(), is: .attributionMalformed)
    }
}
