/// A JSON value as Remit writes them (RFC 8259), read strictly and within bounds.
///
/// Only whole numbers, no member twice, no lone surrogate, nothing after the value: two readers must not be able to
/// understand the same text differently.
package enum JSONValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    /// A number that is no whole one or prints otherwise than it is written, as it is written; only where it is asked for.
    case decimal(String)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The longest text that is read: 4 MiB, some thousands of findings.
    package static let maximumByteCount = 4 << 20
    /// How deep values may stand within each other.
    package static let maximumDepth = 16

    /// - Parameters:
    ///   - bytesAtMost: the bound for a text that can be longer than what a person passes on.
    ///   - decimals: whether a text that others write may hold numbers of every kind.
    package init(
        _ bytes: [UInt8], bytesAtMost: Int = maximumByteCount, decimals: Bool = false
    ) throws(JSONError) {
        guard bytes.count <= bytesAtMost else {
            throw JSONError(offset: bytesAtMost, fault: "is longer than \(bytesAtMost) bytes")
        }
        var reader = JSONReader(bytes, decimals: decimals)
        self = try reader.whole()
    }
}

/// Why a text is not JSON that Remit reads.
package struct JSONError: Error, Hashable, Sendable {
    /// In bytes, from 0.
    package let offset: Int
    package let fault: String

    package init(offset: Int, fault: String) {
        self.offset = offset
        self.fault = fault
    }
}
