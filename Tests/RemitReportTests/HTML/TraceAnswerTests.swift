import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

/// What stands first on the page of a trace, for each way in which a decision can end.
@Suite struct TraceAnswerTests {
    private static let entry = Trace.Entry(log: "/var/lib/remit/ledger.db", sequence: 7)

    private static func recorded(_ decision: Decision?, _ outcome: Outcome = .refused) -> Trace.Recorded {
        Trace.Recorded(
            entry: entry, at: Samples.at, program: "remit-hook 0.1.0", repository: "payments",
            outcome: decision?.outcome ?? outcome, decision: decision)
    }

    private static func trace(
        _ decisions: [Trace.Recorded], older: Trace.Rest = .none, effects: [Trace.Effect] = [],
        chains: [[Trace.Link]] = []
    ) -> Trace {
        Trace(
            kind: .commit, value: ByteString(Samples.commit().hex), decisions: decisions, older: older,
            effects: effects, chains: chains)
    }

    /// The page's words, line by line.
    private static func lines(_ trace: Trace, isLedger: Bool = true) -> [String] {
        var text = TracePage(trace, isLedger: isLedger, program: "remit 0.1.0").text.replacing(
            /<style>[^<]*<\/style>/, with: "")
        text = text.replacing(/<[^>]*>/, with: "")
        for (escape, character) in [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")] {
            text = text.replacing(escape, with: character)
        }
        return text.split(separator: "\n").map(String.init)
    }

    private static let sighting = Decision.Sighting(agent: "claude-code", commits: 1, strength: .declared)
    private static let decision7 = "Decision 7 of 2026-11-20T09:00:00Z "

    @Test(arguments: [
        (
            Samples.decision(.allowed), "✓ allowed It was allowed as a person's work: no mark of an agent was found.",
            decision7 + "allowed it: all 0 rules that apply were met."
        ),
        (
            Samples.decision(.allowed, agents: [sighting]),
            "✓ allowed It was allowed without a delegation, as drafted by claude-code, which a person pushed.",
            decision7 + "allowed it: all 0 rules that apply were met."
        ),
        (
            Samples.decision(findings: [Samples.outsideGrant]), "✗ refused Nobody authorised it.",
            decision7 + "refused it: commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside its grant."
        ),
        (
            Samples.decision(mode: .monitor, findings: [Samples.outsideGrant]),
            "! would be refused, only monitored Nobody authorised it.",
            decision7
                + "would have refused it, and only monitored: commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside "
                + "its grant."
        ),
        (
            Samples.decision(.undecided), "? undecided Nobody authorised it.",
            decision7 + "could not check it and so refused it."
        ),
        (
            Samples.decision(.undecided, mode: .monitor), "! undecided, only monitored Nobody authorised it.",
            decision7 + "could not check it, and only monitored."
        ),
    ]) func `one decision`(decision: Decision, first: String, why: String) {
        let lines = Self.lines(Self.trace([Self.recorded(decision)]))
        #expect(lines.contains(first) && lines.contains(why), "\(lines.prefix(12))")
    }

    @Test func `an exception stands in the place of an authorisation`() throws {
        let id = try #require(Samples.delegation)
        let override = Decision.Override(
            exception: id, issuer: "dana@example.org", reason: "production is down", expiresAt: Samples.at,
            rule: .scopePath, ref: Samples.ref, findings: 1)
        let decision = Decision(
            outcome: .allowed, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at, updates: [],
            commits: 1, findings: [], findingCount: 0, agents: [], delegations: [], authority: nil, policyVersion: nil,
            overrides: [override], rules: [.scopePath])
        let lines = Self.lines(Self.trace([Self.recorded(decision)]))
        #expect(
            lines.contains(
                "! allowed by exception dana@example.org let it through by an exception: production is down"))
        #expect(
            lines.contains(Self.decision7 + "allowed it, though not by the rules: an exception set aside scope.path."))
    }

    @Test func `what is not archived is said, with what the decision says of it`() throws {
        let id = try #require(Samples.delegation)
        let use = Decision.Use(delegation: id, agent: "claude-code", delegator: "dana@example.org", commits: 1)
        let decision = Samples.decision(.allowed, delegations: [use])
        let lines = Self.lines(
            Self.trace([Self.recorded(decision)], chains: [[Trace.Link(id: id, delegation: nil)]]))
        #expect(
            lines.contains(
                "✓ allowed Who authorised it is not archived; it rests on delegation 1f2e3d4c5b6a of dana@example.org to "
                    + "claude-code, as the decision says."))
        #expect(
            lines.contains(
                "under delegation 1f2e3d4c5b6a, whose record is not archived: from here, who answers for it is not known"
            ))
        let erased = Self.lines(Self.trace([Self.recorded(nil, .allowed)]))
        #expect(erased.contains(Self.decision7 + "is allowed; its document has been erased."))
        #expect(erased.contains("Its document has been erased; the entry in the log stands."))
    }

    @Test func `what is left out is said above the decisions`() {
        let lines = Self.lines(
            Self.trace([Self.recorded(Samples.decision())], older: Trace.Rest(entries: 4032, isCounted: false)))
        #expect(
            lines.contains(
                "! cut Only the newest 1 decisions about it are shown; left out: at least 4032 older entries about it.")
        )
    }

    @Test func `what landed unjudged is said first`() {
        let move = RefUpdate(ref: Samples.ref, old: .zero, new: Samples.commit())
        let effect = Trace.Effect(
            entry: Self.entry, at: Samples.at, repository: "payments", landed: 1, undecided: 1,
            moves: [Trace.Move(move, by: nil)])
        let lines = Self.lines(Self.trace([], effects: [effect]))
        #expect(lines.contains("✗ no decision No decision about it is recorded: nothing judged it."))
        #expect(
            lines.contains(
                "It landed: entry 7 of 2026-11-20T09:00:00Z. ✗ without a decision Nothing judged 1 of the updates of "
                    + "entry 7."))
        let nothing = Self.lines(Self.trace([Self.recorded(Samples.decision(.allowed))]))
        #expect(nothing.contains("That it landed is not recorded."))
    }

    @Test(arguments: [
        ("/var/lib/remit/ledger.db", true, "/var/lib/remit/ledger.db"), ("a b.db", true, "<ledger>"),
        ("$(reboot).db", true, "<ledger>"), ("git.example.org/decisions", false, "<ledger>"),
    ]) func `a command names the ledger only where that is a plain path`(log: String, isLedger: Bool, shown: String) {
        let recorded = Trace.Recorded(
            entry: Trace.Entry(log: log, sequence: 7), at: Samples.at, program: "p", repository: "payments",
            outcome: .refused, decision: Samples.decision())
        let lines = Self.lines(Self.trace([recorded]), isLedger: isLedger)
        for command in ["replay 7 --ledger \(shown)", "log prove 7 --ledger \(shown) -o 7.tlog-proof"] {
            #expect(lines.contains("remit \(command)"), "\(lines)")
        }
    }
}
