import RemitModel

/// The bytes of a record after the checks that come before any parsing.
///
/// DESIGN.md section 3: UTF-8 without a byte order mark, LF only, no other control character, at most 64 KiB. What was
/// signed is these bytes; two texts that look alike must not be able to mean different things.
package struct RecordText: Sendable {
    package static let maximumByteCount = 65_536

    package let file: String
    package let text: String

    package init(_ bytes: [UInt8], file: String) throws(RecordError) {
        func refusal(at offset: Int?, _ fault: String) -> RecordError {
            let line = offset.map { bytes[..<$0].reduce(into: 1) { $0 += $1 == UInt8(ascii: "\n") ? 1 : 0 } }
            return RecordError(file: file, line: line, fault: fault)
        }
        guard !bytes.isEmpty else { throw refusal(at: nil, "is empty") }
        guard bytes.count <= Self.maximumByteCount else {
            throw refusal(at: nil, "is \(bytes.count) bytes long, more than \(Self.maximumByteCount)")
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw refusal(at: 0, "begins with a byte order mark; save it as UTF-8 without one")
        }
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\r") {
                throw refusal(at: offset, "has a carriage return; save it with LF line ends")
            }
            if byte < 0x20 && byte != UInt8(ascii: "\n") || byte == 0x7F {
                throw refusal(at: offset, "has the control character 0x\(Hex.text([byte]))")
            }
            // A NUL written as an escape would end the string inside the TOML library's C interface; no record needs
            // any such escape, since every character can be written as itself.
            if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count,
                [UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "x")].contains(bytes[offset + 1])
            {
                throw refusal(at: offset, "has a Unicode escape; write the character itself")
            }
        }
        guard bytes.last == UInt8(ascii: "\n") else { throw refusal(at: bytes.count, "does not end in a line feed") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal(at: nil, "is not UTF-8") }
        do throws(RecordShape.Fault) {
            try RecordShape.check(bytes)
        } catch {
            throw refusal(at: error.offset, error.fault)
        }
        self.file = file
        self.text = text
    }

    /// The line of `key` in the `occurrence`-th table of that name, from 1; `nil` when it cannot be told.
    ///
    /// Only for messages and for the spelling of dates: it reads the simple form that records have, one key a line.
    package func line(of key: String, in table: String, occurrence: Int) -> (number: Int, value: Substring)? {
        var current = ""
        var seen: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            if let header = Self.header(content) {
                current = header
                seen[current, default: 0] += 1
            } else if current == table, seen[table, default: 1] == occurrence + 1 || table.isEmpty {
                let name = content.prefix { $0 != "=" && $0 != " " }
                guard name == key, let equals = content.firstIndex(of: "=") else { continue }
                return (index + 1, content[content.index(after: equals)...].drop { $0 == " " })
            }
        }
        return nil
    }

    /// How many tables of one name stand before the `occurrence`-th of another, from 0.
    ///
    /// Only for messages, as `line(of:in:occurrence:)`.
    func count(of name: String, before other: String, occurrence: Int) -> Int {
        var (found, others) = (0, 0)
        for line in text.split(separator: "\n") {
            guard let header = Self.header(line.drop { $0 == " " }) else { continue }
            if header == other {
                guard others < occurrence else { break }
                others += 1
            }
            if header == name { found += 1 }
        }
        return found
    }

    /// The name of the table that a line begins; `nil` where it begins none.
    private static func header(_ line: Substring) -> String? {
        guard line.hasPrefix("[") else { return nil }
        return String(line.drop { $0 == "[" || $0 == " " }.prefix { $0 != "]" && $0 != " " })
    }
}
