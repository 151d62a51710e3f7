/// What a piece of text must look like.
///
/// ASCII letters compare without regard to case; patterns are in lower case.
///
/// There is no regular expression here: an engine costs a hook more time at start than all its matching, and the
/// catalogue needs only these few forms.
package enum Pattern: Hashable, Sendable {
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

    package enum Rest: Hashable, Sendable {
        case anything
        case nothing
        case wordEnd
        case tail([Piece])
    }

    /// One piece of a shape.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case run(ByteClass, ClosedRange<Int>)
    }

    package enum ByteClass: String, Hashable, Sendable {
        case digit
        case hex
        case hexOrDash = "hex-or-dash"
        case alphanumeric
        case nameByte = "name-byte"
        case notSlash = "not-slash"
    }
}
