import RemitFormats
import RemitModel
import Testing

@Suite struct AgentTraceTests {
    private static let commit = "0123456789abcdef0123456789abcdef01234567"

    private static func record(
        version: String = "0.1.0", vcs: String? = #"{"type":"git","revision":"\#(commit)"}"#,
        tool: String? = #"{"name":"cursor","version":"2.4.0"}"#, files: String = Self.files
    ) -> String {
        let members = [
            #""version":"\#(version)""#, #""id":"6f1f0a3e-8c1c-4a53-9a7e-0c1c8a1b2c3d""#,
            #""timestamp":"2026-01-23T14:30:00Z""#, vcs.map { #""vcs":\#($0)"# }, tool.map { #""tool":\#($0)"# },
            #""files":\#(files)"#, #""metadata":{"confidence":0.95}"#,
        ]
        return "{" + members.compactMap(\.self).joined(separator: ",") + "}"
    }

    private static let files = """
        [{"path":"src/a.ts","conversations":[{"url":"https://x.example/1","contributor":{"type":"ai"},\
        "ranges":[{"start_line":1,"end_line":3},{"start_line":9,"end_line":9,"contributor":{"type":"human"}}]},\
        {"contributor":{"type":"mixed"},"ranges":[{"start_line":20,"end_line":21}]},\
        {"contributor":{"type":"unknown"},"ranges":[{"start_line":30,"end_line":31}]},\
        {"ranges":[{"start_line":40,"end_line":41}]}]}]
        """

    private static func parse(_ text: String) -> AgentTrace.Records { AgentTrace.parse(Array(text.utf8)) }

    private static let id = ObjectID(hex: commit)

    @Test func `an agent's and mixed ranges count, persons' are counted beside, unknown ones not at all`() throws {
        let found = Self.parse(Self.record())
        #expect(found.fault == nil)
        let record = try #require(found.records.first)
        #expect(record.revision == .commit(try #require(Self.id)))
        #expect(
            record.lines
                == AttestedLines(
                    shares: [.init(tool: "cursor", path: "src/a.ts", lines: 5, shown: "src/a.ts: 1-3")], personLines: 1
                ))
    }

    @Test func `one record, a list of them and one on each line are read alike`() {
        let one = Self.parse(Self.record()).records
        #expect(one.count == 1)
        #expect(Self.parse("[\(Self.record())]").records == one)
        #expect(Self.parse("\(Self.record())\n\n\(Self.record())\r\n").records == one + one)
    }

    @Test func `the version of the reference implementation makes the revision the parent`() throws {
        let record = try #require(Self.parse(Self.record(version: "1.0")).records.first)
        #expect(record.revision == .parent(try #require(Self.id)))
    }

    @Test(arguments: [
        #"{"type":"jj","revision":"kkmpptxz"}"#, #"{"type":"git","revision":"0123"}"#,
        #"{"type":"hg","revision":"\#(commit)"}"#, "null", nil,
    ])
    func `a revision that is no commit of git's names none`(vcs: String?) {
        let found = Self.parse(Self.record(vcs: vcs))
        #expect(found.records.map(\.revision) == [nil])
        #expect(found.fault == nil)
    }

    @Test(arguments: [nil, "{}", #"{"name":"unknown"}"#])
    func `a tool that is not named is none`(tool: String?) {
        #expect(Self.parse(Self.record(tool: tool)).records.map { $0.lines.shares.map(\.tool) } == [[nil]])
    }

    static let faults: [(text: String, reason: String)] = [
        ("{", "its JSON lacks the name of a member, at byte 1"), ("[1]", "a record is no JSON object"),
        ("{}", "a record lacks 'version' or 'files'"),
        (record(version: "2.0.0"), "a record's version is not known"),
        (record(version: "0"), "a record's version is not known"),
        (record(version: "0.x.0"), "a record's version is not known"),
        (record(vcs: "[]"), "a record's 'vcs' lacks 'type' or 'revision'"),
        (record(tool: "[]"), "a record's 'tool' is no JSON object"),
        (record(files: "[{}]"), "a file of a record lacks 'path' or 'conversations'"),
        (
            record(files: #"[{"path":"a","conversations":[{}]}]"#), "a conversation of a record lacks 'ranges'"
        ),
        (
            record(files: #"[{"path":"a","conversations":[{"ranges":[{"start_line":2,"end_line":1}]}]}]"#),
            "a range of a record has no lines"
        ),
        (
            record(files: #"[{"path":"a","conversations":[{"ranges":[{"start_line":0,"end_line":0}]}]}]"#),
            "a range of a record has no lines"
        ),
        (
            record(files: #"[{"path":"a","conversations":[{"ranges":[{"start_line":-3,"end_line":-1}]}]}]"#),
            "a range of a record has no lines"
        ),
        (
            record(files: #"[{"path":"a","conversations":[{"ranges":[{"start_line":0,"end_line":1}]}]}]"#),
            "a range of a record has no lines"
        ),
        (
            record(files: #"[{"path":"a","conversations":[{"contributor":{"type":"robot"},"ranges":[]}]}]"#),
            "a record's contributor has no type that is known"
        ),
    ]

    @Test(arguments: faults.indices)
    func `what has not the form is passed over with the reason`(row: Int) {
        let found = Self.parse(Self.faults[row].text + "\n")
        #expect(found.records.isEmpty)
        #expect(found.fault?.reason == Self.faults[row].reason)
        let beside = Self.parse("\(Self.faults[row].text)\n\(Self.record())\n")
        #expect(beside.records == Self.parse(Self.record()).records)
    }

    @Test func `a text beyond the bound is not read`() {
        let found = AgentTrace.parse([UInt8](repeating: 0x20, count: AgentTrace.maximumByteCount + 1))
        #expect(found == .init(fault: RecordBesideError("it is longer than 4194304 bytes")))
    }
}
