import RemitModel
@testable import RemitRules
import Testing

@Suite struct JobUnmergedTests {
    private static func finding(_ ref: ByteString?, reason: String? = nil) -> Finding {
        Finding(
            .jobUnmerged, ref: deployedRef, commit: object(0xB0),
            facts: .init(
                granted: ["refs/heads/main", "refs/heads/release/**"], found: ref, reason: reason,
                environment: "production"))
    }
    private static let world = deploying(production(from: ["refs/heads/main", "refs/heads/release/**"]))

    private func judge(_ update: UpdateCase, _ world: Circumstances = world) -> [Finding] {
        JobUnmergedRule().judge(update, with: UpdateSummary(), world)
    }

    @Test func `it is on one of the refs`() {
        #expect(judge(deployment()).isEmpty)
        #expect(judge(update(mainBranch)).isEmpty)
    }

    @Test func `it is on none of them, and each that was looked at is told`() {
        #expect(
            judge(deployment(refs: [mainBranch, "refs/heads/release/1"], isMerged: false))
                == [Self.finding(mainBranch), Self.finding("refs/heads/release/1")])
    }

    @Test func `the clone has none of them`() {
        #expect(
            judge(deployment(refs: [], isMerged: false))
                == [Self.finding(nil, reason: "the clone has none of them from its host")])
    }

    @Test func `an unknown environment has no refs, which another rule says`() {
        #expect(judge(deployment(refs: [], isMerged: false), deploying(nil)).isEmpty)
    }
}
