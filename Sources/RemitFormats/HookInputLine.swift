import RemitModel

/// One line of a hook's input without its line feed: `old SP new SP ref`.
struct HookInputLine {
    static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let sha256HexCount = 64

    let number: Int
    let bytes: ArraySlice<UInt8>

    func update() throws(HookInputError) -> RefUpdate {
        // Two cuts only: what follows the second space is the name, which a rule judges and this parser does not.
        let fields = bytes.split(separator: Self.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { throw malformed("not 'old new ref'") }
        let old = try id(fields[0])
        let new = try id(fields[1])
        let ref = fields[2]
        guard !ref.isEmpty else { throw malformed("no ref") }
        guard ref.count <= HookInput.maximumRefByteCount else {
            throw HookInputError(
                .refTooLong, line: number, "a ref of \(ref.count) bytes, at most \(HookInput.maximumRefByteCount)")
        }
        guard !ref.contains(0) else { throw malformed("a NUL in the ref") }
        guard !(old.isZero && new.isZero) else {
            throw HookInputError(.bothZero, line: number, "from nothing to nothing")
        }
        return RefUpdate(ref: ByteString(ref), old: old, new: new)
    }

    private func id(_ field: ArraySlice<UInt8>) throws(HookInputError) -> ObjectID {
        if let id = ObjectID(hex: field) { return id }
        if field.count == Self.sha256HexCount, field.allSatisfy({ Hex.value($0) != nil }) {
            throw HookInputError(
                .sha256Repository, line: number,
                "an id of 64 digits: this repository is of the SHA-256 format, which is not supported")
        }
        throw malformed("an id is not 40 lower-case hexadecimal digits")
    }

    private func malformed(_ reason: String) -> HookInputError {
        HookInputError(.malformedLine, line: number, reason)
    }
}
