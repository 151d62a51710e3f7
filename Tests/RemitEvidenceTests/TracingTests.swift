import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@Suite struct TracingTests {
    private static func trace(
        _ text: String, as kind: Trace.Kind? = nil, in repository: String? = nil, of ledger: TracedLedger
    ) throws -> Trace? {
        try Tracing(TraceQuestion(text, kind: kind, in: repository), in: ledger.store()).trace()
    }

    @Test func `the chain of a commit reaches the person who answers for it`() throws {
        let ledger = try TracedLedger()
        let trace = try #require(try Self.trace("3f2a9c1", of: ledger))
        let (child, parent) = (ledger.child.abbreviated, ledger.parent.abbreviated)
        let zeros = String(repeating: "0", count: 28)
        func decision(_ number: Int, _ time: String, _ outcome: String, _ rules: [String]) -> [String] {
            [
                "",
                "2026-11-20T09:\(time)Z decision \(number): push \(outcome) in payments: refs/heads/agent/PAY-42/work",
                "  change      refs/heads/agent/PAY-42/work from 000000000000 to 3f2a9c1b7d4e",
                "  commit      3f2a9c1b7d4e\(zeros) on refs/heads/agent/PAY-42/work",
                "  mark        codex-cli by trailer 'Claude', declared and definite",
                "  written by  codex-cli, cryptographic",
                "  signature   by the task key of delegation \(child), key \(ledger.key)",
                "  under       delegation \(child) (acting)",
                "  approval    \(parent) by bob@example.org of commit 3f2a9c1b7d4e",
                "  policy      version 2, authority at commit 700000000000",
            ] + rules + ["  pusher      dana, vouched for by GL_USER of gitolite"]
        }
        let remit = """
              may         in payments push to refs/heads/agent/PAY-42/**
                          have its work landed in refs/heads/main
                          change Sources/**, Tests/**, except Sources/Secrets/**
                          do ref.create, ref.update, file.create, file.modify
            """
        let expected =
            ["commit 3f2a9c1b7d4e\(zeros)"]
            + decision(
                1, "00:00", "refused", ["  passed      ref.name scope.path", "  failed      limit.pushes"])
            + decision(2, "01:00", "allowed", ["  passed      ref.name scope.path limit.pushes"])
            + [
                "",
                "  agent       codex-cli, owned by tom@example.org, olga@example.org",
                "  delegation  \(child) to codex-cli by dana@example.org for PAY-42: Retry the settlement job",
                "              from 2026-11-20T08:00:00Z until 2026-11-20T17:00:00Z, to be landed until "
                    + "2026-11-27T09:00:00Z",
                remit,
                "  from        \(parent) to claude-code by dana@example.org for PAY-42: Everything",
                "              from 2026-11-20T08:00:00Z until 2026-11-20T17:00:00Z, to be landed until "
                    + "2026-11-27T09:00:00Z",
                remit,
                "  accountable dana@example.org",
                "  landed      2026-11-20T09:01:01Z 1 update in payments, entry 3",
                "              refs/heads/agent/PAY-42/work from 000000000000 to 3f2a9c1b7d4e, by decision 2",
                "",
            ]
        #expect(TraceText(trace).text == expected.joined(separator: "\n"))
        #expect(trace.related.isEmpty && !trace.isCut)
    }

    @Test func `it is found by every name, and by none that is not its own`() throws {
        let ledger = try TracedLedger()
        let names: [(text: String, kind: Trace.Kind)] = [
            (TracedLedger.commit.hex, .commit), ("3f2a9c1", .commit), ("3f2a9c1b7d4e", .commit),
            ("refs/heads/agent/PAY-42/work", .ref), ("codex-cli", .agent), (ledger.child.description, .delegation),
            (ledger.child.hex, .delegation), (ledger.child.abbreviated, .delegation),
        ]
        for (text, kind) in names {
            let found = try Self.trace(text, of: ledger)
            #expect(found?.kind == kind && found?.decisions.count == 2, "\(text)")
            #expect(try Self.trace(text, as: kind, in: "payments", of: ledger)?.decisions.count == 2, "\(text)")
            #expect(try Self.trace(text, as: kind, in: "billing", of: ledger)?.decisions.isEmpty ?? true, "\(text)")
        }
        for text in ["3f2a9c", "3f2a9c2", "refs/heads/main", "codex", "", "production", "sha256:12"] {
            #expect(try Self.trace(text, of: ledger) == nil, "\(text)")
        }
    }

    @Test func `a beginning of two ids is refused, and both are named`() throws {
        let ledger = try TracedLedger()
        let other = TracedLedger.object("3f2a9c1f")
        try ledger.index(1, about: [.commit(other, in: "payments")])
        let words = "it is commit \(TracedLedger.commit.hex) and commit \(other.hex)"
        #expect(throws: EvidenceError("'3f2a9c1' is ambiguous: \(words)")) { try Self.trace("3f2a9c1", of: ledger) }
        #expect(try Self.trace("3f2a9c1f", of: ledger)?.decisions.count == 1)
    }

    @Test func `a beginning is looked for in the repository that was named`() throws {
        let ledger = try TracedLedger()
        let other = TracedLedger.object("3f2a9c1f")
        try ledger.index(1, about: [.commit(other, in: "billing")])
        // More than are read at once lie between the two.
        let many = (0..<40).map { TracedLedger.object("3f2a9c1c" + String(100 + $0)) }
        try ledger.index(1, about: many.map { .commit($0, in: "web") })
        #expect(throws: EvidenceError.self) { try Self.trace("3f2a9c1", of: ledger) }
        let commit = ByteString(TracedLedger.commit.hex)
        #expect(try Self.trace("3f2a9c1", in: "payments", of: ledger)?.value == commit)
        #expect(try Self.trace("3f2a9c1", in: "billing", of: ledger)?.value == ByteString(other.hex))
        #expect(throws: EvidenceError.self) { try Self.trace("3f2a9c1", in: "web", of: ledger) }
        #expect(try Self.trace("3f2a9c1", in: "docs", of: ledger) == nil)
        let child = ledger.child.abbreviated
        #expect(try Self.trace(child, in: "payments", of: ledger)?.decisions.count == 2)
        #expect(try Self.trace(child, in: "billing", of: ledger) == nil)
    }

    @Test func `what is left out is said`() throws {
        let ledger = try TracedLedger()
        try ledger.decide(times: 63)
        let whole = try #require(try Self.trace("refs/heads/agent/PAY-42/work", of: ledger))
        // 65 decisions and an effect: the newest 64 are told, and what landed since then.
        #expect(whole.decisions.count == 64 && whole.older == Trace.Rest(entries: 1, isCounted: true))
        #expect(
            TraceText(whole).text.contains(
                "\nonly the newest 64 decisions about it are shown; left out: 1 older entry about it\n"))
        #expect(whole.json.text.contains(#""is_cut":true"#))
        #expect(whole.json.text.contains(#""older":{"entries":1,"is_counted":true}"#))

        // Another commit on the same ref: the others are what happened around it.
        let later = TracedLedger.object("bb")
        try ledger.decide(times: 1, about: later)
        let one = try #require(try Self.trace(later.hex, of: ledger))
        #expect(one.decisions.count == 1 && one.older == .none)
        #expect(one.related.count == 64 && one.relatedOlder == Trace.Rest(entries: 1, isCounted: true))
        #expect(TraceText(one).text.hasSuffix("\n  left out: 1 older entry about the same refs and delegations\n"))
        #expect(one.json.text.hasSuffix(#""related_older":{"entries":1,"is_counted":true}}"#))
    }

    @Test func `what landed without a decision is found by its commit and its ref`() throws {
        let ledger = try TracedLedger()
        let commit = TracedLedger.object("cc")
        let move = RefUpdate(ref: "refs/heads/main", old: .zero, new: commit)
        try ledger.append(
            EntryDraft(
                of: Effect(
                    repository: "payments", pusher: nil, at: TracedLedger.at.adding(seconds: 90),
                    landed: [.init(move, by: nil)]), by: "remit-hook 0.1.0"))
        for name in [commit.hex, "refs/heads/main"] {
            let trace = try #require(try Self.trace(name, of: ledger))
            #expect(trace.decisions.isEmpty && trace.effects.count == 1)
            #expect(
                TraceText(trace).text.hasSuffix(
                    """

                    no decision about it is recorded

                      landed      2026-11-20T09:01:30Z 1 update, 1 of them without a decision in payments, entry 4
                                  refs/heads/main from 000000000000 to cc0000000000, without a decision

                    """))
        }
    }

    @Test func `what is not archived is said, not guessed`() throws {
        let ledger = try TracedLedger(isArchived: false)
        let lines = TraceText(try #require(try Self.trace("codex-cli", of: ledger))).text.split(separator: "\n")
        #expect(lines.contains("  agent       codex-cli, its record is not archived"))
        #expect(lines.contains("  delegation  \(ledger.child.abbreviated), its record is not archived"))
        #expect(!lines.contains { $0.hasPrefix("  accountable") })
    }

    @Test func `hostile text is harmless on a terminal and in JSON`() throws {
        let ledger = try TracedLedger(
            purpose: "<b>\u{202e}##vso[x]", mark: "\u{1b}]0;x\u{7}\u{1b}[31m\nallowed in payments")
        let trace = try #require(try Self.trace("3f2a9c1", of: ledger))
        let text = TraceText(trace).text
        #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A })
        #expect(!text.contains("##vso") && !text.contains("\nallowed"))
        #expect(trace.json.encoded.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    @Test func `the JSON holds the decisions as they were recorded`() throws {
        let ledger = try TracedLedger()
        let trace = try #require(try Self.trace("3f2a9c1", of: ledger))
        let decision = try #require(trace.decisions.last?.decision)
        let members = try Members(trace.json.encoded, of: "it")
        #expect(try members.text("schema") == "trace/v1")
        #expect(try members.text("kind") == "commit")
        let last = try #require(try members.objects("decisions").last)
        #expect(try last.text("log") == "here")
        #expect(try last.number("sequence") == 2)
        let document = String(decoding: JSONReport.bytes(of: decision), as: UTF8.self)
        #expect(trace.json.text.contains(document))
        #expect(try members.objects("agents").first?.texts("owners") == ["tom@example.org", "olga@example.org"])
        #expect(try members.objects("effects").first?.number("landed") == 1)
    }
}
