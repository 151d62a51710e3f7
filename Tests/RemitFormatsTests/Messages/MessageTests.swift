import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct MessageTests {
    @Test func `splits lines and drops carriage returns`() {
        let lines = MessageLines(Array("a\r\n\nb\n c".utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(lines == ["a", "", "b", " c"])
        let long = MessageLines([UInt8](repeating: 0x61, count: 10_000)).map(\.count)
        #expect(long == [MessageLines.maximumLength])
    }

    @Test(arguments: [
        ("Key: value", "Key", "value"), ("    Key:value \r", "Key", "value"),
        ("\tCo-Authored-By : x", "Co-Authored-By", "x"),
        ("Key:", "Key", ""), ("fix: a: b", "fix", "a: b"),
    ])
    func `reads a keyed line`(text: String, key: String, value: String) throws {
        let line = try #require(KeyedLine(ArraySlice(text.utf8)))
        #expect(String(decoding: line.key, as: UTF8.self) == key)
        #expect(String(decoding: line.value, as: UTF8.self) == value)
    }

    @Test(arguments: ["> Key: value", "     Key: value", "two words: x", ": x", "", "Key", "- Key: x", "K\u{e9}y: x"])
    func `does not take prose or a quotation for a keyed line`(text: String) {
        #expect(KeyedLine(ArraySlice(text.utf8)) == nil)
    }

    @Test func `says which keyed lines git would call trailers`() {
        let message = Array("subject\n\nKey: outside\n\nprose\n\nKey: inside\n".utf8)
        #expect(KeyedLine.all(in: message).map(\.isInTrailerBlock) == [false, true])
    }

    static let messages = [
        "title\n\nKey: value\n", "title\n\nprose\n\nKey: value\nOther: x\n", "title\nKey: value\n", "Key: value\n",
        "title\n\nprose\nKey: value\n", "title\n\nprose\nSigned-off-by: a\n", "title\n\na\nb\nc\nd\nSigned-off-by: a\n",
        "title\n\na\nb\nc\nSigned-off-by: a\nKey: b\n", "title\n\nKey: a\n folded\n  twice\nOther: b\n",
        "title\n\n folded first\nKey: a\n", "title\n\nKey: a\n\n\n", "title\n\nKey: a\n# comment\nOther: b\n",
        "title\n\nKey: a\n# comment\n", "title\n\nKey: a\n\nConflicts:\n\tfile\n",
        "title\n\nKey: a\n---\nmore\n", "title\n\n---\nKey: a\n", "title\n\n(cherry picked from commit abc)\nKey: a\n",
        "title\n\nKey : a\nfix(x): no\n", "title\n\nKey: a\r\nOther: b\r\n", "title\n   \nKey: a\n", "\n\nKey: a\n",
        "title\n\nhttp://x\nKey: a\n", "title\n\nKey: a", "title\n\nKey: a\nprose\n\tindented\nSigned-off-by: b\n", "",
    ]

    @Test func `finds the trailers that git finds`() throws {
        let directory = try TemporaryDirectory()
        _ = try HermeticGit.run(["init", "-q"], in: directory.path)
        for message in Self.messages + Self.random(200) {
            let git = try HermeticGit.run(
                ["interpret-trailers", "--parse", "--no-divider"], in: directory.path, input: Array(message.utf8))
            var ours: [UInt8] = []
            for trailer in Trailers.parse(Array(message.utf8)) {
                ours += trailer.key.bytes + Array(": ".utf8) + trailer.value.bytes + Array("\n".utf8)
            }
            #expect(ours == git.stdout, "\(message.debugDescription): git says \(git.text.debugDescription)")
        }
    }

    /// Messages of pieces that matter to the rule.
    static func random(_ count: Int) -> [String] {
        var random = SplitMix64(seed: 7)
        let pieces = [
            "prose\n", "Key: a\n", "Signed-off-by: b\n", "\n", " indented\n", "# comment\n",
            "(cherry picked from commit c)\n",
            "Other-Key: d\n", "two words: e\n",
        ]
        return (0..<count).map { _ in
            "title\n" + (0...random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined()
        }
    }

    @Test func `reads delegations anywhere, each once, and reports what is not one`() {
        let id = String(repeating: "ab", count: 32)
        let message = """
            title

            Delegation: sha256:\(id)
              delegation: 0123456789ab
            Delegation: 0123456789ab

            prose about a Delegation: 111111111111
            > Delegation: 222222222222
            Delegation: 0123456789AB
            Delegation: 0123
            Delegation: \(id)0
            Delegation:
            """
        let lines = DelegationLines(in: Array(message.utf8))
        #expect(lines.named == [ByteString(id), "0123456789ab"])
        #expect(lines.malformed == ["0123456789AB", "0123", ByteString(id + "0"), ""])
    }
}
