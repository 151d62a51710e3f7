import RemitFormats

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
