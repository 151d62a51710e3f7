import RemitFormats

/// A keyed line whose value goes on in indented lines below it, as git unfolds a trailer.
///
/// - Who writes it: mail programs, tools that wrap a message at a column, and whoever hopes that the name on a line of
///   its own is not read.
/// - How it is matched: the lines are joined by one space each and read as one, wherever they stand.
/// - What it must not take: an indented line with a key of its own, which is looked at by itself, or quoted.
///
/// Source: git-interpret-trailers(1), "folded over multiple lines with each subsequent line starting with at least one
/// whitespace, like the folding in RFC 822".
struct FoldedLine {
    /// A line that may go on below it; taken apart only where the next one is indented.
    private var first: ArraySlice<UInt8>?
    private var bytes: [UInt8] = []

    /// Takes the next line that is not empty; gives the whole of what is folded, as far as it goes.
    ///
    /// - Parameter isFound: whether the line by itself has a mark that is believed: then nothing more is looked for.
    mutating func take(
        _ line: ArraySlice<UInt8>, isFound: Bool
    ) -> (key: ArraySlice<UInt8>, bytes: [UInt8], range: Range<Int>)? {
        let rest = line.trimmingBlanks()
        guard line.first?.isBlank == true, let first, let keyed = KeyedLine(first), KeyedLine(rest) == nil,
            bytes.count + line.count < MessageLines.maximumLength
        else {
            self = FoldedLine()
            if !isFound { first = line }
            return nil
        }
        if bytes.isEmpty { bytes = Array(keyed.key) + Array(": ".utf8) + Array(keyed.value) }
        bytes += [UInt8(ascii: " ")] + rest
        return (keyed.key, bytes, keyed.key.startIndex..<line.endIndex)
    }
}
