/// RFC 4648 base64, strict: one spelling per value, no white space, no stray bits.
///
/// Foundation's decoder is not used because it would bring Foundation into the hook, and because it skips
/// unknown characters on request rather than refusing a second spelling of the same value.
package enum Base64 {
    @frozen
    package enum Padding: Sendable {
        case required
        case forbidden
    }

    @usableFromInline
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    @usableFromInline
    static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, digit) in alphabet.enumerated() { table[Int(digit)] = UInt8(value) }
        return table
    }()

    @inlinable
    package static func text(_ bytes: some Collection<UInt8>, padding: Padding) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                out.append(alphabet[Int(buffer >> bits & 0x3F)])
            }
        }
        if bits > 0 { out.append(alphabet[Int(buffer << (6 - bits) & 0x3F)]) }
        if padding == .required {
            while !out.count.isMultiple(of: 4) { out.append(UInt8(ascii: "=")) }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Decodes, or answers `nil` for anything but the canonical spelling.
    @inlinable
    package static func decode(_ text: some Collection<UInt8>, padding: Padding) -> [UInt8]? {
        var digits = Array(text)[...]
        if padding == .required {
            guard text.count.isMultiple(of: 4) else { return nil }
            var padded = 0
            while padded < 2, digits.last == UInt8(ascii: "=") {
                digits = digits.dropLast()
                padded += 1
            }
        }
        guard digits.count % 4 != 1 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value != 0xFF else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        // Bits left over must be zero, or two spellings would decode to the same bytes.
        guard buffer & ((1 << bits) - 1) == 0 else { return nil }
        return out
    }
}
