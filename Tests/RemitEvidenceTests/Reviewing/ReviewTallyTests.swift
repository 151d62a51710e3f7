import RemitEvidence
import RemitModel
import RemitTestSupport
import Testing

/// What the owners are told of the entries of a period.
@Suite struct ReviewTallyTests {
    static let at = CountedLedger.at

    private func tally(
        _ ledger: CountedLedger, since: Int64 = -100, until: Int64 = 100, now: Int64 = 1_000
    ) throws -> ReviewTally {
        let period = try #require(
            Period(since: Self.at.adding(seconds: since), until: Self.at.adding(seconds: until)))
        var tally = ReviewTally(period)
        try tally.read(try ledger.store(), until: Self.at.adding(seconds: now))
        return tally
    }

    @Test func `the first second of a period belongs to it, the one after its last does not`() throws {
        let ledger = try CountedLedger()
        for offset: Int64 in [-101, -100, 99, 100] {
            ledger.decide(
                .refused, at: Self.at.adding(seconds: offset), findings: [CountedLedger.unregistered("devin")])
        }
        // A clock that jumps: what stands last in the log is of long ago.
        ledger.decide(.refused, at: Self.at.adding(seconds: -500), findings: [CountedLedger.unregistered("devin")])
        let tally = try tally(ledger)
        #expect(tally.total == 5 && tally.entries == 2)
        #expect(tally.allUndeclared.map(\.decisions) == [2])
        #expect(tally.allUndeclared[0].examples.map(\.entry.sequence) == [2, 3])
    }

    @Test func `agents that nobody declared are counted by commits and decisions, the most seen first`() throws {
        let ledger = try CountedLedger()
        ledger.decide(
            .refused, findings: [CountedLedger.unregistered("jules", "1"), CountedLedger.unregistered("jules", "2")])
        ledger.decide(.refused, mode: .monitor, findings: [CountedLedger.unregistered("devin", "3")])
        ledger.decide(
            .refused, in: "billing",
            findings: [CountedLedger.unregistered("devin", "4"), CountedLedger.unregistered("devin", "4")])
        let found = try tally(ledger).allUndeclared
        #expect(found.map(\.agent) == ["devin", "jules"])
        #expect(found[0].commits == 2 && found[0].decisions == 2 && found[0].repositories == ["payments", "billing"])
        #expect(found[1].commits == 2 && found[1].decisions == 1)
    }

    @Test func `a refusal is repeated from the third decision on`() throws {
        let ledger = try CountedLedger()
        func refuse(_ rule: RuleCode, agent: String?, seen: [String] = ["claude-code"], _ path: String = "a") {
            // Twice in one decision is once.
            let finding = Finding(rule, ref: "refs/heads/main", path: ByteString(path), facts: .init(agent: agent))
            ledger.decide(.refused, findings: [finding, finding], agents: seen)
        }
        for path in ["1", "2", "3"] { refuse(.scopePath, agent: "claude-code", path) }
        for _ in 1...2 { refuse(.refScope, agent: "claude-code") }
        for _ in 1...4 { refuse(.attributionUnattributed, agent: nil) }
        for _ in 1...3 { refuse(.approvalMissing, agent: nil, seen: ["a", "b"]) }
        ledger.decide(.allowed)
        let found = try tally(ledger).repeatedRefusals
        #expect(found.map(\.rule) == [.attributionUnattributed, .approvalMissing, .scopePath])
        #expect(found.map(\.agent) == ["claude-code", nil, "claude-code"])
        #expect(found.map(\.decisions) == [4, 3, 3])
        #expect(found[2].last.path == "3" && found[2].examples.map(\.sequence) == [1, 2, 3])
    }

    @Test func `an exception is counted once for each decision that it let through`() throws {
        let ledger = try CountedLedger()
        let id = try #require(RecordID(String(repeating: "ab", count: 32)))
        func override(_ rule: RuleCode, _ findings: Int) -> Decision.Override {
            Decision.Override(
                exception: id, issuer: "dana@example.org", reason: "down", expiresAt: Self.at, rule: rule,
                ref: "refs/heads/main", findings: findings)
        }
        ledger.decide(overrides: [override(.scopePath, 2), override(.refScope, 1)])
        ledger.decide(in: "billing", overrides: [override(.scopePath, 4)])
        let found = try #require(try tally(ledger).allExceptions.first)
        #expect(found.decisions == 2 && found.findings == 7 && found.rules == [.scopePath, .refScope])
        #expect(found.repositories == ["payments", "billing"] && found.examples.map(\.sequence) == [1, 2])
    }

    @Test func `what landed without a decision and gates that were away are told`() throws {
        let ledger = try CountedLedger()
        ledger.note(.installed, at: Self.at.adding(seconds: -900))
        ledger.note(.disabled, at: Self.at.adding(seconds: -800))
        ledger.note(.installed, at: Self.at.adding(seconds: -700))
        ledger.land(3, undecided: 2)
        ledger.land(1, undecided: 0)
        ledger.note(.disabled, at: Self.at.adding(seconds: 10))
        ledger.note(.disabled, at: Self.at.adding(seconds: 20), in: "billing")
        ledger.note(.installed, at: Self.at.adding(seconds: 30), in: "billing")
        let tally = try tally(ledger)
        #expect(tally.allLandings.map(\.updates) == [2] && tally.allLandings[0].examples.map(\.sequence) == [4])
        // That of before the period is over and done with.
        #expect(tally.absences.map(\.repository) == ["payments", "billing"])
        #expect(tally.absences.map(\.until) == [nil, Self.at.adding(seconds: 30)])
        #expect(tally.history.unjudged["payments"] == Self.at.adding(seconds: 1_000))
        #expect(tally.history.unjudged["billing"] == Self.at.adding(seconds: 30))
    }

    @Test func `a repository of which nothing says what landed is named`() throws {
        let ledger = try CountedLedger()
        ledger.decide()
        ledger.decide(in: "billing")
        ledger.decide(.refused, in: "web")
        ledger.land(1, in: "billing")
        let found = try tally(ledger).withoutEffects
        #expect(found.map(\.repository) == ["payments"] && found.map(\.decisions) == [1])
    }

    @Test func `what is kept has a bound however long the log is`() throws {
        let ledger = try CountedLedger()
        for number in 0..<(Review.groupsAtMost + 20) {
            ledger.decide(.refused, findings: [CountedLedger.unregistered("agent-\(number)")])
        }
        for _ in 0..<50 { ledger.land(1, undecided: 1) }
        let tally = try tally(ledger)
        #expect(tally.allUndeclared.count == Review.groupsAtMost)
        // Each that is too much is left out of two groups: the agents, and the refusals.
        #expect(tally.uncounted == 40)
        #expect(tally.allLandings[0].updates == 50)
        #expect(tally.allLandings[0].examples.count == Review.examplesAtMost)
        #expect(tally.allLandings[0].examples.last?.sequence == Int64(Review.groupsAtMost + 70))
    }
}
