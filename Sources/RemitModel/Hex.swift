/// Lower-case hexadecimal, the only spelling that git and Remit use for object ids and digests.
///
/// Inlinable, so that each caller's collection has code of its own: the one for any collection looks its types up while
/// it runs, which costs a process more than all that it decodes.
package enum Hex {
    @inlinable
    package static func bytes(_ value: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(2 * value.underestimatedCount)
        for byte in value {
            text.append(digit(UInt64(byte >> 4)))
            text.append(digit(UInt64(byte)))
        }
        return text
    }

    /// The digit of the lowest four bits.
    @inlinable
    package static func digit(_ value: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value & 0xF)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    @inlinable
    package static func text(_ value: some Sequence<UInt8>) -> String {
        String(decoding: bytes(value), as: UTF8.self)
    }

    /// The value of one lower-case digit; `nil` for everything else, upper case included.
    @inlinable
    package static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Strict decoding: an even number of lower-case digits, nothing else.
    @inlinable
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 2)
        var high: UInt8?
        for digit in text {
            guard let value = value(digit) else { return nil }
            if let first = high {
                result.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return result
    }
}
