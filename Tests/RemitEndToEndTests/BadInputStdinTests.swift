import RemitModel
import RemitTestSupport
import Testing

/// Standard input that git would not write.
@Suite struct BadInputStdinTests {
    private static let zero = String(repeating: "0", count: 40)
    private static let one = String(repeating: "1", count: 40)

    @Test func `what the other rows break is allowed when nothing is broken`() throws {
        let scene = try BadInputScene()
        try scene.expect(0, entries: 1, [])
    }

    @Test(arguments: [
        ("refs/heads/main\n", 1, "not 'old new ref'"),
        ("\n\n", 1, "not 'old new ref'"),
        ("\(zero) \(one) refs/heads/a\n\n", 2, "not 'old new ref'"),
        ("\(zero) \(one)\n", 1, "not 'old new ref'"),
        ("\(zero) \(one) \n", 1, "no ref"),
        ("\(zero)  \(one) refs/heads/a\n", 1, "an id is not 40 lower-case hexadecimal digits"),
        ("\(zero) \(one.dropLast()) refs/heads/a\n", 1, "an id is not 40 lower-case hexadecimal digits"),
        ("\(zero) \(one.replacing("1", with: "A")) refs/heads/a\n", 1, "an id is not 40 lower-case hexadecimal digits"),
        ("\u{FEFF}\(zero) \(one) refs/heads/a\n", 1, "an id is not 40 lower-case hexadecimal digits"),
        ("\(zero) \(one) refs/heads/a", 1, "the last line has no line feed"),
        ("\(zero) \(one) refs/heads/a\0b\n", 1, "a NUL in the ref"),
        ("\(zero) \(zero) refs/heads/a\n", 1, "from nothing to nothing"),
        ("\(zero) \(one) refs/heads/a\n\(zero) \(one) refs/heads/a\n", 2, "a ref is given twice"),
        (
            "\(zero) \(one) refs/heads/\(String(repeating: "a", count: 4096))\n", 1,
            "a ref of 4107 bytes, at most 4096"
        ),
        (
            "\(zero)\(zero.prefix(24)) \(one)\(one.prefix(24)) refs/heads/a\n", 1,
            "an id of 64 digits: this repository is of the SHA-256 format, which is not supported"
        ),
    ])
    func `a malformed line is named`(_ input: String, line: Int, reason: String) throws {
        let scene = try BadInputScene()
        scene.input = Array(input.utf8)
        try scene.expectUndecided(
            .undecidedInput, "the input of the hook could not be understood: standard input line \(line): \(reason)")
    }

    @Test func `a hundred megabytes are not read to their end`() throws {
        let scene = try BadInputScene()
        scene.input = [UInt8](repeating: UInt8(ascii: "a"), count: 100 << 20)
        try scene.expectUndecided(
            .undecidedInput,
            "the input of the hook could not be understood: standard input line 1: more than 16777216 bytes")
    }

    @Test func `an endless input ends`() throws {
        let scene = try BadInputScene()
        scene.redirection = "</dev/zero"
        try scene.expectUndecided(
            .undecidedInput,
            "the input of the hook could not be understood: standard input line 1: more than 16777216 bytes")
    }

    @Test(arguments: [("<&-", "error 9"), ("</", "error 21")])
    func `a standard input that cannot be read is undecided`(_ redirection: String, error: String) throws {
        let scene = try BadInputScene()
        scene.redirection = redirection
        try scene.expectUndecided(
            .undecidedInput, "the input of the hook could not be understood: standard input cannot be read: \(error)")
    }

    @Test(arguments: [
        ("a\u{1B}[2Jb", #"a\x1b[2Jb"#), ("a\rb", #"a\x0db"#), ("a\u{7F}", #"a\x7f"#), ("a\tb", #"a\x09b"#),
        ("\u{202E}\u{1}", #"\u{202e}\x01"#),
    ])
    func `control bytes in a ref name are refused and never reach the terminal`(_ name: String, shown: String) throws {
        let scene = try BadInputScene()
        let main = try scene.server.repository.resolve("refs/heads/main")
        scene.input = BadInputScene.line(to: main, on: "refs/heads/\(name)")
        try scene.expect(
            1, entries: 1,
            [
                "remit: refused: nothing of this push was accepted",
                "remit: error: ref 'refs/heads/\(shown)' has a name that is not accepted: a control byte",
                "remit:   rule     ref.name",
                "remit:   ref      refs/heads/\(shown)",
                "remit: hint: push under another name with 'git push origin HEAD:refs/heads/<name>'",
                "remit: decision 1 recorded",
            ])
    }
}
