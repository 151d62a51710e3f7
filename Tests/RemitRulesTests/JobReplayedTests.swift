import RemitModel
@testable import RemitRules
import Testing

@Suite struct JobReplayedTests {
    private static let (old, other) = (object(0xA0), object(0x77))
    private static let ids = (old: "a0a0a0a0a0a0", new: "b0b0b0b0b0b0", other: "777777777777")
    private static let key = "ssh-ed25519 AAAA"

    private static func remembered(run: String? = nil, attempt: Int? = nil) -> RememberedDeployment.Recollection {
        .verified(RememberedDeployment(commit: old, decidedAt: noon, run: run, attempt: attempt))
    }

    private func reasons(_ update: UpdateCase, _ world: Circumstances = deploying()) -> [String?] {
        let findings = JobReplayedRule().judge(update, with: UpdateSummary(), world)
        for finding in findings {
            var facts = Finding.Facts(ask: ["ada@example.org"], environment: "production")
            facts.reason = finding.facts.reason
            #expect(finding == Finding(.jobReplayed, ref: deployedRef, commit: object(0xB0), facts: facts))
        }
        return findings.map(\.facts.reason)
    }

    @Test func `what leads on, or is deployed already, passes`() {
        #expect(reasons(deployment(.first)).isEmpty)
        #expect(reasons(deployment(.forward(from: Self.old), after: Self.remembered())).isEmpty)
        #expect(reasons(deployment(.forward(from: Self.old), since: Self.old)).isEmpty)
        #expect(reasons(deployment(.again, after: Self.remembered())).isEmpty)
        #expect(reasons(update(mainBranch), circumstances()).isEmpty)
    }

    @Test func `going back is refused unless it is meant`() {
        let back = "\(Self.ids.new) came before \(Self.ids.old), which is deployed"
        #expect(reasons(deployment(.back(from: Self.old), after: Self.remembered())) == [back])
        #expect(reasons(deployment(.back(from: Self.old), after: Self.remembered(), isRollback: true)).isEmpty)
        #expect(
            reasons(deployment(.back(from: Self.old), since: Self.old))
                == ["\(Self.ids.new) came before \(Self.ids.old), which --since says is deployed"])
        #expect(reasons(deployment(.back(from: Self.old), since: Self.old, isRollback: true)).isEmpty)
    }

    @Test func `so is another line of history`() {
        #expect(
            reasons(deployment(.aside(from: Self.old), after: Self.remembered()))
                == ["\(Self.ids.new) does not contain \(Self.ids.old), which is deployed"])
        #expect(
            reasons(deployment(.aside(from: Self.old), since: Self.old))
                == ["\(Self.ids.new) does not contain \(Self.ids.old), which --since says is deployed"])
        #expect(reasons(deployment(.aside(from: Self.old), after: Self.remembered(), isRollback: true)).isEmpty)
    }

    @Test(arguments: [false, true]) func `--since leaves nothing out, even where going back is meant`(rollback: Bool) {
        #expect(
            reasons(
                deployment(
                    .forward(from: Self.old), after: Self.remembered(), since: Self.other, isSinceAhead: true,
                    isRollback: rollback))
                == ["--since \(Self.ids.other) would leave out what came after \(Self.ids.old), which is deployed"])
    }

    @Test func `what nobody signed is not believed`() {
        let unbelieved = RememberedDeployment.Recollection.unbelieved("no key of the policy signed it")
        let words = "'refs/remit/deployed/production' is not believed: no key of the policy signed it"
        #expect(reasons(deployment(.first, after: unbelieved)) == [words])
        #expect(reasons(deployment(.first, after: unbelieved), deploying(production(keys: [Self.key]))) == [words])
        // Where the policy names no key, what the job says takes its place; where it does, somebody tampered with it.
        #expect(reasons(deployment(.forward(from: Self.old), after: unbelieved, since: Self.old)).isEmpty)
        #expect(
            reasons(
                deployment(.forward(from: Self.old), after: unbelieved, since: Self.old),
                deploying(production(keys: [Self.key]))) == [words])
        #expect(reasons(deployment(.first, after: unbelieved), deploying(nil)).isEmpty)
    }

    @Test func `a run deploys once`() {
        func world(_ run: String?, _ attempt: Int?) -> Circumstances {
            deploying(job: job { ($0.run, $0.attempt) = (run, attempt) })
        }
        let first = deployment(.again, after: Self.remembered(run: "77", attempt: 1))
        #expect(reasons(first, world("77", 1)) == ["run 77, attempt 1 has deployed already"])
        #expect(reasons(first, world("77", 2)).isEmpty)
        #expect(reasons(first, world("78", 1)).isEmpty)
        #expect(reasons(first, world(nil, nil)).isEmpty)
        let bare = deployment(.again, after: Self.remembered(run: "77"))
        #expect(reasons(bare, world("77", nil)) == ["run 77 has deployed already"])
        #expect(reasons(deployment(.again, after: Self.remembered()), world(nil, nil)).isEmpty)
    }

    @Test func `a token is newer than the last deployment`() {
        func world(_ seconds: Int64) -> Circumstances {
            deploying(job: job { $0.proof = proof(at: noon.adding(seconds: seconds)) })
        }
        let place = deployment(after: Self.remembered())
        #expect(
            reasons(place, world(-1)) == [
                """
                its token was issued at 2026-11-20T11:59:59Z, before the last deployment was allowed at \
                2026-11-20T12:00:00Z
                """
            ])
        #expect(reasons(place, world(0)).isEmpty)
        #expect(reasons(deployment(), world(-1)).isEmpty)
    }
}
