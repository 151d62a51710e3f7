package import RemitModel

/// What git writes to the standard input of `reference-transaction`: one line for each ref that a transaction touches.
///
/// It is looser than that of `pre-receive`: an old value of zeros says that nobody named one, both values can be zeros,
/// a symbolic ref has `ref:` and a name in a value's place (git 2.46), ids can be of 64 digits, and not only refs below
/// `refs/` are named.
package struct ReferenceTransactionInput: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let ref: ByteString
        package let old: RefValue
        package let new: RefValue

        package init(ref: ByteString, old: RefValue, new: RefValue) {
            self.ref = ref
            self.old = old
            self.new = new
        }
    }

    /// In the order in which git gave them.
    package let lines: [Line]

    /// Parses the whole input, of which nothing may be missing; as large as that of `pre-receive`.
    package init(parsing bytes: [UInt8]) throws(HookInputError) {
        guard bytes.count <= HookInput.maximumByteCount else {
            throw HookInputError(.tooLarge, line: 1, "more than \(HookInput.maximumByteCount) bytes")
        }
        var lines: [Line] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let number = lines.count + 1
            guard number <= HookInput.maximumUpdateCount else {
                throw HookInputError(
                    .tooManyUpdates, line: number, "more than \(HookInput.maximumUpdateCount) updates")
            }
            guard let end = rest.firstIndex(of: HookInputLine.lineFeed) else {
                throw HookInputError(.unterminated, line: number, "the last line has no line feed")
            }
            lines.append(try Self.line(rest[..<end], number))
            rest = rest[(end + 1)...]
        }
        self.lines = lines
    }

    private static func line(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(HookInputError) -> Line {
        let fields = bytes.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, !fields[2].isEmpty else {
            throw HookInputError(.malformedLine, line: number, "not 'old new ref'")
        }
        for field in fields where field.count > HookInput.maximumRefByteCount {
            throw HookInputError(
                .refTooLong, line: number, "a ref of \(field.count) bytes, at most \(HookInput.maximumRefByteCount)")
        }
        guard !bytes.contains(0) else { throw HookInputError(.malformedLine, line: number, "a NUL") }
        guard let old = RefValue(fields[0]), let new = RefValue(fields[1]) else {
            throw HookInputError(
                .malformedLine, line: number, "a value is neither lower-case hexadecimal digits nor 'ref:' and a name")
        }
        return Line(ref: ByteString(fields[2]), old: old, new: new)
    }
}

extension RefValue {
    private static let symbolicPrefix = Array("ref:".utf8)
    /// SHA-1 and SHA-256.
    private static let hexCounts = [40, 64]

    /// A value as git writes it; `nil` where it is none.
    package init?(_ field: ArraySlice<UInt8>) {
        if field.starts(with: Self.symbolicPrefix) {
            let target = field.dropFirst(Self.symbolicPrefix.count)
            guard !target.isEmpty else { return nil }
            self = .symbolic(ByteString(target))
            return
        }
        guard Self.hexCounts.contains(field.count), field.allSatisfy({ Hex.value($0) != nil }) else { return nil }
        self = field.allSatisfy { $0 == UInt8(ascii: "0") } ? .none : .object(ByteString(field))
    }
}
