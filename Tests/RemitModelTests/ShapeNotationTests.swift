import RemitModel
import Testing

@Suite struct ShapeNotationTests {
    @Test(arguments: [
        "devin/{digit:10}-{rest}", "{alphanumeric:6}-codex/", "cursor/{some}-{hex:4}", "{some}-{digit:18-20}",
        "{name-byte:1-100}/crew{word-end}", "t-{hex-or-dash:36}", "https://h/{not-slash:1-100}/x", "plain", "🤖 x",
    ])
    func `a shape that is read prints back to itself`(_ text: String) throws {
        let (match, value) = try Pattern(shape: text).notation
        #expect(match == .shape)
        #expect(value == text)
    }

    @Test func `a shape says what its notation says`() throws {
        #expect(
            try Pattern(shape: "cursor/{some}-{hex:4}")
                == .shape([.text("cursor/")], .tail([.text("-"), .run(.hex, 4...4)])))
        #expect(try Pattern(shape: "a{digit:1-3}") == .shape([.text("a"), .run(.digit, 1...3)], .nothing))
        #expect(try Pattern(shape: "a{rest}") == .shape([.text("a")]))
    }

    static let faults: [(text: String, fault: Pattern.ShapeFault)] = [
        ("a{", .braces), ("a}", .braces), ("a{{digit:1}", .run), ("{}", .run), ("{digit}", .run),
        ("{digit:0}", .run), ("{digit:3-2}", .run), ("{digit:2-2}", .run), ("{digit:01}", .run),
        ("{digit:251}", .run), ("{digit:1-2-3}", .run), ("{DIGIT:1}", .run), ("{digit:+1}", .run),
        ("a{rest}b", .place), ("{some}{some}a", .place), ("a{some}b{rest}", .place), ("a{some}", .some),
        (String(repeating: "a{digit:1}", count: 17), .long),
    ]

    @Test(arguments: faults)
    func `what is no shape is refused`(text: String, fault: Pattern.ShapeFault) {
        #expect(throws: fault) { try Pattern(shape: text) }
    }

    @Test func `the fewest bytes of a pattern are counted`() throws {
        #expect(try Pattern(shape: "ab{digit:3-9}{some}-").leastByteCount == 7)
        #expect(Pattern.contains("abc").leastByteCount == 3)
        #expect(Pattern.anything.leastByteCount == 1)
    }
}
