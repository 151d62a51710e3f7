import RemitFormats
package import RemitModel

extension Pattern {
    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .anything:
            return !text.isEmpty
        case .exact(let literal):
            return text.count == literal.utf8.count && text.folds(literal, at: text.startIndex)
        case .prefix(let literal):
            return text.folds(literal, at: text.startIndex)
        case .suffix(let literal):
            return text.folds(literal, at: text.endIndex - literal.utf8.count)
        case .contains(let literal):
            return text.indices.contains { text.folds(literal, at: $0) }
        case .leadingWord(let literal):
            return text.folds(literal, at: text.startIndex)
                && text.endsWord(text.startIndex + literal.utf8.count)
        case .word(let literal):
            return text.indices.contains { start in
                (start == text.startIndex || !text[start - 1].isWord) && text.folds(literal, at: start)
                    && text.endsWord(start + literal.utf8.count)
            }
        case .shape(let pieces, let rest):
            guard let end = text.consume(pieces) else { return false }
            switch rest {
            case .anything: return true
            case .nothing: return end == text.endIndex
            case .wordEnd: return text.endsWord(end)
            case .tail(let tail):
                guard let start = text[end...].consumeFromEnd(tail) else { return false }
                return start > end
            }
        }
    }
}

extension Pattern {
    /// The only byte with which a match can begin, in lower case; `nil` where several can.
    var firstByte: UInt8? {
        switch self {
        case .exact(let literal), .prefix(let literal), .leadingWord(let literal): return literal.utf8.first
        case .shape(let pieces, _):
            guard case .text(let literal)? = pieces.first else { return nil }
            return literal.utf8.first
        case .anything, .suffix, .contains, .word: return nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Says whether the lower-case literal stands at an index, letters compared without their case.
    func folds(_ literal: String, at start: Int) -> Bool {
        guard start >= startIndex, literal.utf8.count <= endIndex - start else { return false }
        var index = start
        for byte in literal.utf8 {
            guard self[index].foldedASCII == byte else { return false }
            index += 1
        }
        return true
    }

    /// Says whether no word goes on at an index.
    fileprivate func endsWord(_ index: Int) -> Bool {
        index >= endIndex || !self[index].isWord
    }

    fileprivate func consume(_ pieces: [Pattern.Piece]) -> Int? {
        var index = startIndex
        for piece in pieces {
            switch piece {
            case .text(let literal):
                guard folds(literal, at: index) else { return nil }
                index += literal.utf8.count
            case .run(let byteClass, let range):
                let start = index
                while index < endIndex, index - start < range.upperBound, byteClass.contains(self[index].foldedASCII) {
                    index += 1
                }
                guard index - start >= range.lowerBound else { return nil }
            }
        }
        return index
    }

    fileprivate func consumeFromEnd(_ pieces: [Pattern.Piece]) -> Int? {
        var index = endIndex
        for piece in pieces.reversed() {
            switch piece {
            case .text(let literal):
                index -= literal.utf8.count
                guard folds(literal, at: index) else { return nil }
            case .run(let byteClass, let range):
                let end = index
                while index > startIndex, end - index < range.upperBound,
                    byteClass.contains(self[index - 1].foldedASCII)
                {
                    index -= 1
                }
                guard end - index >= range.lowerBound else { return nil }
            }
        }
        return index
    }
}

extension Pattern.ByteClass {
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

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    /// A byte of a word; everything outside ASCII counts, so that `Claudé` is not Claude.
    var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") || self >= 0x80 }
}
