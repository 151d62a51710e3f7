import RemitFormats
import RemitModel

/// `\n` as two characters: the tool passed `-m "a\n\nCo-authored-by: …"` and no shell took the backslash away.
///
/// Seen in 238 commits of one agent alone. Each part between two such breaks is read as a line of its own.
extension MessageScanner {
    /// The most parts that are looked at.
    private static let maximumParts = 256

    mutating func lookBehindEscapes(_ line: ArraySlice<UInt8>, isFound: Bool) {
        // What stands before the first break has been looked at, unless the break spoilt it.
        var start: Int? = isFound ? nil : line.startIndex
        var quotes = Quotes(line)
        var index = line.startIndex
        var parts = 0
        while index < line.endIndex, parts < Self.maximumParts {
            guard let length = lineBreak(in: line, at: index) else {
                index += 1
                continue
            }
            if let start, !quotes.surround(start) { _ = look(at: line[start..<index], .mangled(.escapedLineBreaks)) }
            // A real line seldom ends in a blank; a sentence about `\n` has one before it.
            let isSentence = index > line.startIndex && line[index - 1].isBlank
            index += length
            start = isSentence && lineBreak(in: line, at: index) == nil ? nil : index
            parts += 1
        }
        guard parts > 0, let start, !quotes.surround(start) else { return }
        _ = look(at: line[start...], .mangled(.escapedLineBreaks))
    }

    /// The length of a written line break.
    private func lineBreak(in line: ArraySlice<UInt8>, at index: Int) -> Int? {
        if line.stands(#"\n"#, at: index) { return 2 }
        return line.stands(#"\r\n"#, at: index) ? 4 : nil
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
    /// Says whether exactly these bytes stand at an index.
    func stands(_ literal: StaticString, at index: Int) -> Bool {
        index + literal.utf8CodeUnitCount <= endIndex
            && self[index..<(index + literal.utf8CodeUnitCount)].elementsEqual(literal.description.utf8)
    }
}

/// The quotation marks and backticks of a line.
struct Quotes {
    private let line: ArraySlice<UInt8>
    private var position: Int
    private var before: [UInt8: Int] = [:]
    private var total: [UInt8: Int] = [:]

    init(_ line: ArraySlice<UInt8>) {
        self.line = line
        position = line.startIndex
        for index in line.indices { Self.count(index, of: line, in: &total) }
    }

    /// Says whether something at an index stands within a pair.
    ///
    /// The indices that are asked for grow.
    mutating func surround(_ index: Int) -> Bool {
        while position < index {
            Self.count(position, of: line, in: &before)
            position += 1
        }
        return before.contains { !$0.value.isMultiple(of: 2) && total[$0.key, default: 0] > $0.value }
    }

    private static func count(_ index: Int, of line: ArraySlice<UInt8>, in counts: inout [UInt8: Int]) {
        let byte = line[index]
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") else { return }
        // An apostrophe within a word is no quotation mark.
        if byte == UInt8(ascii: "'"), index > line.startIndex, line[index - 1].isWord, index + 1 < line.endIndex,
            line[index + 1].isWord
        {
            return
        }
        counts[byte, default: 0] += 1
    }
}
