import RemitFormats
import RemitModel
import Testing

private let a = String(repeating: "a", count: 40)
private let long = String(repeating: "b", count: 64)
private let zero = String(repeating: "0", count: 40)

private func lines(_ text: String) throws(HookInputError) -> [ReferenceTransactionInput.Line] {
    try ReferenceTransactionInput(parsing: Array(text.utf8)).lines
}

@Suite struct ReferenceTransactionInputTests {
    @Test func `reads ids of both lengths, nothing, and symbolic values`() throws {
        let zeros = String(repeating: "0", count: 64)
        let text =
            "\(zero) \(a) refs/heads/main\n\(long) \(zeros) refs/x\nref:refs/heads/a ref:b HEAD\n\(zero) \(zero) x\n"
        #expect(
            try lines(text) == [
                .init(ref: "refs/heads/main", old: .none, new: .object(ByteString(a))),
                .init(ref: "refs/x", old: .object(ByteString(long)), new: .none),
                .init(ref: "HEAD", old: .symbolic("refs/heads/a"), new: .symbolic("b")),
                .init(ref: "x", old: .none, new: .none),
            ])
        #expect(try lines("").isEmpty)
    }

    @Test func `an id is one that a decision can speak of, or none`() {
        #expect(RefValue.object(ByteString(a)).id == ObjectID(hex: a))
        #expect(RefValue.object(ByteString(long)).id == nil)
        #expect(RefValue.none.id == nil)
        #expect(RefValue.symbolic("refs/heads/a").id == nil)
    }

    @Test func `a ref is bytes`() throws {
        let ref: [UInt8] = Array("refs/heads/a b ".utf8) + [0xFF, 0xC0]
        let input = try ReferenceTransactionInput(parsing: Array("\(zero) \(a) ".utf8) + ref + [0x0A])
        #expect(input.lines.map(\.ref) == [ByteString(ref)])
    }

    @Test(
        arguments: [
            ("\n", .malformedLine, 1, "not 'old new ref'"),
            ("\(zero) \(a)\n", .malformedLine, 1, "not 'old new ref'"),
            ("\(zero) \(a) \n", .malformedLine, 1, "not 'old new ref'"),
            ("\(zero) \(a) x\n\(a) \(a) x", .unterminated, 2, "the last line has no line feed"),
            ("\(zero) \(a) x\0\n", .malformedLine, 1, "a NUL"),
            (
                "\(zero) \(a.uppercased()) x\n", .malformedLine, 1,
                "a value is neither lower-case hexadecimal digits nor 'ref:' and a name"
            ),
            (
                "\(zero) ref: x\n", .malformedLine, 1,
                "a value is neither lower-case hexadecimal digits nor 'ref:' and a name"
            ),
            (
                "\(zero) \(a)0 x\n", .malformedLine, 1,
                "a value is neither lower-case hexadecimal digits nor 'ref:' and a name"
            ),
            (
                "\(zero) \(a) \(String(repeating: "x", count: 4097))\n", .refTooLong, 1,
                "a ref of 4097 bytes, at most 4096"
            ),
        ] as [(String, HookInputError.Code, Int, String)])
    func `refuses what git does not write`(text: String, code: HookInputError.Code, line: Int, reason: String) {
        #expect(throws: HookInputError(code, line: line, reason)) { _ = try lines(text) }
    }
}
