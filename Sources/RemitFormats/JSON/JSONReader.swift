/// Reads one JSON text from its first byte to its last.
struct JSONReader {
    private let bytes: [UInt8]
    /// Whether numbers of every kind are read.
    private let decimals: Bool
    private var offset = 0
    private var depth = 0

    init(_ bytes: [UInt8], decimals: Bool) {
        self.bytes = bytes
        self.decimals = decimals
    }

    mutating func whole() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard offset == bytes.count else { throw fault("has more after its value") }
        return value
    }

    private func fault(_ text: String) -> JSONError { JSONError(offset: offset, fault: text) }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in .object(try reader.members()) }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in .list(try reader.elements()) }
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("ends before its value")
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONReader) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        depth += 1
        guard depth <= JSONValue.maximumDepth else { throw fault("is nested too deeply") }
        offset += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func members() throws(JSONError) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return result }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("lacks the name of a member") }
            let name = try text()
            guard take(UInt8(ascii: ":")) else { throw fault("lacks ':' after the name of a member") }
            let value = try value()
            guard result.updateValue(value, forKey: name) == nil else { throw fault("has a member twice") }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("lacks ',' or '}' after a member") }
        return result
    }

    private mutating func elements() throws(JSONError) -> [JSONValue] {
        var result: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return result }
        repeat { result.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("lacks ',' or ']' after an element") }
        return result
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw fault("holds a word that is not JSON") }
        offset += word.utf8.count
        return value
    }

    /// A whole number that prints back to itself: no fraction, no exponent, no `-0`, no leading zero.
    private mutating func number() throws(JSONError) -> JSONValue {
        let end = bytes[offset...].firstIndex { !Self.isNumeric($0) } ?? bytes.count
        let spelling = String(decoding: bytes[offset..<end], as: UTF8.self)
        guard let number = Int(spelling), String(number) == spelling else {
            guard decimals, Self.isDecimal(bytes[offset..<end]) else {
                throw fault("holds something other than a string, a \(decimals ? "" : "whole ")number or a word")
            }
            offset = end
            return .decimal(spelling)
        }
        offset = end
        return .number(number)
    }

    /// RFC 8259, section 6: `[-] int [frac] [exp]`.
    private static func isDecimal(_ spelling: ArraySlice<UInt8>) -> Bool {
        var rest = spelling
        func digits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func text() throws(JSONError) -> String {
        offset += 1
        var units: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let text = String(validating: units, as: UTF8.self) else { throw fault("is not UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &units)
            case ..<0x20: throw fault("has a control character in a string")
            default:
                units.append(byte)
                offset += 1
            }
        }
        throw fault("ends inside a string")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    private mutating func escape(into units: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw fault("ends inside a string") }
        offset += 1
        if let plain = Self.escapes[byte] {
            units.append(plain)
            return
        }
        guard byte == UInt8(ascii: "u") else { throw fault("has an escape that JSON does not know") }
        var code = try unit()
        if (0xD800..<0xDC00).contains(code) {
            guard bytes[offset...].starts(with: "\\u".utf8) else { throw fault("has half a surrogate pair") }
            offset += 2
            let low = try unit()
            guard (0xDC00..<0xE000).contains(low) else { throw fault("has half a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("has half a surrogate pair") }
        units += Array(String(Character(scalar)).utf8)
    }

    private mutating func unit() throws(JSONError) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw fault("ends inside an escape") }
        let digits = bytes[offset..<(offset + 4)]
        var code: UInt32 = 0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else {
                throw fault("has an escape without four hexadecimal digits")
            }
            code = code << 4 | UInt32(value)
        }
        offset += 4
        return code
    }
}
