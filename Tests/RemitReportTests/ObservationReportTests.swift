import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

/// What is only observed is told everywhere, in few words, and never looks like a refusal.
@Suite struct ObservationReportTests {
    private static func observation(_ number: Int, agent: String = "cursor") -> Finding {
        Finding(
            .attributionUnregistered, ref: Samples.ref, commit: Samples.commit(number),
            facts: Finding.Facts(agent: agent, ask: ["ada@example.org"], found: "Made-with: Cursor"))
    }

    private static func decision(
        _ outcome: Outcome = .allowed, findings: [Finding] = [], observing observations: [Finding], count: Int? = nil
    ) -> Decision {
        Decision(
            outcome: outcome, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at, updates: [],
            commits: 3, findings: findings, findingCount: findings.count, agents: [], delegations: [], authority: nil,
            policyVersion: 2, rules: [.attributionUnregistered, .scopePath], observations: observations,
            observationCount: count)
    }

    private static let fault = "commit 3f2a9c1b7d4e is by agent 'cursor' that the inventory does not know"
    private static let line = "note: \(fault), observed by attribution.unregistered"

    @Test func `one is one line`() {
        #expect(TextReport().text(of: Self.decision(observing: [Self.observation(0)])) == "remit: \(Self.line)\n")
    }

    @Test func `it stands behind the faults of a refusal`() {
        let text = TextReport().text(
            of: Self.decision(.refused, findings: [Samples.outsideGrant], observing: [Self.observation(0)]))
        let lines = Samples.lines(text)
        #expect(lines.first == "remit: refused: nothing of this push was accepted")
        #expect(lines.suffix(2) == ["remit: \(Self.line)", ""])
        #expect(lines.count { $0.contains("error: ") } == 1)
    }

    @Test func `many are a few lines`() {
        let observations = (0..<40).map { Self.observation($0, agent: "agent-\($0 % 8)") }
        let lines = Samples.lines(TextReport().text(of: Self.decision(observing: observations, count: 1000)))
        #expect(lines.count == 5)
        #expect(lines[0].hasSuffix("observed by attribution.unregistered (2 more commits not named)"), "\(lines[0])")
        #expect(lines[3] == "remit: note: and 985 more observations")
    }

    private static func text(_ channel: Channel, _ decision: Decision) -> String {
        channel.text(of: decision, on: .push, ledgerEntry: nil, digest: { Channel.stand($0) })
    }

    @Test(arguments: Channel.allCases)
    func `every channel tells of it`(channel: Channel) {
        let text = Self.text(channel, Self.decision(observing: [Self.observation(0)]))
        #expect(text.contains("cursor"), "\(text)")
        #expect(text.contains("attribution.unregistered"), "\(text)")
    }

    @Test func `it is a note to code scanning, a notice to workflows, and no failure to JUnit`() {
        let decision = Self.decision(.refused, findings: [Samples.outsideGrant], observing: [Self.observation(0)])
        let sarif = Self.text(.sarif, decision)
        #expect(sarif.contains(#""ruleId":"attribution.unregistered","ruleIndex":1,"level":"note""#), "\(sarif)")
        #expect(sarif.contains(#""ruleId":"scope.path","ruleIndex":0,"level":"error""#), "\(sarif)")
        let commands = Self.text(.github, decision)
        #expect(commands.contains("\n::notice title=remit%3A attribution.unregistered::\(Self.fault)"), "\(commands)")
        let quality = Self.text(.codequality, decision)
        #expect(quality.contains(#""severity":"info""#) && quality.contains(#""severity":"blocker""#), "\(quality)")
        let suite = Self.text(.junit, decision)
        #expect(suite.contains(#"tests="1" failures="1" errors="0" skipped="0""#), "\(suite)")
        let allowed = Self.text(.junit, Self.decision(observing: [Self.observation(0)]))
        #expect(allowed.contains(#"tests="1" failures="0" errors="0" skipped="0""#), "\(allowed)")
    }

    @Test func `a document has members for it only where there is any`() {
        let none = String(decoding: JSONReport.bytes(of: Self.decision(observing: [])), as: UTF8.self)
        #expect(!none.contains("observation"))
        let some = String(
            decoding: JSONReport.bytes(of: Self.decision(observing: [Self.observation(0)], count: 7)), as: UTF8.self)
        #expect(some.contains(#""observation_count":7,"observations":[{"rule":"attribution.unregistered""#), "\(some)")
        #expect(some.contains(#""finding_count":0,"findings":[]"#))
    }
}
