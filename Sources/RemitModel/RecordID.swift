/// The identity of a record: the SHA-256 of its exact bytes, written `sha256:` and 64 digits.
///
/// A signature's bytes are never an identity: the same record can carry many valid signatures.
package struct RecordID: Hashable, Sendable {
    package static let byteCount = 32
    package static let prefix = "sha256:"

    package let bytes: [UInt8]

    /// Exactly 32 bytes, or `nil`.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// 64 lower-case digits, with or without `sha256:` before them.
    package init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix(Self.prefix) ? text.dropFirst(Self.prefix.count) : text[...]
        guard digits.utf8.count == Self.byteCount * 2, let bytes = Hex.decode(Array(digits.utf8)) else { return nil }
        self.bytes = bytes
    }

    package var hex: String { Hex.text(bytes) }

    /// The first 12 digits, as Remit shows ids to people.
    package var abbreviated: String { String(hex.prefix(12)) }
}

extension RecordID: CustomStringConvertible {
    package var description: String { Self.prefix + hex }
}

extension RecordID: Comparable {
    package static func < (left: RecordID, right: RecordID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
