import Foundation
import RemitModel
import RemitReport
import Testing

/// Agents' work that a person lands: said, and kept as evidence.
@Suite struct LandingReportTests {
    private static func decision(_ landings: Int, approvers: [String]) throws -> Decision {
        let id = try #require(Samples.delegation)
        return Decision(
            outcome: .allowed, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at, updates: [],
            commits: 3, findings: [], findingCount: 0, agents: [], delegations: [],
            landings: (1...landings).map {
                Decision.Landing(delegation: id, agent: "claude-code", delegator: "dana@example.org", commits: $0)
            },
            approvals: approvers.map { Decision.Approved(approval: id, approver: $0, commit: Samples.commit()) },
            authority: nil, policyVersion: nil)
    }

    @Test func `who lands what, and who approved it`() throws {
        let decision = try Self.decision(2, approvers: ["sam@example.org", "bob@example.org", "sam@example.org"])
        #expect(
            TextReport(ledgerEntry: 7).text(of: decision) == """
                remit: allowed to land 1 commit of claude-code under delegation 1f2e3d4c5b6a of dana@example.org
                remit: allowed to land 2 commits of claude-code under delegation 1f2e3d4c5b6a of dana@example.org
                remit: approved by bob@example.org, sam@example.org
                remit: decision 7 recorded

                """)
    }

    @Test func `many are counted`() throws {
        let text = TextReport().text(of: try Self.decision(10, approvers: []))
        #expect(text.hasSuffix("remit: allowed to land work under 2 more delegations\n"))
        #expect(text.split(separator: "\n").count == 9)
    }

    @Test func `the ledger's entry carries both`() throws {
        let bytes = JSONReport.bytes(of: try Self.decision(1, approvers: ["sam@example.org"]))
        let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let landing = try #require((read["landings"] as? [[String: Any]])?.first)
        #expect(landing["agent"] as? String == "claude-code")
        #expect(landing["delegator"] as? String == "dana@example.org")
        #expect(landing["commits"] as? Int == 1)
        let approval = try #require((read["approvals"] as? [[String: Any]])?.first)
        #expect(approval["approver"] as? String == "sam@example.org")
        #expect(approval["commit"] as? String == Samples.commit().hex)
    }
}
