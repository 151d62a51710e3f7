import RemitModel

extension SSHPublicKey {
    /// The longest line accepted: the longest blob in base64, and a comment.
    package static let maximumLineByteCount = 8192

    /// Reads a line of a `.pub` file: `type base64 [comment]`, with or without its line feed.
    package init(line: some StringProtocol) throws(SSHFormatError) {
        var bytes = Array(line.utf8)[...]
        guard bytes.count <= Self.maximumLineByteCount else { throw .keyTooLong }
        if bytes.last == UInt8(ascii: "\n") { bytes = bytes.dropLast() }
        try self.init(line: bytes)
    }

    /// Reads `type base64 [comment]` without a line feed.
    ///
    /// The comment means nothing and is not kept.
    init(line: ArraySlice<UInt8>) throws(SSHFormatError) {
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else { throw .keyLine }
        let fields = line.split(maxSplits: 2, whereSeparator: Self.isBlank)
        guard let first = line.first, !Self.isBlank(first), fields.count >= 2 else { throw .keyLine }
        let named = try SSHKeyType(name: fields[0])
        guard let blob = Base64.decode(fields[1], padding: .required) else { throw .base64 }
        try self.init(blob: blob)
        guard named == type else { throw .keyTypeMismatch }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// The key as records name it: its type and its base64, without a comment.
    package var line: String {
        type.rawValue + " " + Base64.text(blob, padding: .required)
    }
}

extension SSHPublicKey: CustomStringConvertible {
    package var description: String { line }
}
