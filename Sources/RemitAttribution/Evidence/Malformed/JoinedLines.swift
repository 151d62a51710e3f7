import RemitFormats
import RemitModel

/// Lines joined into one: `… 16 tests. Co-authored-by: Copilot <…>`.
///
/// A tool that passes the message through one line of its own loses the breaks. A known address behind a co-author's key
/// counts where a sentence ends before the key, or two blanks stand there where an empty line was; behind a bare word it
/// is weak, since a subject can speak of such a line (`Drop Co-authored-by: …`). It must end the line, or another key follow.
extension MessageScanner {
    /// The most keys that are looked at in one line.
    private static let maximumJoints = 16

    mutating func lookBehindJoints(_ line: ArraySlice<UInt8>, from first: Int) {
        let text = line.trimmingBlanks()
        guard let lead = text.first, lead != UInt8(ascii: ">") else { return }
        var colon = first
        var quotes = Quotes(text)
        for _ in 0..<Self.maximumJoints {
            if let key = coAuthorKey(in: text, endingAt: colon) { look(behind: key, colon, in: text, &quotes) }
            let from = colon + 1
            guard let next = text[min(from, text.endIndex)...].firstIndex(of: UInt8(ascii: ":")) else { return }
            colon = next
        }
    }

    private func coAuthorKey(in text: ArraySlice<UInt8>, endingAt colon: Int) -> Int? {
        guard colon < text.endIndex else { return nil }
        var start = colon
        while start > text.startIndex, text[start - 1].isLetter || text[start - 1] == UInt8(ascii: "-"),
            colon - start < KeyedLine.maximumKeyLength
        {
            start -= 1
        }
        return start > text.startIndex && isCoAuthor(text[start..<colon]) ? start : nil
    }

    private mutating func look(
        behind key: Int, _ colon: Int, in text: ArraySlice<UInt8>, _ quotes: inout Quotes
    ) {
        guard let reading = reading(of: text[..<key]), let close = text[colon...].firstIndex(of: UInt8(ascii: ">")),
            !quotes.surround(key)
        else { return }
        let rest = text[(close + 1)...].trimmingBlanks()
        guard rest.isEmpty || KeyedLine(rest) != nil else { return }
        lookForCoAuthor(text[key..<colon], text[(colon + 1)...close].trimmingBlanks(), text[key...close], reading)
    }

    /// How sure a mark is behind this text; `nil` where it is quoted, listed or spoken of.
    private func reading(of before: ArraySlice<UInt8>) -> Reading? {
        let text = before.trimmingBlanks()
        guard let last = text.last, text.contains(where: \.isLetter) else { return nil }
        let reading = Reading.mangled(.joinedLines)
        switch last {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: ">"), UInt8(ascii: "*"):
            return reading
        case _ where last.isWord:
            return before.endIndex - text.endIndex >= 2 ? reading : reading.weak()
        default: return nil
        }
    }
}
