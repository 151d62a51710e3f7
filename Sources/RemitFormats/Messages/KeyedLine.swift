/// A line `Key: value` that begins its line, wherever in the message it stands.
///
/// Git's trailer block is not enough: squash merges, templates and footers leave four to ninety-seven per cent of
/// these lines outside it, depending on the key. A quotation (`> Key:`) or a mention in prose does not begin a line.
package struct KeyedLine: Sendable, Hashable {
    /// The blanks that may stand before the key: lists and pasted text are indented.
    package static let maximumIndent = 4
    /// The longest key that is looked at.
    package static let maximumKeyLength = 64

    package let key: ArraySlice<UInt8>
    /// The value without the blanks around it; may be empty.
    package let value: ArraySlice<UInt8>

    /// Reads a line; `nil` when it is not of this form.
    ///
    /// Letters, digits and `-` make a key, as in git.
    package init?(_ line: ArraySlice<UInt8>) {
        var start = line.startIndex
        while start < line.endIndex, line[start] == .space || line[start] == .tab {
            start += 1
            guard start - line.startIndex <= Self.maximumIndent else { return nil }
        }
        var end = start
        while end < line.endIndex, line[end].isKeyByte {
            end += 1
            guard end - start <= Self.maximumKeyLength else { return nil }
        }
        guard end > start else { return nil }
        var colon = end
        while colon < line.endIndex, line[colon] == .space || line[colon] == .tab { colon += 1 }
        guard colon < line.endIndex, line[colon] == UInt8(ascii: ":") else { return nil }
        key = line[start..<end]
        value = line[(colon + 1)...].trimmingBlanks()
    }

    /// Compares the key as git does: without regard to the case of ASCII letters.
    ///
    /// `name` is in lower case.
    package func isNamed(_ name: StaticString) -> Bool {
        key.count == name.utf8CodeUnitCount && key.lazy.map(\.foldedASCII).elementsEqual(name.description.utf8)
    }

    /// Every keyed line of a message, in order, and whether it stands in git's trailer block.
    package static func all(in message: [UInt8]) -> [(line: KeyedLine, isInTrailerBlock: Bool)] {
        let block = Trailers.block(of: message)
        return MessageLines(message).compactMap { line in
            KeyedLine(line).map { ($0, block?.contains(line.startIndex) ?? false) }
        }
    }
}

extension UInt8 {
    static let tab = UInt8(ascii: "\t")

    var isKeyByte: Bool { isASCIILetter || isDecimalDigit || self == UInt8(ascii: "-") }

    /// The byte with an upper-case ASCII letter made lower case.
    @inlinable package var foldedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// Without git's blanks at both ends.
    package func trimmingBlanks() -> ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isGitSpace { start += 1 }
        while end > start, self[end - 1].isGitSpace { end -= 1 }
        return self[start..<end]
    }
}
