/// The plain part of TOML that records are written in, checked before the TOML library sees a byte.
///
/// A comment, a table header of one bare key (of two, `[[repository.ref]]`, for a list of tables within one of a list), or a
/// bare key and its value, on each line; a list may go over several. A
/// value is a string on one line, a number, `true`, `false`, a date or a list. What is left out buys nothing in a record,
/// and the library does not survive all of it: toml++ 3 recurses without a bound over dotted keys and inline tables, and
/// half-written headers, lists and dates meet its assertions, which end the process (`parse_key`, `parse_value`,
/// `parse_time`). So the rule is what may pass, not what may not.
struct RecordShape {
    struct Fault: Error {
        let offset: Int
        let fault: String
    }

    /// Lists in lists; no key of a record takes one.
    private static let maximumListDepth = 2

    private let bytes: [UInt8]
    private var position = 0

    static func check(_ bytes: [UInt8]) throws(Fault) {
        var shape = RecordShape(bytes: bytes)
        while shape.position < bytes.count { try shape.line() }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func refusal(_ fault: String) -> Fault {
        let isForeign = byte.map { $0 >= 0x80 } ?? false
        return Fault(offset: position, fault: isForeign ? "has a character beyond ASCII outside a string" : fault)
    }

    private mutating func line() throws(Fault) {
        skipSpaces()
        switch byte {
        case nil, UInt8(ascii: "\n"), UInt8(ascii: "#"): break
        case UInt8(ascii: "["): try header()
        default:
            guard skip(while: Self.isBareKey) > 0 else { throw refusal("has no plain key at the beginning of a line") }
            skipSpaces()
            guard skip(UInt8(ascii: "=")) else { throw refusal("has a key without a plain '=' behind it") }
            skipSpaces()
            try value(depth: 0)
        }
        skipSpaces()
        skipComment()
        guard byte == nil || skip(UInt8(ascii: "\n")) else { throw refusal("has something behind the end of a value") }
    }

    private mutating func header() throws(Fault) {
        position += 1
        let isList = skip(UInt8(ascii: "["))
        skipSpaces()
        guard skip(while: Self.isBareKey) > 0, !isList || !skip(UInt8(ascii: ".")) || skip(while: Self.isBareKey) > 0
        else {
            throw refusal("has a table header without a plain name")
        }
        skipSpaces()
        guard skip(UInt8(ascii: "]")), !isList || skip(UInt8(ascii: "]")) else {
            throw refusal("has a table header without its end")
        }
    }

    private mutating func value(depth: Int) throws(Fault) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try string()
        case UInt8(ascii: "["): try list(depth: depth)
        case UInt8(ascii: "{"): throw refusal("has a table in one line; write it under a header of its own")
        default: try word()
        }
    }

    private mutating func string() throws(Fault) {
        let start = position
        guard let quote = byte else { return }
        // The spelling of a date is looked up line by line: one inside such a string would be taken for the key's own.
        guard !bytes[position...].starts(with: [quote, quote, quote]) else {
            throw refusal("has a multi-line string; write it on one line")
        }
        position += 1
        while let byte, byte != UInt8(ascii: "\n") {
            position += 1
            if byte == quote { return }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), self.byte != UInt8(ascii: "\n") {
                position += 1
            }
        }
        throw Fault(offset: start, fault: "has a string without its end")
    }

    private mutating func list(depth: Int) throws(Fault) {
        guard depth < Self.maximumListDepth else { throw refusal("nests tables or lists too deeply") }
        position += 1
        while true {
            skipLines()
            if skip(UInt8(ascii: "]")) { return }
            try value(depth: depth + 1)
            skipLines()
            if skip(UInt8(ascii: ",")) { continue }
            guard skip(UInt8(ascii: "]")) else { throw refusal("has a list whose elements no comma divides") }
            return
        }
    }

    /// A value without quotes.
    private mutating func word() throws(Fault) {
        let start = position
        skip(while: { Self.isBareKey($0) || [UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ":")].contains($0) })
        let word = bytes[start..<position]
        guard Self.isBoolean(word) || Self.isNumber(word) || Self.isDate(word) else {
            if word.isEmpty { throw refusal("has no plain value where one is needed") }
            throw Fault(offset: start, fault: "has a value that is no string, number, date, list, true or false")
        }
    }

    private mutating func skipSpaces() { skip(while: { $0 == UInt8(ascii: " ") }) }

    private mutating func skipComment() {
        if byte == UInt8(ascii: "#") { skip(while: { $0 != UInt8(ascii: "\n") }) }
    }

    /// Spaces, comments and ends of lines.
    private mutating func skipLines() {
        repeat {
            skipSpaces()
            skipComment()
        } while skip(UInt8(ascii: "\n"))
    }

    private mutating func skip(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        position += 1
        return true
    }

    @discardableResult
    private mutating func skip(while isWanted: (UInt8) -> Bool) -> Int {
        let start = position
        while let byte, isWanted(byte) { position += 1 }
        return position - start
    }
}

/// The forms of single words.
extension RecordShape {
    /// More digits than a number of 64 bits has.
    private static let maximumDigitCount = 20

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isBareKey(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isBoolean(_ word: ArraySlice<UInt8>) -> Bool {
        word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8)
    }

    /// A decimal number; a fraction only so that the reader of a key can say what it wants instead.
    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        let isSigned = word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+")
        let parts = word.dropFirst(isSigned ? 1 : 0).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            (1...maximumDigitCount).contains(part.count)
                && part.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
        }
    }

    /// `2026-11-20`, with a time behind it or not, and with an offset behind that or not.
    ///
    /// Wider than what a record may say, so that the reader of a key can say what it wants instead.
    private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        var digits = Array(word)
        if digits.count > 19, digits[19] == UInt8(ascii: ".") {
            let fraction = digits[20...].prefix(while: isDigit)
            guard (1...9).contains(fraction.count) else { return false }
            digits.removeSubrange(19..<fraction.endIndex)
        }
        return dateForms.contains { form in
            form.count == digits.count
                && zip(form, digits).allSatisfy { expected, byte in
                    switch expected {
                    case UInt8(ascii: "0"): isDigit(byte)
                    case UInt8(ascii: "+"): byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                    case UInt8(ascii: "T"), UInt8(ascii: "Z"): byte & ~0x20 == expected
                    default: byte == expected
                    }
                }
        }
    }

    private static let dateForms = [
        "0000-00-00", "0000-00-00T00:00:00", "0000-00-00T00:00:00Z", "0000-00-00T00:00:00+00:00",
    ].map { Array($0.utf8) }
}
