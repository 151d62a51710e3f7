import RemitModel
import RemitReport
import Testing

/// An allowed deployment, said in words.
@Suite struct DeploymentReportTests {
    private static func text(
        _ landings: [(agent: String, commits: Int)] = [], drafts: [(agent: String, commits: Int)] = [],
        approvers: [String] = [], remarks: [String] = [], to environment: String = "production"
    ) throws -> String {
        let id = try #require(Samples.delegation)
        return TextReport(of: .deployment).text(
            of: Decision(
                outcome: .allowed, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at,
                updates: [], commits: 3, findings: [], findingCount: 0,
                agents: (landings + drafts).map { .init(agent: $0.agent, commits: $0.commits, strength: .declared) },
                delegations: [],
                landings: landings.map {
                    .init(delegation: id, agent: $0.agent, delegator: "dana@example.org", commits: $0.commits)
                },
                approvals: approvers.map { .init(approval: id, approver: $0, commit: Samples.commit()) },
                authority: nil, policyVersion: nil, remarks: remarks,
                submission: .deployment(environment: environment)))
    }

    @Test func `whose work reaches the environment, under what, and who approved it`() throws {
        #expect(
            try Self.text(
                [("claude-code", 3)], drafts: [("cursor", 1)], approvers: ["sam@example.org", "bob@example.org"])
                    == """
                    remit: allowed to deploy 3 commits of claude-code under delegation 1f2e3d4c5b6a of dana@example.org \
                    to production
                    remit: allowed to deploy 1 commit of cursor without a delegation to production
                    remit: approved by bob@example.org, sam@example.org

                    """)
    }

    @Test func `people's own work is said too, and what was judged of it`() throws {
        #expect(
            try Self.text(remarks: ["nothing says what is deployed"]) == """
                remit: allowed to deploy 3 commits without a mark of an agent to production
                remit: note: nothing says what is deployed

                """)
    }

    @Test func `many are counted`() throws {
        let text = try Self.text(Array(repeating: ("claude-code", 1), count: 10))
        #expect(text.hasSuffix("remit: allowed to deploy work under 2 more delegations to production\n"))
        #expect(text.split(separator: "\n").count == 9)
    }

    @Test func `an environment's name says nothing to a terminal or a CI system`() throws {
        let text = try Self.text(to: "a\n::set-output name=x::y\u{1b}[31m")
        #expect(text.split(separator: "\n").count == 1)
        #expect(!text.contains("\u{1b}"))
    }
}
