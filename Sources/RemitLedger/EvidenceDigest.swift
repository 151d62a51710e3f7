import Crypto
import RemitModel

/// The SHA-256 of evidence: of an entry's exact bytes, or of an input stored beside the entries.
package struct EvidenceDigest: Hashable, Sendable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// Exactly 32 bytes, or `nil`.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// `sha256:` and 64 lower-case hexadecimal digits, or `nil`.
    package init?(text: String) {
        guard let id = RecordID(text), text.hasPrefix(RecordID.prefix) else { return nil }
        bytes = id.bytes
    }

    package init(of evidence: [UInt8]) {
        var function = SHA256()
        // By its buffer, because the other way goes through Foundation's protocol for data.
        unsafe evidence.withUnsafeBytes { buffer in
            unsafe function.update(bufferPointer: buffer)
        }
        bytes = Array(function.finalize())
    }

    package var hex: String { Hex.text(bytes) }
}

extension EvidenceDigest: CustomStringConvertible {
    package var description: String { RecordID.prefix + hex }
}
