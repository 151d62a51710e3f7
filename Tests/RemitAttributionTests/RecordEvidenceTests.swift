import RemitAttribution
import RemitFormats
import RemitModel
import Testing

/// What records beside a commit and options of a push are worth.
@Suite struct RecordEvidenceTests {
    private static func lines(_ tool: String?, _ count: Int = 3, persons: Int = 0) -> AttestedLines {
        AttestedLines(shares: [.init(tool: tool, lines: count, shown: "a: s_1 1-3")], personLines: persons)
    }

    private static func scan(_ tool: String?) -> [Evidence] {
        MarkCatalogue.builtIn.scan(lines(tool), .note).evidence
    }

    @Test func `an agent's lines are a strong mark that anyone can have written, with the figures`() {
        #expect(
            MarkCatalogue.builtIn.scan(Self.lines("claude", persons: 40), .note).evidence == [
                Evidence(
                    agent: "claude-code", place: .note, strength: .declared, confidence: .strong,
                    excerpt: "claude, 3 lines, 40 of persons; a: s_1 1-3")
            ])
        #expect(
            MarkCatalogue.builtIn.scan(Self.lines("cursor", 1), .record).evidence == [
                Evidence(
                    agent: "cursor", place: .record, strength: .declared, confidence: .strong,
                    excerpt: "cursor, 1 line; a: s_1 1-3")
            ])
    }

    @Test func `persons' lines alone, and a tool without lines, are no evidence`() {
        #expect(MarkCatalogue.builtIn.scan(AttestedLines(personLines: 9), .note).evidence.isEmpty)
        #expect(MarkCatalogue.builtIn.scan(Self.lines("claude", 0), .note).evidence.isEmpty)
    }

    @Test(arguments: [
        ("claude", "claude-code"), ("claude-code", "claude-code"), ("claude-web", "claude-code"),
        ("codex", "codex-cli"), ("codex-cloud", "codex-cloud"), ("cursor", "cursor"), ("cursor-agent", "cursor"),
        ("github-copilot-cli", "copilot-cli"), ("gemini", "gemini-cli"), ("droid", "factory-droid"),
        ("continue-cli", "continue"), ("amp", "amp"), ("opencode", "opencode"), ("windsurf", "windsurf"),
        ("devin", "devin"), ("junie", "junie"), ("firebender", "firebender"),
    ])
    func `tools go by their ids in the catalogue`(tool: String, id: String) {
        #expect(Self.scan(tool).map(\.agent) == [id])
        #expect(Self.scan(tool).map(\.kind) == [.agent])
    }

    @Test func `every id that a tool's name leads to is in the catalogue`() {
        let known = Set(MarkCatalogue.builtIn.tools.map(\.id))
        for tool in ["claude", "claude-web", "codex", "cursor-agent", "github-copilot-cli", "gemini", "droid"] {
            #expect(known.isSuperset(of: Self.scan(tool).map(\.agent)), "\(tool)")
        }
    }

    @Test(arguments: ["pi", "cline", "github-copilot", "our-own-agent"])
    func `a tool that the catalogue does not have is an agent by its own name`(tool: String) {
        #expect(Self.scan(tool).map(\.agent) == [tool])
        #expect(Self.scan(tool).map(\.kind) == [.agent])
    }

    @Test(arguments: [nil, "two words", "../claude", String(repeating: "a", count: 65)])
    func `lines of no named tool are a declaration that names no agent`(tool: String?) {
        #expect(Self.scan(tool).map(\.agent) == ["generic-declared"])
        #expect(Self.scan(tool).map(\.kind) == [.assistant])
        #expect(Attribution(evidence: Self.scan(tool)).agents.isEmpty)
    }

    @Test func `what completes a person's typing is an assistant`() {
        #expect(Self.scan("supermaven").map(\.kind) == [.assistant])
    }

    @Test func `a record that cannot be read is told and is no mark of anybody`() {
        let scan = MarkCatalogue.builtIn.scan(unreadable: "refs/notes/ai", because: "it has no line '---'", .note)
        #expect(
            scan.evidence == [
                Evidence(
                    agent: "generic-declared", kind: .assistant, place: .note, strength: .declared, confidence: .weak,
                    malformation: .unreadable, excerpt: "refs/notes/ai: it has no line '---'")
            ])
        let authorship = Authorship(commit: .zero, ref: "refs/heads/main", evidence: scan.evidence)
        #expect(authorship.attribution == "no-evidence")
    }

    @Test func `an option of the push names an agent by its id, whatever others mean`() {
        let options: [ByteString] = [
            "merge_request.create", "ci.skip", "agent=payments-bot", "topic=agent=x", "agent",
            "delegation=0123456789ab",
        ]
        #expect(
            MarkCatalogue.builtIn.scan(options: options).evidence == [
                Evidence(
                    agent: "payments-bot", place: .pushOption, strength: .declared, confidence: .definite,
                    excerpt: "agent=payments-bot")
            ])
    }

    @Test(arguments: ["agent=", "agent=../x", "agent=two words", "agent=\u{1B}[0m"])
    func `an option that could name no agent is one that nobody has registered`(option: String) {
        let evidence = MarkCatalogue.builtIn.scan(options: [ByteString(option)]).evidence
        #expect(evidence.map(\.agent) == ["?"])
        #expect(Attribution(evidence: evidence).agents == ["?"])
    }
}
