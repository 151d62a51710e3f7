import Foundation
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@Suite struct JSONReportTests {
    private static let update = RefUpdate(ref: Samples.ref, old: .zero, new: Samples.commit())

    @Test func `writes the same bytes every time`() throws {
        let decision = Samples.decision(
            pusher: Pusher(login: "dana", vouchedBy: "GL_USERNAME of gitlab"), updates: [Self.update],
            findings: [Samples.outsideGrant],
            agents: [Decision.Sighting(agent: "claude-code", commits: 3, strength: .cryptographic)],
            delegations: [
                Decision.Use(
                    delegation: try #require(Samples.delegation), agent: "claude-code", delegator: "dana@example.org",
                    commits: 3,
                    expense: Expense(
                        limits: Limits(commits: 4, files: nil, lines: 100, bytes: nil, pushes: nil),
                        before: Spent(commits: 2, files: 0, lines: 30, bytes: 0, pushes: 1),
                        used: Spent(commits: 3, files: 0, lines: 9, bytes: 0, pushes: 1)))
            ],
            ancestors: [Decision.Ancestor(delegation: try #require(Samples.delegation), expense: .none)])
        let zeros = String(repeating: "0", count: 52)
        let commit = "3f2a9c1b7d4e0000000000000000000000000000"
        let expected = [
            #"{"schema":"decision/v1","outcome":"refused","mode":"enforce","repository":"payments","#,
            #""pusher":{"login":"dana","vouched_by":"GL_USERNAME of gitlab"},"decided_at":"2026-11-20T09:00:00Z","#,
            #""authority":"0000000000000000000000000000000000000007","policy_version":2,"update_count":1,"#,
            #""updates":[{"ref":"refs/heads/agent/PAY-42/retry","old":"0000000000000000000000000000000000000000","#,
            #""new":"\#(commit)"}],"commits":3,"#,
            #""agents":[{"agent":"claude-code","commits":3,"strength":"cryptographic"}],"#,
            #""delegations":[{"delegation":"sha256:1f2e3d4c5b6a\#(zeros)","agent":"claude-code","#,
            #""delegator":"dana@example.org","commits":3,"#,
            #""used":{"commits":3,"files":null,"lines":9,"bytes":null,"pushes":1},"#,
            #""spent_before":{"commits":2,"files":null,"lines":30,"bytes":null,"pushes":1},"#,
            #""limits":{"commits":4,"files":null,"lines":100,"bytes":null,"pushes":null}}],"finding_count":1,"#,
            #""findings":[{"rule":"scope.path","ref":"refs/heads/agent/PAY-42/retry","commit":"\#(commit)","#,
            #""path":"Deploy/prod.yml","delegation":"sha256:1f2e3d4c5b6a\#(zeros)","#,
            #""granted":["Sources/**","Tests/**","except Sources/Secrets/**"],"ask":["dana@example.org"]}],"#,
            #""overrides":[],"remarks":[],"ancestors":[{"delegation":"sha256:1f2e3d4c5b6a\#(zeros)","#,
            #""used":{"commits":0,"files":null,"lines":null,"bytes":null,"pushes":0},"#,
            #""spent_before":{"commits":0,"files":null,"lines":null,"bytes":null,"pushes":0},"#,
            #""limits":{"commits":null,"files":null,"lines":null,"bytes":null,"pushes":null}}],"#,
            #""landings":[],"approvals":[],"submission":{"kind":"push"},"job":null,"authorship":[],"rules":[]}"#,
        ].joined()
        #expect(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self) == expected)
    }

    @Test(arguments: [
        "plain", "quote\" slash\\ /", "\u{0}\u{8}\t\n\u{1f}\u{7f}", "é日𝄞\u{202e}", "##vso[x]###", "",
    ])
    func `is read back by another parser`(text: String) throws {
        let value = JSONText.object([("text", .string(text)), ("bytes", .bytes(ByteString(text)))])
        let read = try JSONSerialization.jsonObject(with: Data(value.encoded)) as? [String: String]
        #expect(read == ["text": text, "bytes": text])
        #expect(value.encoded.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    /// The rule written down one character at a time, against what copies whole runs.
    @Test(arguments: 1...64) func `is the same by the rule written down plainly`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let alphabet: [Character] = ["a", "~", " ", "#", "#", "\"", "\\", "\n", "\u{0}", "\u{7f}", "é", "𝄞"]
        let letters = alphabet.prefix(seed.isMultiple(of: 2) ? 10 : 12)
        for length in 0..<24 {
            let text = String((0..<length).compactMap { _ in letters.randomElement(using: &random) })
            let expected = "\"" + Self.escaped(text) + "\""
            #expect(JSONText.string(text).text == expected)
            #expect(JSONText.bytes(ByteString(text)).text == expected)
        }
    }

    private static func escaped(_ text: String) -> String {
        var (out, last): (String, UInt16) = ("", 0)
        for unit in text.utf16 {
            let character = Character(UnicodeScalar(unit) ?? "?")
            if unit == 0x22 || unit == 0x5C {
                out += "\\\(character)"
            } else if !(0x20..<0x7F).contains(unit) || unit == 0x23 && last == 0x23 {
                let hex = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            } else {
                out.append(character)
            }
            last = unit
        }
        return out
    }

    @Test func `an id is a string of its digits`() throws {
        let id = try #require(ObjectID(hex: "0123456789abcdef00ff10203040506070809afe"))
        #expect(JSONText.objectID(id).text == "\"0123456789abcdef00ff10203040506070809afe\"")
        #expect(id.hex == "0123456789abcdef00ff10203040506070809afe")
    }

    @Test func `carries bytes that are not UTF-8 as base64`() throws {
        let encoded = JSONText.array([.bytes(ByteString([0xFF, 0x00])), .null, .integer(-7)]).encoded
        #expect(String(decoding: encoded, as: UTF8.self) == #"[{"base64":"/wA="},null,-7]"#)
    }

    @Test func `keeps to the number of findings asked for and tells how many there were`() throws {
        let decision = Samples.decision(
            findings: Array(repeating: Samples.outsideGrant, count: 30), findingCount: 31)
        let data = Data(JSONReport.bytes(of: decision, findingsAtMost: 4))
        let read = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect((read["findings"] as? [Any])?.count == 4)
        #expect(read["finding_count"] as? Int == 31)
    }

    @Test(arguments: [1000, 4096, 65_536])
    func `fits an entry of the ledger whatever was pushed`(bytesAtMost: Int) throws {
        let finding = Finding(.scopePath, path: ByteString([UInt8](repeating: 0xFF, count: 5000)))
        let decision = Samples.decision(
            updates: Array(repeating: Self.update, count: 2000), findings: Array(repeating: finding, count: 100))
        let bytes = try #require(JSONReport.bytes(of: decision, bytesAtMost: bytesAtMost))
        #expect(bytes.count <= bytesAtMost && bytes.count > bytesAtMost * 3 / 4)
        let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(read["update_count"] as? Int == 2000)
        #expect(read["finding_count"] as? Int == 100)
    }

    @Test func `cuts nothing from what fits, and records no half decision`() {
        let decision = Samples.decision(updates: [Self.update], findings: [Samples.outsideGrant])
        let whole = JSONReport.bytes(of: decision)
        #expect(JSONReport.bytes(of: decision, bytesAtMost: whole.count + 2) == whole)
        #expect(JSONReport.bytes(of: decision, bytesAtMost: 100) == nil)
    }

    @Test func `lists findings without a decision`() {
        let text = String(decoding: JSONReport.bytes(of: [Finding(.undecidedInput)]), as: UTF8.self)
        #expect(text == #"{"schema":"findings/v1","finding_count":1,"findings":[{"rule":"undecided.input"}]}"#)
    }
}
