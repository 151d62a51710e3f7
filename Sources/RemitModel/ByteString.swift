/// Bytes that git, a pusher or a record gave us: a path, a ref name, an identity.
///
/// Nothing promises that they are UTF-8, so they are compared as bytes and turned into text only by `RemitReport`,
/// which escapes them.
package struct ByteString: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Shares the array's storage.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Copies a part; most names and paths come so, and are spared the way through a generic sequence.
    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }

    package init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    package init(_ text: some StringProtocol) {
        self.bytes = Array(text.utf8)
    }

    package var isEmpty: Bool { bytes.isEmpty }
    package var count: Int { bytes.count }

    package func starts(with prefix: String) -> Bool {
        bytes.starts(with: prefix.utf8)
    }
}

extension ByteString: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension ByteString: Comparable {
    package static func < (left: ByteString, right: ByteString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension ByteString: CustomDebugStringConvertible {
    /// For test output only: printable ASCII as it is, everything else as `\xNN`.
    package var debugDescription: String {
        bytes.map { byte in
            (0x20..<0x7F).contains(byte) && byte != 0x5C
                ? String(UnicodeScalar(byte)) : "\\x" + Hex.text([byte])
        }.joined()
    }
}
