import RemitModel
import RemitReport
import Testing

@Suite struct EscapingTests {
    @Test(arguments: [
        ("Sources/a.swift", "Sources/a.swift"), ("naïve/日本.md", "naïve/日本.md"), ("a\u{1b}[31mb", #"a\x1b[31mb"#),
        ("a\nb\rc\td\u{0}", #"a\x0ab\x0dc\x09d\x00"#), ("a\u{7f}", #"a\x7f"#), ("a\u{9b}m", #"a\u{9b}m"#),
        ("a\u{202e}b", #"a\u{202e}b"#), ("a\u{2066}b\u{2069}", #"a\u{2066}b\u{2069}"#),
        ("a\u{200b}\u{200d}\u{feff}b", #"a\u{200b}\u{200d}\u{feff}b"#), ("a\u{a0}b", #"a\u{a0}b"#),
        ("a\u{2028}b", #"a\u{2028}b"#), ("a\u{e000}", #"a\u{e000}"#), ("\u{3164}", #"\u{3164}"#),
        ("\u{2800}", #"\u{2800}"#), ("\u{301}a", #"\u{301}a"#), ("a\u{fe0f}", #"a\u{fe0f}"#),
        ("e\u{301}", "e\u{301}"), (#"a\b"#, #"a\b"#), (#"a\x1b"#, #"a\\x1b"#), (#"a\u{9b}"#, #"a\\u{9b}"#),
        (#"a\\b"#, #"a\\\\b"#), ("a\\b\n", #"a\\b\x0a"#), ("##vso[task]", #"#\x23vso[task]"#),
        ("##teamcity[x]", #"#\x23teamcity[x]"#), ("C#/#1", "C#/#1"), ("it's", "it's"),
    ])
    func `shows text`(raw: String, shown: String) {
        #expect(Array(Escaping.text(Array(raw.utf8), limit: 200).unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], #"a\xffb"#), ([0xC0, 0xAF], #"\xc0\xaf"#), ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
            ([0xE2, 0x82], #"\xe2\x82"#), ([0xF5, 0x80, 0x80, 0x80], #"\xf5\x80\x80\x80"#),
        ] as [([UInt8], String)])
    func `shows bytes that are not UTF-8`(raw: [UInt8], shown: String) {
        #expect(Escaping.text(raw, limit: 200) == shown)
    }

    @Test func `a quote cannot end the quotes`() {
        let text: SafeText = "\(quoted: "it's" as ByteString) \(word: "a b") \(word: "") \(word: "a")"
        #expect(text.text == #"'it\x27s' 'a b' '' a"#)
    }

    @Test func `marks cannot pile up`() {
        let text = Escaping.text(Array(("a" + String(repeating: "\u{301}", count: 50)).utf8), limit: 4000)
        #expect(text.unicodeScalars.filter { $0.value == 0x301 }.count <= 25 && text.hasSuffix(#"\u{301}"#))
    }

    @Test(arguments: 3...24)
    func `cuts between characters and never longer than asked`(limit: Int) {
        for raw in ["abcdefghijklmnopqrstuvwxyz", "日本語日本語日本語日本語", "a\u{1b}b\u{1b}c\u{1b}d\u{1b}e\u{1b}f\u{1b}"] {
            let text = Escaping.text(Array(raw.utf8), limit: limit)
            #expect(text.utf8.count <= limit && text.hasSuffix("…"))
            #expect(!text.unicodeScalars.contains { $0.value == 0xFFFD })
        }
    }

    @Test func `has one reading`() {
        let seed: UInt64 = 0x5EED
        var state = seed
        let alphabet: [UInt8] = Array("\\xu{}1b'#a".utf8) + [0x1B, 0xFF, 0xE2, 0x80, 0xAE]
        var readings: [String: [UInt8]] = [:]
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            let text = Escaping.text(bytes, limit: 200)
            let other = readings.updateValue(bytes, forKey: text)
            #expect(other == nil || other == bytes, "seed \(seed): \(text)")
        }
    }
}
