/// What a piece of text must look like.
///
/// ASCII letters compare without regard to case; patterns are in lower case.
///
/// There is no regular expression here: an engine costs a hook more time at start than all its matching, and the
/// catalogue needs only these few forms.
package enum Pattern: Sendable {
    case anything
    case exact(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
    /// A prefix that ends where a word ends: `claude` matches `Claude:opus`, not `Claudette`.
    case leadingWord(String)
    /// A word anywhere.
    case word(String)
    /// Pieces from the start; `tail` from the end, with at least one byte between; or the pieces are all there is.
    case shape([Piece], Rest = .anything)

    package enum Rest: Sendable {
        case anything
        case nothing
        case wordEnd
        case tail([Piece])
    }

    /// One piece of a shape.
    package enum Piece: Sendable {
        case text(String)
        case run(ByteClass, ClosedRange<Int>)
    }

    package enum ByteClass: Sendable {
        case digit
        case hex
        case hexOrDash
        case alphanumeric
        case nameByte
        case notSlash

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .digit: byte.isDigit
            case .hex: byte.isDigit || (0x61...0x66).contains(byte)
            case .hexOrDash: byte.isDigit || (0x61...0x66).contains(byte) || byte == UInt8(ascii: "-")
            case .alphanumeric: byte.isDigit || byte.isLetter
            case .nameByte: byte.isWord || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            case .notSlash: byte != UInt8(ascii: "/")
            }
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    /// A byte of a word; everything outside ASCII counts, so that `Claudé` is not Claude.
    var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") || self >= 0x80 }
}
