import RemitModel
import RemitPipelines
import Testing

@Suite("a YAML document")
struct YAMLReaderTests {
    @Test(
        "becomes the tree that it says",
        arguments: [
            ("a", "a"), ("'a'", "\"a\""), ("~", "~"), ("!!str true", "\"true\""), ("\"\\u263a\"", "\"☺\""),
            ("[a, 'b', [c]]", "[a,\"b\",[c]]"), ("- a\n- b: c\n", "[a,{b:c}]"), ("{a: 1, b: {c: d}}", "{a:1,b:{c:d}}"),
            ("on: push\n", "{on:push}"), ("a:\n", "{a:}"), ("a: |\n  x\n  y\n", "{a:\"x\ny\n\"}"),
            ("a: >-\n  x\n  y\n", "{a:\"x y\"}"), ("a: &x [1, 2]\nb: *x\n", "{a:[1,2],b:[1,2]}"),
            ("a: &x 1\nb: &x 2\nc: *x\n", "{a:1,b:2,c:2}"),
            ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n", "{a:{k:1,l:2},b:{k:3,l:2}}"),
            ("a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc:\n  <<: [*x, *y]\n", "{a:{k:1},b:{k:2,m:3},c:{k:1,m:3}}"),
            ("a: &x {k: 1}\nb:\n  k: 1\n  <<: *x\n", "{a:{k:1},b:{k:1}}"), ("'<<': a\n", "{<<:a}"),
            ("script: !reference [.a, script]\n", "{script:!reference[.a,script]}"),
            ("a: !custom x\n", "{a:!customx}"), ("\u{FEFF}a: b\n", "{a:b}"), ("a: b\r\nc: d\r\n", "{a:b,c:d}"),
            ("a: &x {k: v}\n? *x\n: 1\n", "line 2: a key is not a plain text"),
        ])
    func tree(_ text: String, _ expected: String) {
        #expect(Outcome.dump(text) == expected)
    }

    @Test(
        "that readers could understand differently, or that asks too much, is refused",
        arguments: [
            ("", "it is empty"), ("# nothing\n", "it is empty"),
            ("a: 1\n---\nb: 2\n", "line 3: it holds more than one document"),
            ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' is there twice"),
            ("a: &x {k: 1}\nb:\n  <<: *x\n  <<: *x\n", "line 4: the key '<<' is there twice"),
            (
                "a: &x {k: 1}\nb:\n  k: 2\n  <<: *x\n",
                "line 4: '<<' comes after the key 'k', which it has too; put '<<' first"
            ),
            ("<<: a\n", "line 1: '<<' names something other than a mapping or a list of them"),
            ("a: *x\n", "line 1: no anchor before it is called 'x'"),
            ("a: &x [*x]\n", "line 1: no anchor before it is called 'x'"),
            ("a: b\0c\n", "line 1: it holds a NUL byte"), ("a: [1\n", "line 2: did not find expected ',' or ']'"),
            ("a: b: c\n", "line 1: mapping values are not allowed in this context"),
            (
                "# x\u{2028}a: 1\n",
                "line 1: it holds a character that some readers take for the end of a line, or for nothing"
            ),
            (
                "a: 1\nb\u{85}: 1\n",
                "line 2: it holds a character that some readers take for the end of a line, or for nothing"
            ),
            (
                "a: \u{FEFF}b\n",
                "line 1: it holds a character that some readers take for the end of a line, or for nothing"
            ),
            (String(repeating: "[", count: 65), "line 1: its values stand more than 64 deep within each other"),
            (
                "a: &x \(String(repeating: "[", count: 40))\(String(repeating: "]", count: 40))\n"
                    + "b: \(String(repeating: "[", count: 30))*x\(String(repeating: "]", count: 30))\n",
                "line 2: its values stand more than 64 deep within each other"
            ),
        ])
    func refused(_ text: String, _ reason: String) {
        #expect(Outcome.dump(text) == reason)
    }

    @Test("of 10 MB is refused before it is parsed")
    func long() {
        let bytes = Array("a: 1\n".utf8) + [UInt8](repeating: UInt8(ascii: "#"), count: 10_000_000)
        #expect(Outcome.dump(bytes) == "it is 10000005 bytes long, and a definition may have 1048576")
    }

    @Test("that is not UTF-8 is refused")
    func otherText() {
        #expect(Outcome.dump([0x61, 0x3A, 0x20, 0xFF]) == "it is not UTF-8")
        #expect(Outcome.dump([0xFF, 0xFE, 0x61, 0x01]) == "it is not UTF-8")
    }

    @Test("whose aliases stand for a billion values is refused")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(Outcome.dump(text) == "line 5: it stands for more than 100000 values, its aliases counted")
        let long = "a: &a \(String(repeating: "x", count: 500_000))\nb: [\(String(repeating: "*a, ", count: 20))]\n"
        #expect(Outcome.dump(long) == "line 2: it stands for more than 4194304 bytes of text, its aliases counted")
    }

    @Test("is one of several only where they are asked for")
    func several() throws {
        let documents = try YAMLReader.documents(Array("a: &x 1\n---\nb: 2\n".utf8), file: "f")
        #expect(documents.map(Outcome.text) == ["{a:1}", "{b:2}"])
        #expect(throws: PipelineError(file: "f", line: 3, reason: "no anchor before it is called 'x'")) {
            try YAMLReader.documents(Array("a: &x 1\n---\nb: *x\n".utf8), file: "f")
        }
    }

    @Test("says the line of each key and value")
    func lines() throws {
        let document = try YAMLReader.document(Array("a:\n  b: 1\n\nc: &x\n  - d\ne: *x\n".utf8), file: "f")
        #expect(document.pairs?.map(\.line) == [1, 4, 6])
        #expect(document["c"]?.items?.map(\.line) == [5])
        #expect(document["e"]?.line == 6)
    }

    @Test(
        "has booleans as its system reads them",
        arguments: [
            ("true", true, true), ("False", false, false), ("on", true, nil), ("no", false, nil), ("'true'", nil, nil),
            ("1", nil, nil), ("!!str true", nil, nil), ("", nil, nil),
        ] as [(String, Bool?, Bool?)])
    func booleans(_ text: String, _ words: Bool?, _ core: Bool?) throws {
        let node = try #require(try YAMLReader.document(Array("a: \(text)\n".utf8), file: "f")["a"])
        #expect(node.boolean(.words) == words)
        #expect(node.boolean(.core) == core)
    }
}

/// What reading a text comes to, as one line of text.
enum Outcome {
    static func dump(_ text: String) -> String { dump(Array(text.utf8)) }

    static func dump(_ bytes: [UInt8]) -> String {
        do throws(PipelineError) {
            return text(try YAMLReader.document(bytes, file: "f"))
        } catch {
            return (error.line.map { "line \($0): " } ?? "") + error.reason
        }
    }

    static func text(_ node: YAMLNode) -> String {
        let tag = node.tag ?? ""
        switch node.content {
        case .scalar(let text, let isPlain): return tag + (isPlain || node.tag != nil ? text : "\"\(text)\"")
        case .sequence(let items): return tag + "[\(items.map(text).joined(separator: ","))]"
        case .mapping(let pairs): return tag + "{\(pairs.map { "\($0.key):\(text($0.value))" }.joined(separator: ","))}"
        }
    }
}
