import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@testable import RemitApp

@Suite struct RefusedDecisionTests {
    private static func decision(_ findings: [Finding]) -> Decision {
        Decision(
            outcome: .refused, mode: .enforce, repository: "payments", pusher: nil,
            decidedAt: Instant(seconds: HermeticGit.epoch), updates: [], commits: 1, findings: findings,
            findingCount: findings.count + 2, agents: [], delegations: [], authority: nil, policyVersion: 1)
    }

    @Test func `what a decision says comes back as it was`() throws {
        let id = try #require(RecordID(String(repeating: "ab", count: 32)))
        let commit = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
        let findings = [
            Finding(
                .scopePath, ref: "refs/heads/ä", commit: commit, path: ByteString([0x61, 0xFF, 0x0A]),
                facts: Finding.Facts(
                    delegation: id, named: "x", agent: "claude-code", ask: ["dana@example.org"],
                    operation: .fileModify, granted: ["Sources/**"], found: ByteString([0x80]),
                    at: Instant(seconds: HermeticGit.epoch), limit: 0, used: 7, reason: "so \u{1B}[31m")),
            Finding(.delegationMissing),
        ]
        let read = try RefusedDecision(JSONReport.bytes(of: Self.decision(findings)), source: "x", entry: 3)
        #expect(read == RefusedDecision(repository: "payments", findings: findings, findingCount: 4, entry: 3))
    }

    private static let head = #"{"schema":"decision/v1","repository":"payments","finding_count":1,"findings":"#

    @Test(arguments: [
        ("", "x is not a decision: at byte 0 it ends before its value"),
        ("[]", "x has no 'schema'"),
        (#"{"schema":"decision/v2"}"#, "x is not a decision of schema 'decision/v1'"),
        (#"{"schema":1}"#, "x has a 'schema' that is not a string"),
        (#"{"schema":"decision/v1"}"#, "x has no 'repository'"),
        (#"{"schema":"decision/v1","repository":"p"}"#, "x has no 'finding_count'"),
        (
            #"{"schema":"decision/v1","repository":"p","finding_count":-1}"#,
            "x has a 'finding_count' that is not a whole number from 0 to 2147483647"
        ),
        (head + "{}}", "x has a 'findings' that is not a list"),
        (head + "[1]}", "x has a 'findings' that is not a list of objects"),
        (head + "[{}]}", "x: finding 1 has no 'rule'"),
        (head + #"[{"rule":"fly"}]}"#, "x: finding 1 has the unknown rule 'fly'"),
        (
            head + #"[{"rule":"ref.name"},{"rule":"ref.name","delegation":"ab"}]}"#,
            "x: finding 2 has a 'delegation' that is not the id of a delegation"
        ),
        (
            head + #"[{"rule":"ref.name","operation":"fly"}]}"#,
            "x: finding 1 has a 'operation' that is not an operation"
        ),
        (head + #"[{"rule":"ref.name","path":{"base64":"!"}}]}"#, "x: finding 1 has a 'path' that is not base64"),
        (head + #"[{"rule":"ref.name","ask":[1]}]}"#, "x: finding 1 has a 'ask' that is not a list of strings"),
    ])
    func `anything else is refused word by word`(text: String, message: String) {
        let error = #expect(throws: AppError.self) { try RefusedDecision(Array(text.utf8), source: "x") }
        #expect(error?.message == message)
        #expect(error?.hints == ["give what 'remit check --format json' printed"])
        #expect(error?.status == .usage)
    }

    @Test func `members that were added later are passed over`() throws {
        let text = Self.head + #"[{"rule":"ref.name","new":[{}]}],"later":true}"#
        #expect(try RefusedDecision(Array(text.utf8), source: "x").findings == [Finding(.refName)])
    }
}
