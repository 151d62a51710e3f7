import RemitEvidence
import RemitModel
import RemitTestSupport
import Testing

/// The figures of a period, from entries that are made up.
@Suite struct EvidenceTallyTests {
    static let at = CountedLedger.at

    private func tally(_ ledger: CountedLedger, checkpoint: Int? = nil) throws -> EvidenceTally {
        let period = try #require(
            Period(since: Self.at.adding(seconds: -100), until: Self.at.adding(seconds: 100)))
        var tally = EvidenceTally(period)
        try tally.read(try ledger.store(), checkpoints: checkpoint.map { ["here": $0] } ?? [:])
        return tally
    }

    @Test func `the first second of a period belongs to it, the one after its last does not`() throws {
        let ledger = try CountedLedger()
        for offset: Int64 in [-101, -100, 99, 100, -500] { ledger.decide(at: Self.at.adding(seconds: offset)) }
        let tally = try tally(ledger)
        #expect(tally.figures[.decisions] == 2 && tally.figures[.entries] == 2)
        #expect(tally.logs["here"]?.total == 5 && tally.logs["here"]?.entries == 2)
        #expect(tally.examples[.decisionRecord]?.map(\.sequence) == [2, 3])
        #expect(tally.oldest == Self.at.adding(seconds: -500))
    }

    @Test func `decisions are counted by outcome, mode and what was judged`() throws {
        let ledger = try CountedLedger()
        ledger.decide(.allowed)
        ledger.decide(.refused, mode: .monitor)
        ledger.decide(.undecided, submission: .merge)
        ledger.decide(.allowed, submission: .deployment(environment: "production"))
        let figures = try tally(ledger).figures
        #expect(figures[.decisions] == 4 && figures[.decisionsAllowed] == 2 && figures[.decisionsRefused] == 1)
        #expect(figures[.decisionsUndecided] == 1 && figures[.decisionsMonitored] == 1)
        #expect(figures[.pushesDecided] == 2 && figures[.mergesDecided] == 1 && figures[.deploymentsDecided] == 1)
        #expect(figures[.decisionsOfScope] == 4 && figures[.decisionsNamingPolicy] == 4)
        #expect(figures[.decisionsOverridden] == nil && figures[.jobsNamed] == nil)
    }

    @Test func `commits are counted by the strength of what tells their author`() throws {
        let ledger = try CountedLedger()
        let commit = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        let mark = Evidence(
            agent: "devin", place: .trailer, strength: .declared, confidence: .definite, excerpt: "Devin")
        ledger.decide(authorship: [
            Authorship(commit: commit, ref: "refs/heads/main"),
            Authorship(commit: commit, ref: "refs/heads/main", agents: ["devin"], evidence: [mark]),
            Authorship(commit: commit, ref: "refs/heads/main", signer: .person("dana@example.org")),
        ])
        let figures = try tally(ledger).figures
        #expect(figures[.commitsJudged] == 3 && figures[.commitsNotListed] == nil)
        #expect(figures[.commitsCryptographic] == 1 && figures[.commitsDeclared] == 1)
        #expect(figures[.commitsWithoutEvidence] == 1 && figures[.commitsTransport] == nil)
        #expect(figures[.agentsSeen] == 1)
    }

    @Test func `what landed is told from what landed without a decision`() throws {
        let ledger = try CountedLedger()
        ledger.note(.installed)
        ledger.land(5, undecided: 2)
        ledger.land(2, undecided: 2)
        ledger.note(.disabled)
        let tally = try tally(ledger)
        #expect(tally.figures[.effects] == 2 && tally.figures[.updatesLanded] == 7)
        #expect(tally.figures[.updatesWithDecision] == 3 && tally.figures[.updatesWithoutDecision] == 4)
        #expect(tally.figures[.gatesInstalled] == 1 && tally.figures[.gatesTakenAway] == 1)
        // Only what is evidence is named: not the push of which nothing was judged.
        #expect(tally.examples[.coverageReport]?.map(\.sequence) == [2])
    }

    @Test func `only what lies under the checkpoint can be proved`() throws {
        let ledger = try CountedLedger()
        for _ in 1...5 { ledger.decide() }
        #expect(try tally(ledger, checkpoint: 3).figures[.provableEntries] == 3)
    }

    @Test func `a few entries are named, however many there are`() throws {
        let ledger = try CountedLedger()
        for _ in 1...40 { ledger.decide() }
        let tally = try tally(ledger)
        #expect(tally.figures[.decisions] == 40)
        #expect(tally.examples[.decisionRecord]?.map(\.sequence) == [36, 37, 38, 39, 40])
    }
}
