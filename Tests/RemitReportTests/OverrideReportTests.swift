import Foundation
import RemitModel
import RemitReport
import Testing

@Suite struct OverrideReportTests {
    private static func override(_ rule: RuleCode, _ findings: Int) throws -> Decision.Override {
        Decision.Override(
            exception: try #require(Samples.delegation), issuer: "dana@example.org", reason: "production is down",
            expiresAt: Samples.at.adding(seconds: 3600), rule: rule, ref: "refs/heads/main", findings: findings)
    }

    private static func decision(
        _ outcome: Outcome = .allowed, findings: [Finding] = [], overrides: [Decision.Override] = [],
        remarks: [String] = []
    ) -> Decision {
        Decision(
            outcome: outcome, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at, updates: [],
            commits: 3, findings: findings, findingCount: findings.count, agents: [], delegations: [],
            authority: nil, policyVersion: nil, overrides: overrides, remarks: remarks)
    }

    @Test func `an exception is told first, with what it set aside`() throws {
        let decision = Self.decision(
            overrides: [try Self.override(.approvalMissing, 1), try Self.override(.scopePath, 12)])
        #expect(
            TextReport(ledgerEntry: 7).text(of: decision) == """
                remit: allowed by exception 1f2e3d4c5b6a of dana@example.org: 'production is down'
                remit:   set aside approval.missing: 1 finding on ref 'refs/heads/main'
                remit:   set aside scope.path: 12 findings on ref 'refs/heads/main'
                remit:   in force until 2026-11-20T10:00:00Z, recorded as an override
                remit: decision 7 recorded

                """)
    }

    @Test func `one that does not help is told after what refuses`() {
        let decision = Self.decision(
            .refused, findings: [Samples.outsideGrant],
            remarks: ["exception 1f2e3d4c5b6a of dana@example.org expired\nat noon"])
        #expect(
            TextReport(ledgerEntry: 7).text(of: decision).hasSuffix(
                """
                remit: note: exception 1f2e3d4c5b6a of dana@example.org expired\\x0aat noon
                remit: decision 7 recorded

                """), "\(TextReport().text(of: decision))")
    }

    @Test func `the ledger's entry carries both`() throws {
        let decision = Self.decision(overrides: [try Self.override(.approvalMissing, 1)], remarks: ["a", "b"])
        let bytes = JSONReport.bytes(of: decision)
        let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let override = try #require((read["overrides"] as? [[String: Any]])?.first)
        #expect(override["exception"] as? String == "sha256:1f2e3d4c5b6a" + String(repeating: "0", count: 52))
        #expect(override["issuer"] as? String == "dana@example.org")
        #expect(override["reason"] as? String == "production is down")
        #expect(override["expires_at"] as? String == "2026-11-20T10:00:00Z")
        #expect(override["rule"] as? String == "approval.missing")
        #expect(override["ref"] as? String == "refs/heads/main")
        #expect(override["findings"] as? Int == 1)
        #expect(read["remarks"] as? [String] == ["a", "b"])
    }
}
