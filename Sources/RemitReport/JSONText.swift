package import RemitModel

/// A JSON value whose text is the same every time: members stand in the order given, no white space, ASCII only.
package enum JSONText: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    /// Bytes that nobody promised to be UTF-8: a string if they are, otherwise `{"base64":"…"}` with padding.
    case bytes(ByteString)
    case array([JSONText])
    case object([(name: String, value: JSONText)])

    package var encoded: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    /// The same, which is ASCII, as a string.
    package var text: String { String(decoding: encoded, as: UTF8.self) }

    private func write(to out: inout [UInt8]) {
        switch self {
        case .null:
            out += "null".utf8
        case .boolean(let value):
            out += (value ? "true" : "false").utf8
        case .integer(let value):
            out += String(value).utf8
        case .string(let value):
            Self.write(value, to: &out)
        case .bytes(let value):
            if let text = String(validating: value.bytes, as: UTF8.self) {
                Self.write(text, to: &out)
            } else {
                let text = Base64.text(value.bytes, padding: .required)
                JSONText.object([("base64", .string(text))]).write(to: &out)
            }
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// A string by RFC 8259, section 7.
    ///
    /// Beyond what that demands, everything outside printable ASCII is escaped, so that the text is
    /// harmless on a terminal too; `##` is broken because Azure Pipelines obeys `##vso[` anywhere in a line of a log.
    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var previous: UInt16 = 0
        for unit in text.utf16 {
            switch unit {
            case 0x22, 0x5C:
                out.append(UInt8(ascii: "\\"))
                out.append(UInt8(truncatingIfNeeded: unit))
            case 0x23 where previous == 0x23:
                escape(unit, to: &out)
            case 0x20..<0x7F:
                out.append(UInt8(truncatingIfNeeded: unit))
            default:
                escape(unit, to: &out)
            }
            previous = unit
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt16, to out: inout [UInt8]) {
        out += "\\u".utf8
        out += Hex.bytes([UInt8(unit >> 8), UInt8(unit & 0xFF)])
    }
}
