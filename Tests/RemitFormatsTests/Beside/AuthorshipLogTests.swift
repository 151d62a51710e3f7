import RemitFormats
import RemitModel
import Testing

@Suite struct AuthorshipLogTests {
    private static func metadata(_ sessions: String = "", prompts: String = "") -> String {
        """
        {
          "schema_version": "authorship/3.0.0",
          "git_ai_version": "1.4.7",
          "base_commit_sha": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
          "prompts": {\(prompts)},
          "sessions": {\(sessions)}
        }
        """
    }

    private static func session(_ id: String, _ tool: String) -> String {
        #""\#(id)": {"agent_id": {"tool": "\#(tool)", "id": "x-1", "model": "m-2"}, "human_author": "a@example.org"}"#
    }

    private static func parse(_ attestations: String, _ metadata: String) throws(RecordBesideError) -> AttestedLines {
        try AuthorshipLog.parse(Array((attestations + "---\n" + metadata).utf8))
    }

    @Test func `sessions and persons are told apart, and each tool's lines are counted`() throws {
        let lines = try Self.parse(
            """
            src/pay.swift
              s_00112233445566::t_0123456789abcd 1-10,15,20-21
              s_00112233445566::t_ffffffffffffff 30
              h_00112233445566 40-44
            "docs/how to.md"
              s_aabbccddeeff00::t_0123456789abcd 7

            """,
            Self.metadata(Self.session("s_00112233445566", "claude") + "," + Self.session("s_aabbccddeeff00", "Codex")))
        #expect(
            lines
                == AttestedLines(
                    shares: [
                        .init(
                            tool: "claude", lines: 14,
                            shown: "src/pay.swift: s_00112233445566::t_0123456789abcd 1-10,15,20-21"),
                        .init(
                            tool: "codex", lines: 1,
                            shown: #""docs/how to.md": s_aabbccddeeff00::t_0123456789abcd 7"#),
                    ], personLines: 5))
    }

    @Test func `the older form's prompts are read, in a log that mixes both`() throws {
        let lines = try Self.parse(
            "a\n  0123456789abcdef 2,1\n  abcdef0 9\n  s_00112233445566 3\n",
            Self.metadata(
                Self.session("s_00112233445566", "cursor"),
                prompts: Self.session("0123456789abcdef", "cursor") + "," + Self.session("abcdef0", "amp")))
        #expect(lines.shares.map(\.tool) == ["cursor", "amp"])
        #expect(lines.shares.map(\.lines) == [3, 1])
        #expect(lines.personLines == 0)
    }

    @Test func `a log of persons' lines, or of none, names no tool`() throws {
        let persons = try Self.parse("a\n  h_00112233445566 1-3\n", Self.metadata(Self.session("s_1", "claude")))
        #expect(persons == AttestedLines(personLines: 3))
        #expect(try Self.parse("", Self.metadata(Self.session("s_1", "claude"))) == AttestedLines())
    }

    @Test func `a session without an entry tells of an agent that is not named, an older word of nobody`() throws {
        let lines = try Self.parse(
            "a\n  s_00112233445566::t_1 1\n  0123456789abcdef 2\n  human 3\n  7c3674d9-59e3 4\n", Self.metadata())
        #expect(lines.shares.map(\.tool) == [nil])
        #expect(lines.shares.map(\.lines) == [2])
    }

    @Test(arguments: ["unknown", "human", "mock_ai", ""])
    func `words that name nobody are no tool's`(word: String) throws {
        let lines = try Self.parse("a\n  s_1::t_1 1\n", Self.metadata(Self.session("s_1", word)))
        #expect(lines.shares.map(\.tool) == [nil])
    }

    @Test func `conversations and numbers of every kind in the metadata are passed over`() throws {
        let prompt = """
            "abcdef0": {"agent_id": {"tool": "amp", "id": "1", "model": "m"}, "messages": [{"type": "user",
            "text": "a\\nb", "cost": 0.25}], "total_additions": 3}
            """
        #expect(try Self.parse("a\n  abcdef0 1\n", Self.metadata(prompts: prompt)).shares.map(\.tool) == ["amp"])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let text: String
        let reason: String
        var testDescription: String { reason }
    }

    static let faults: [Fault] = [
        Fault(text: "", reason: "it has no line '---'"),
        Fault(text: "a\n  s_1 1\n--- \n{}", reason: "it has no line '---'"),
        Fault(text: "  s_1 1\n---\n{}", reason: "an entry of its attestations stands below no path"),
        Fault(text: "a\n s_1 1\n---\n{}", reason: "a line of its attestations is neither a path nor an entry"),
        Fault(text: "a\r\n---\n{}", reason: "a line of its attestations is neither a path nor an entry"),
        Fault(text: "a\n  s_1\n---\n{}", reason: "an entry of its attestations has no key"),
        Fault(text: "a\n  \u{E4} 1\n---\n{}", reason: "an entry of its attestations has no key"),
        Fault(text: "a\n  s_1 \n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 0\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 01\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 2-1\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 1-2-3\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 1,\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 1 2\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "a\n  s_1 12345678901\n---\n{}", reason: "an entry of its attestations has no ranges of lines"),
        Fault(text: "---\n", reason: "its JSON ends before its value, at byte 0"),
        Fault(text: "---\n{\"a\":1,\"a\":2}", reason: "its JSON has a member twice, at byte 12"),
        Fault(text: "---\n[]", reason: "its metadata is no JSON object"),
        Fault(text: "---\n{}", reason: "its metadata names no schema"),
        Fault(text: "---\n{\"schema_version\":\"authorship/4.0.0\"}", reason: "its schema is not authorship/3.0.0"),
        Fault(
            text: "---\n{\"schema_version\":\"authorship/3.0.0\",\"prompts\":[]}",
            reason: "'prompts' of its metadata is no JSON object"),
        Fault(
            text: "---\n{\"schema_version\":\"authorship/3.0.0\",\"sessions\":{\"s_1\":{\"agent_id\":{}}}}",
            reason: "an entry of 'sessions' of its metadata names no tool"),
    ]

    @Test(arguments: faults)
    func `what has not the form is refused with the reason`(fault: Fault) {
        let error = #expect(throws: RecordBesideError.self) { try AuthorshipLog.parse(Array(fault.text.utf8)) }
        #expect(error?.reason == fault.reason)
    }

    @Test func `a log beyond the bound is not read`() {
        let huge = [UInt8](repeating: 0x61, count: AuthorshipLog.maximumByteCount + 1)
        #expect(throws: RecordBesideError("it is longer than 4194304 bytes")) { try AuthorshipLog.parse(huge) }
    }

    @Test func `tools beyond the bound are left out`() throws {
        let ids = 1...(AttestedLines.maximumShares + 5)
        let lines = try Self.parse(
            "a\n" + ids.map { "  s_\($0)::t_1 \($0)\n" }.joined(),
            Self.metadata(ids.map { Self.session("s_\($0)", "tool\($0)") }.joined(separator: ",")))
        #expect(lines.shares.count == AttestedLines.maximumShares)
    }
}
