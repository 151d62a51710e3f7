package import RemitModel

/// A JSON value whose text is the same every time: members stand in the order given, no white space, ASCII only.
package enum JSONText: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    /// A string of the id's 40 digits.
    case objectID(ObjectID)
    /// Bytes that nobody promised to be UTF-8: a string if they are, otherwise `{"base64":"…"}` with padding.
    case bytes(ByteString)
    case array([JSONText])
    /// An array of so many elements, each made when it is written: one for every commit of a push would be more memory
    /// than the commits.
    case elements(Int, @Sendable (Int) -> JSONText)
    case object([(name: String, value: JSONText)])

    package var encoded: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    /// The same, which is ASCII, as a string.
    package var text: String { String(decoding: encoded, as: UTF8.self) }

    /// Appends the text of the value.
    package func write(to out: inout [UInt8]) {
        switch self {
        case .null:
            out += "null".utf8
        case .boolean(let value):
            out += (value ? "true" : "false").utf8
        case .integer(let value):
            out += String(value).utf8
        case .string(let value):
            Self.write(value, to: &out)
        case .objectID(let id):
            out.append(UInt8(ascii: "\""))
            id.appendHex(to: &out)
            out.append(UInt8(ascii: "\""))
        case .bytes(let value) where value.bytes.allSatisfy { $0 < 0x80 }:
            out.append(UInt8(ascii: "\""))
            Self.writeASCII(value.bytes, to: &out)
            out.append(UInt8(ascii: "\""))
        case .bytes(let value):
            if let text = String(validating: value.bytes, as: UTF8.self) {
                Self.write(text, to: &out)
            } else {
                let text = Base64.text(value.bytes, padding: .required)
                JSONText.object([("base64", .string(text))]).write(to: &out)
            }
        case .array(let elements):
            Self.write(elements.count, { elements[$0] }, to: &out)
        case .elements(let count, let element):
            Self.write(count, element, to: &out)
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

    /// An array of so many elements.
    private static func write(_ count: Int, _ element: (Int) -> JSONText, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for index in 0..<count {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            element(index).write(to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    /// A string by RFC 8259, section 7.
    ///
    /// Beyond what that demands, everything outside printable ASCII is escaped, so that the text is
    /// harmless on a terminal too; `##` is broken because Azure Pipelines obeys `##vso[` anywhere in a line of a log.
    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        // Nearly all of what is written: ids, names, words. Copied whole.
        if isPlain(text.utf8.span) {
            out += text.utf8
        } else if text.utf8.allSatisfy({ $0 < 0x80 }) {
            writeASCII(Array(text.utf8), to: &out)
        } else {
            writeUnits(of: text, to: &out)
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func writeUnits(of text: String, to out: inout [UInt8]) {
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
    }

    /// The same for a text that is ASCII, such as a commit's message: what lies between two escapes is copied whole.
    private static func writeASCII(_ text: [UInt8], to out: inout [UInt8]) {
        var (start, previous): (Int, UInt8) = (0, 0)
        for (index, byte) in text.enumerated() {
            if !standsAsItIs(byte, behind: previous) {
                out += text[start..<index]
                start = index + 1
                if byte == 0x22 || byte == 0x5C {
                    out.append(UInt8(ascii: "\\"))
                    out.append(byte)
                } else {
                    escape(UInt16(byte), to: &out)
                }
            }
            previous = byte
        }
        out += text[start...]
    }

    /// Whether a text stands in JSON as it is.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for index in text.indices {
            guard standsAsItIs(text[index], behind: previous) else { return false }
            previous = text[index]
        }
        return true
    }

    private static func standsAsItIs(_ byte: UInt8, behind previous: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x5C: false
        case 0x23: previous != 0x23
        default: (0x20..<0x7F).contains(byte)
        }
    }

    private static func escape(_ unit: UInt16, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        out.append(UInt8(ascii: "u"))
        for shift in stride(from: 12, through: 0, by: -4) { out.append(Hex.digit(UInt64(unit) >> shift)) }
    }
}
