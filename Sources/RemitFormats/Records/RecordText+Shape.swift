extension RecordText {
    /// Most dots of one line outside strings and comments.
    ///
    /// No key of a record needs one; a date's fraction has one, and is told as what it is.
    static let maximumDotCount = 8

    /// The first place outside strings and comments that the TOML library or our own reader would not survive.
    ///
    /// Every dot of a key opens a table inside a table without a bound, and they are taken down again by recursion: a
    /// header of thirty thousand segments overflows the stack. A date's `T` without a digit behind it, a header
    /// that begins with no key, and a brace in a list meet assertions (toml++ 3: `parse_time`, `parse_key`,
    /// `parse_value`). Strings end with their line, since others are refused; beyond ASCII there are more
    /// kinds of space.
    static func hazard(in bytes: [UInt8]) -> (offset: Int, fault: String)? {
        var dots = 0
        var quote: UInt8?
        var isEscaped = false
        var isComment = false
        var header = Header.possible
        // The last byte that was neither a space, nor a line's end, nor in a comment.
        var previous: UInt8?
        for (offset, byte) in bytes.enumerated() {
            if header.isSpoilt(by: byte) { return (offset, "has a table header without a name") }
            if byte == UInt8(ascii: "\n") {
                (dots, quote, isEscaped, isComment, header) = (0, nil, false, false, .possible)
            } else if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if byte == open { quote = nil }
                isEscaped = open == UInt8(ascii: "\"") && byte == UInt8(ascii: "\\")
            } else if !isComment {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    // `line(of:)` reads line by line: a date inside such a string would be taken for the key's own.
                    if bytes[offset...].starts(with: [byte, byte, byte]) {
                        return (offset, "has a multi-line string; write it on one line")
                    }
                    quote = byte
                case UInt8(ascii: "#"): isComment = true
                case UInt8(ascii: "."):
                    dots += 1
                    if dots > maximumDotCount { return (offset, "nests tables or lists too deeply") }
                case UInt8(ascii: "T"), UInt8(ascii: "t"):
                    let neighbours = (before: bytes[..<offset].last, after: bytes[(offset + 1)...].first)
                    if isDigit(neighbours.before), !isDigit(neighbours.after) {
                        return (offset, "has a date without a time")
                    }
                case UInt8(ascii: "}") where previous == UInt8(ascii: "[") || previous == UInt8(ascii: ","):
                    return (offset, "has a closing brace where a value is needed")
                case 0x80...: return (offset, "has a character beyond ASCII outside a string")
                default: break
                }
                if byte != UInt8(ascii: " "), !isComment { previous = byte }
            }
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    /// How far a line has come that may be a table's header.
    private enum Header {
        case possible
        case table
        case tableArray
        case over

        /// Whether a bracket at the beginning of a line is followed by what cannot begin a key.
        mutating func isSpoilt(by byte: UInt8) -> Bool {
            switch (self, byte) {
            case (.possible, UInt8(ascii: "[")): self = .table
            case (.table, UInt8(ascii: "[")): self = .tableArray
            case (.possible, UInt8(ascii: " ")), (.table, UInt8(ascii: " ")), (.tableArray, UInt8(ascii: " ")): break
            case (.table, _), (.tableArray, _):
                self = .over
                return !isKeyStart(byte)
            default: self = .over
            }
            return false
        }

        private func isKeyStart(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "]"):
                true
            default: false
            }
        }
    }
}
