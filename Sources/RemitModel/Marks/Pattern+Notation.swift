// The notation of shapes: `devin/{digit:10}-{rest}`.
//
// Text stands for itself; `{class:count}` and `{class:least-most}` are runs of bytes, as many as there are up to the
// most. `{rest}` at the end lets anything follow, `{word-end}` the end of a word; `{some}`, once, is one byte or more
// between a beginning and an end. Otherwise nothing follows. No braces in the text.

extension Pattern {
    /// The word for the way of comparing, and the text; `nil` where anything matches.
    package var notation: (match: MarkEntry.Match, value: String?) {
        switch self {
        case .anything: (.any, nil)
        case .exact(let text): (.exact, text)
        case .prefix(let text): (.prefix, text)
        case .suffix(let text): (.suffix, text)
        case .contains(let text): (.contains, text)
        case .leadingWord(let text): (.leadingWord, text)
        case .word(let text): (.word, text)
        case .shape(let pieces, .nothing): (.shape, Self.text(pieces))
        case .shape(let pieces, .anything): (.shape, Self.text(pieces) + "{rest}")
        case .shape(let pieces, .wordEnd): (.shape, Self.text(pieces) + "{word-end}")
        case .shape(let pieces, .tail(let tail)): (.shape, Self.text(pieces) + "{some}" + Self.text(tail))
        }
    }

    private static func text(_ pieces: [Piece]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .run(let byteClass, let count) where count.lowerBound == count.upperBound:
                "{\(byteClass.rawValue):\(count.lowerBound)}"
            case .run(let byteClass, let count):
                "{\(byteClass.rawValue):\(count.lowerBound)-\(count.upperBound)}"
            }
        }.joined()
    }

    /// Why a text is no shape.
    package enum ShapeFault: String, Error, Sendable {
        case braces = "has a brace that is not closed, or closed and not opened"
        case run = """
            has braces that hold none of: {digit:4}, {hex:6-64}, {hex-or-dash:36}, {alphanumeric:8}, {name-byte:1-100}, \
            {not-slash:1-100}, {some}, {rest}, {word-end}
            """
        case place = "has {rest} or {word-end} before its end, or more than one {some}"
        case some = "has a {some} without a text or a run behind it"
        case long = "has more than 32 pieces"
    }

    /// The most runs and texts of one shape.
    private static let maximumPieceCount = 32
    /// The longest run, in bytes.
    private static let maximumRun = 250

    /// Reads the notation of a shape.
    package init(shape text: String) throws(ShapeFault) {
        var pieces: [[Piece]] = [[]]
        var end: Rest?
        var literal: [UInt8] = []
        func flush() {
            guard !literal.isEmpty else { return }
            pieces[pieces.count - 1].append(.text(String(decoding: literal, as: UTF8.self)))
            literal = []
        }
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard end == nil else { throw .place }
            guard byte != UInt8(ascii: "}") else { throw .braces }
            guard byte == UInt8(ascii: "{") else {
                literal.append(byte)
                continue
            }
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { throw .braces }
            let word = String(decoding: rest[..<close], as: UTF8.self)
            rest = rest[(close + 1)...]
            flush()
            switch word {
            case "rest": end = .anything
            case "word-end": end = .wordEnd
            case "some":
                guard pieces.count == 1 else { throw .place }
                pieces.append([])
            default: pieces[pieces.count - 1].append(try Self.run(word))
            }
        }
        flush()
        guard pieces.joined().count <= Self.maximumPieceCount else { throw .long }
        guard pieces.count == 2 else {
            self = .shape(pieces[0], end ?? .nothing)
            return
        }
        guard end == nil else { throw .place }
        guard !pieces[1].isEmpty else { throw .some }
        self = .shape(pieces[0], .tail(pieces[1]))
    }

    /// `digit:4` or `hex:6-64`.
    private static func run(_ word: String) throws(ShapeFault) -> Piece {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let byteClass = ByteClass(rawValue: String(parts[0])) else { throw .run }
        let bounds = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(bounds.count), let least = count(bounds[0]), let most = count(bounds[bounds.count - 1]),
            least <= most, bounds.count == 1 || least < most
        else { throw .run }
        return .run(byteClass, least...most)
    }

    /// A number from 1 that prints back to itself.
    private static func count(_ digits: Substring) -> Int? {
        guard let number = Int(digits), (1...maximumRun).contains(number), String(number) == digits else { return nil }
        return number
    }

    /// The text with which everything begins that matches; `nil` where there is none.
    package var firstText: String? {
        switch self {
        case .exact(let text), .prefix(let text), .leadingWord(let text): return text
        case .shape(let pieces, _):
            guard case .text(let text) = pieces.first else { return nil }
            return text
        case .anything, .suffix, .contains, .word: return nil
        }
    }

    /// The fewest bytes that match.
    package var leastByteCount: Int {
        switch self {
        case .anything: 1
        case .exact(let text), .prefix(let text), .suffix(let text), .contains(let text), .leadingWord(let text),
            .word(let text):
            text.utf8.count
        case .shape(let pieces, .tail(let tail)): Self.leastByteCount(pieces) + 1 + Self.leastByteCount(tail)
        case .shape(let pieces, _): Self.leastByteCount(pieces)
        }
    }

    private static func leastByteCount(_ pieces: [Piece]) -> Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text): sum + text.utf8.count
            case .run(_, let count): sum + count.lowerBound
            }
        }
    }
}
