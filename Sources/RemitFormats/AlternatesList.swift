/// The two lists of further object directories that git keeps: an environment variable and a file.
///
/// Libgit2 1.5 does not undo the quoting of either, and then silently lacks the directory.
package enum AlternatesList {
    /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`.
    package static func environment(_ text: [UInt8]) -> [[UInt8]] {
        parse(text, separator: UInt8(ascii: ":")).map(\.path)
    }

    /// One line of `objects/info/alternates`.
    package struct Line: Hashable, Sendable {
        package let path: [UInt8]
        package let isQuoted: Bool
    }

    /// `objects/info/alternates`.
    package static func file(_ text: [UInt8]) -> [Line] {
        parse(text, separator: UInt8(ascii: "\n"))
    }

    /// Reads exactly as git's `parse_alt_odb_entry` does, so that Remit and git see the same objects.
    ///
    /// Empty elements and those that begin with `#` are dropped; an element whose quoting is broken stands for itself;
    /// the byte after a closing quote is taken for a separator whatever it is.
    private static func parse(_ text: [UInt8], separator: UInt8) -> [Line] {
        var lines: [Line] = []
        var position = 0
        while position < text.count {
            if let quoted = CQuoting.unquote(text, from: position) {
                if !quoted.bytes.isEmpty { lines.append(Line(path: quoted.bytes, isQuoted: true)) }
                position = quoted.end + 1
                continue
            }
            let end = text[position...].firstIndex(of: separator) ?? text.count
            if end > position, text[position] != UInt8(ascii: "#") {
                lines.append(Line(path: Array(text[position..<end]), isQuoted: false))
            }
            position = end + 1
        }
        return lines
    }
}
