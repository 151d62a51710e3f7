/// Git's C-style quoting of paths (`quote.c`), as in alternates lists, `diff --raw` and fast-import.
package enum CQuoting {
    /// Reads one quoted string that begins at `start`; `nil` when its quoting is broken.
    ///
    /// As in git's `unquote_c_style`: the escapes `\a \b \t \n \v \f \r \" \\` and three octal digits up to `\377`.
    package static func unquote(_ text: [UInt8], from start: Int = 0) -> (bytes: [UInt8], end: Int)? {
        guard start < text.count, text[start] == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        var position = start + 1
        while position < text.count {
            let byte = text[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return (bytes, position)
            case UInt8(ascii: "\\"):
                guard let escape = escape(in: text, at: position) else { return nil }
                bytes.append(escape.byte)
                position = escape.end
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private static func escape(in text: [UInt8], at position: Int) -> (byte: UInt8, end: Int)? {
        guard position < text.count else { return nil }
        switch text[position] {
        case UInt8(ascii: "a"): return (0x07, position + 1)
        case UInt8(ascii: "b"): return (0x08, position + 1)
        case UInt8(ascii: "t"): return (0x09, position + 1)
        case UInt8(ascii: "n"): return (0x0A, position + 1)
        case UInt8(ascii: "v"): return (0x0B, position + 1)
        case UInt8(ascii: "f"): return (0x0C, position + 1)
        case UInt8(ascii: "r"): return (0x0D, position + 1)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return (text[position], position + 1)
        default: break
        }
        guard position + 3 <= text.count else { return nil }
        let digits = text[position..<position + 3].map { Int($0) - Int(UInt8(ascii: "0")) }
        guard digits.allSatisfy((0...7).contains), digits[0] <= 3 else { return nil }
        return (UInt8(digits[0] << 6 | digits[1] << 3 | digits[2]), position + 3)
    }
}
