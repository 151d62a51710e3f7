extension Base64 {
    /// Base64url without padding (RFC 7515, section 2): one spelling per value, as for `decode`.
    package static func decodeURL(_ text: some Collection<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count)
        for digit in text {
            switch digit {
            case UInt8(ascii: "-"): digits.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): digits.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"): return nil
            default: digits.append(digit)
            }
        }
        return decode(digits, padding: .forbidden)
    }

    package static func textURL(_ bytes: some Collection<UInt8>) -> String {
        let digits = text(bytes, padding: .forbidden).utf8.map { digit in
            switch digit {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: digit
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
