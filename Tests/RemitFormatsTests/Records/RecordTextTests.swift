import RemitFormats
import RemitModel
import Testing

/// What is refused before anything is parsed, whatever the record.
@Suite struct RecordTextTests {
    static func refusal(_ bytes: [UInt8]) -> String? { RecordKind.agent.refusal(of: bytes) }
    static func refusal(_ text: String) -> String? { refusal(Array(text.utf8)) }

    @Test(arguments: RecordKind.allCases)
    func `the sample is good`(kind: RecordKind) {
        #expect(kind.refusal(of: Array(kind.sample.utf8)) == nil)
    }

    @Test func `an empty or too long file`() {
        #expect(Self.refusal("") == "'x.toml': is empty")
        let padding = RecordText.maximumByteCount - RecordSamples.agent.utf8.count
        let full = RecordSamples.agent + "#" + String(repeating: "x", count: padding - 2) + "\n"
        #expect(full.utf8.count == 65_536)
        #expect(Self.refusal(full) == nil)
        #expect(Self.refusal(full + "\n") == "'x.toml': is 65537 bytes long, more than 65536")
    }

    @Test(arguments: [
        ("\u{FEFF}a = 1\n", "'x.toml' line 1: begins with a byte order mark; save it as UTF-8 without one"),
        ("a = 1\r\nb = 2\r\n", "'x.toml' line 1: has a carriage return; save it with LF line ends"),
        ("a = 1\nb\t= 2\n", "'x.toml' line 2: has the control character 0x09"),
        ("a = 1\n\nb = \"\u{0}\"\n", "'x.toml' line 3: has the control character 0x00"),
        ("a = \"\u{7F}\"\n", "'x.toml' line 1: has the control character 0x7f"),
        ("a = 1\nb = \"\\u0000\"\n", "'x.toml' line 2: has a Unicode escape; write the character itself"),
        ("b = \"\\U00000041\"\n", "'x.toml' line 1: has a Unicode escape; write the character itself"),
        ("b = \"\\x41\"\n", "'x.toml' line 1: has a Unicode escape; write the character itself"),
        ("a = 1\nb = 2", "'x.toml' line 2: does not end in a line feed"),
        ("a = 1\nb = \"\"\"x\"\"\"\n", "'x.toml' line 2: has a multi-line string; write it on one line"),
        (
            "a = 1\nb = 2026-11-20T\n",
            "'x.toml' line 2: has a value that is no string, number, date, list, true or false"
        ),
        ("a = 1\n [ [=]\n", "'x.toml' line 2: has a table header without a plain name"),
        ("[[[a]]]\n", "'x.toml' line 1: has a table header without a plain name"),
        ("[\n", "'x.toml' line 1: has a table header without a plain name"),
        ("[a\n", "'x.toml' line 1: has a table header without its end"),
        ("[[a] ]\n", "'x.toml' line 1: has a table header without its end"),
        ("[a] b = 1\n", "'x.toml' line 1: has something behind the end of a value"),
        ("a = [\n}\n", "'x.toml' line 2: has no plain value where one is needed"),
        ("a = [1, # c\n}]\n", "'x.toml' line 2: has no plain value where one is needed"),
        ("a = [[[1]]]\n", "'x.toml' line 1: nests tables or lists too deeply"),
        ("a = [1\n\n2]\n", "'x.toml' line 3: has a list whose elements no comma divides"),
        (
            "a = 4052-11-[[ 2 0T09:00:00Z\n",
            "'x.toml' line 1: has a value that is no string, number, date, list, true or false"
        ),
        ("a = [\"Sources/ \"delegation/v1\"\n", "'x.toml' line 1: has a list whose elements no comma divides"),
        ("a =\nb = 1\n", "'x.toml' line 1: has no plain value where one is needed"),
        ("a = \"b\nc\"\n", "'x.toml' line 1: has a string without its end"),
        ("a = \"b\\\n\"\n", "'x.toml' line 1: has a string without its end"),
        ("a = 1 2\n", "'x.toml' line 1: has something behind the end of a value"),
        ("a = { b = 1 }\n", "'x.toml' line 1: has a table in one line; write it under a header of its own"),
        ("\"a\" = 1\n", "'x.toml' line 1: has no plain key at the beginning of a line"),
        ("a = [\u{A0}}]\n", "'x.toml' line 1: has a character beyond ASCII outside a string"),
        ("b = 2026-11-20tx\n", "'x.toml' line 1: has a value that is no string, number, date, list, true or false"),
        ("a = 1\nb.c.d.e.f.g.h.i.j.k = 1\n", "'x.toml' line 2: has a key without a plain '=' behind it"),
        ("[a.\"b.c\".'d'.e.f.g.h.i.j.k]\n", "'x.toml' line 1: has a table header without its end"),
        ("a = '''\nx'''\n", "'x.toml' line 1: has a multi-line string; write it on one line"),
    ])
    func `bytes that a record must not have`(text: String, statement: String) {
        #expect(Self.refusal(text) == statement)
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]] as [[UInt8]])
    func `what is not UTF-8`(bytes: [UInt8]) {
        #expect(Self.refusal(Array("a = \"".utf8) + bytes + Array("\"\n".utf8)) == "'x.toml': is not UTF-8")
    }

    /// With a string over two lines, the reader of spellings would see another end than TOML does.
    @Test func `a date inside a string is not the date of the key`() {
        let hidden = "\"\"\"Retry \\\nexpires_at = 2030-01-01T00:00:00Z \\\n\"\"\""
        #expect(
            RecordKind.delegation.refusal(replacing: "\"Retry the settlement job with backoff\"", with: hidden)
                == "'x.toml' line 6: has a multi-line string; write it on one line")
    }

    @Test func `dots in strings and comments are no depth`() {
        let dots = String(repeating: ".x", count: 40)
        #expect(RecordKind.agent.refusal(replacing: "\"Anthropic\"", with: "\"a\\\"\(dots)\" # \(dots)") == nil)
        #expect(RecordKind.agent.refusal(replacing: "\"Anthropic\"", with: "'\\\(dots)'") == nil)
    }
}
