import RemitModel

/// Untrusted bytes as text for a terminal or a CI log.
///
/// Printable UTF-8 is kept. Everything that could move a cursor, hide or reorder what stands beside it, or be taken for
/// a command is written out: a byte as `\xNN` (ASCII controls and bytes that are not UTF-8), any other scalar as
/// `\u{…}`. Git does the same for the server's side of a conversation (`sideband.c`), since a terminal obeys bytes.
///
/// Backslashes are doubled only when the text holds another escape, or a backslash that could be read as the beginning
/// of one. So ordinary text stands as it is, and what is shown still has one reading: text with `\x`, `\u` or `\\` in
/// it is escaped throughout, all other text is literal.
package enum Escaping {
    /// Where the text is to stand, which decides what more is escaped.
    package enum Place: Sendable {
        case plain
        /// Between single quotes: a single quote would end them.
        case quoted
    }

    /// More marks than this on one letter are escaped: stacked marks paint over the lines around them.
    private static let marksAtMost = 4
    private static let ellipsis = "…"

    /// The bytes as text of at most `limit` bytes, cut between characters with `…` where they are longer.
    package static func text(_ bytes: [UInt8], in place: Place = .plain, limit: Int) -> String {
        let pieces = pieces(bytes, in: place, limit: limit)
        let doubling = isEscaped(pieces)
        var shown: [String] = []
        var size = 0
        for piece in pieces {
            let text =
                switch piece {
                case .plain(let scalar): String(scalar)
                case .backslash: doubling ? "\\\\" : "\\"
                case .escape(let escape): escape
                }
            shown.append(text)
            size += text.utf8.count
        }
        guard size > limit else { return shown.joined() }
        while size + ellipsis.utf8.count > limit, let last = shown.popLast() { size -= last.utf8.count }
        return shown.joined() + ellipsis
    }

    private enum Piece {
        case plain(Unicode.Scalar)
        case backslash
        case escape(String)
    }

    /// Reads no further than the limit needs: no piece is shown shorter than it was.
    private static func pieces(_ bytes: [UInt8], in place: Place, limit: Int) -> [Piece] {
        var pieces: [Piece] = []
        var source = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        var offset = 0
        var previous: Unicode.Scalar?
        var marks = 0
        while offset <= limit {
            switch parser.parseScalar(from: &source) {
            case .emptyInput:
                return pieces
            case .error(let length):
                for byte in bytes[offset..<offset + length] { pieces.append(.escape("\\x" + Hex.text([byte]))) }
                offset += length
                previous = nil
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                offset += encoded.count
                marks = isMark(scalar) ? marks + 1 : 0
                if scalar == "\\" {
                    pieces.append(.backslash)
                    previous = scalar
                } else if isShown(scalar, after: previous, in: place), marks <= marksAtMost {
                    pieces.append(.plain(scalar))
                    previous = scalar
                } else {
                    pieces.append(.escape(escape(scalar)))
                    previous = nil
                }
            }
        }
        return pieces
    }

    private static func isEscaped(_ pieces: [Piece]) -> Bool {
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .plain: continue
            case .escape: return true
            case .backslash:
                guard index + 1 < pieces.count else { continue }
                switch pieces[index + 1] {
                case .plain("x"), .plain("u"), .backslash, .escape: return true
                case .plain: continue
                }
            }
        }
        return false
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        scalar.isASCII
            ? "\\x" + Hex.text([UInt8(truncatingIfNeeded: scalar.value)])
            : "\\u{" + String(scalar.value, radix: 16) + "}"
    }

    private static func isShown(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, in place: Place) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "'": return place != .quoted
            // Azure Pipelines looks for `##vso[`, TeamCity for `##teamcity[` and GitHub for `##[` anywhere in a line.
            case "#": return previous != "#"
            default: return (0x20..<0x7F).contains(scalar.value)
            }
        }
        // A mark without a letter before it would sit on whatever we wrote there.
        if isMark(scalar), previous == nil { return false }
        // The blank Braille pattern and the "default ignorables" (fillers, joiners, selectors) cannot be seen.
        if scalar.value == 0x2800 || scalar.properties.isDefaultIgnorableCodePoint { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default:
            return true
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }
}
