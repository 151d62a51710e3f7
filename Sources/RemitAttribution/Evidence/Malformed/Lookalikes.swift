import RemitFormats
import RemitModel

/// Frames, curly quotation marks, look-alike letters and invisible characters: the line as it was meant.
///
/// A closed table, not all of Unicode's confusables: only what can be taken for a byte of our keys. Where a character
/// of the line's key is not in it, the line is let be at once, so that other languages cost nothing.
extension MessageScanner {
    mutating func lookBehindLookalikes(_ line: ArraySlice<UInt8>) {
        if let inside = Frame.inside(line) {
            if look(at: inside, .mangled(.pasted)) { return }
        }
        guard Lookalikes.canBeKeyed(line), let folded = Lookalikes.fold(line) else { return }
        let before = scan.count
        var meant = folded[...]
        // A quotation ends again; a mark that was passed in curly quotation marks has lost the other one.
        if let first = meant.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard !meant.dropFirst().contains(first) else { return }
            meant = meant.dropFirst()
        }
        _ = look(at: meant, .mangled(.lookalike, source: line))
        guard scan.count == before else { return }
        lookForSpacedKey(meant, .mangled(.lookalike, source: line))
    }
}

/// The frame that a terminal draws around text.
enum Frame {
    /// U+2502, U+2503 and U+2551 and U+258C: vertical lines.
    private static let sides: [[UInt8]] = [
        [0xE2, 0x94, 0x82], [0xE2, 0x94, 0x83], [0xE2, 0x95, 0x91], [0xE2, 0x96, 0x8C],
    ]

    /// What stands right of a frame's left side, without its right side.
    static func inside(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var text = line.trimmingBlanks()
        guard isSide(text) else { return nil }
        text = text.dropFirst(3).trimmingBlanks()
        if text.count >= 3, isSide(text.suffix(3)) { text = text.dropLast(3).trimmingBlanks() }
        return text.isEmpty ? nil : text
    }

    static func isSide(_ text: ArraySlice<UInt8>) -> Bool { sides.contains { text.starts(with: $0) } }
}

/// Characters that look like a byte of a key, or like nothing.
enum Lookalikes {
    /// The bytes with what looks like ASCII made ASCII, and what is invisible left out; `nil` where that changes nothing.
    static func fold(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.contains(where: { $0 >= 0x80 }) else { return nil }
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count)
        var isChanged = false
        var rest = text
        while let first = rest.first {
            if first < 0x80 {
                folded.append(first)
                rest = rest.dropFirst()
                continue
            }
            let (scalar, length) = scalar(rest)
            switch scalar.map(meaning) {
            case .same, nil: folded.append(contentsOf: rest.prefix(length))
            case .nothing: isChanged = true
            case .byte(let byte):
                folded.append(byte)
                isChanged = true
            }
            rest = rest.dropFirst(length)
        }
        return isChanged ? folded : nil
    }

    /// Says whether a line can begin with a key once it is folded.
    static func canBeKeyed(_ line: ArraySlice<UInt8>) -> Bool {
        var rest = line.prefix(4 * KeyedLine.maximumKeyLength)
        while let first = rest.first {
            if first < 0x80 {
                if first == UInt8(ascii: ":") { return true }
                guard first.isLetter || first.isDigit || first == UInt8(ascii: "-") || first.isBlank else {
                    return false
                }
                rest = rest.dropFirst()
                continue
            }
            let (scalar, length) = scalar(rest)
            switch scalar.map(meaning) {
            case .same, nil: return false
            case .byte(UInt8(ascii: ":")): return true
            case .byte, .nothing: rest = rest.dropFirst(length)
            }
        }
        return false
    }

    static func beginsWithQuotationMark(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first >= 0x80, case .byte(let byte)? = scalar(text).0.map(meaning) else {
            return false
        }
        return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private enum Meaning {
        case same
        case nothing
        case byte(UInt8)
    }

    private static func meaning(_ scalar: UInt32) -> Meaning {
        switch scalar {
        // Soft hyphen, joiners, directions, word joiners, byte order mark.
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF: return .nothing
        // Blanks of other widths.
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .byte(UInt8(ascii: " "))
        // Hyphens, dashes, the minus sign.
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: return .byte(UInt8(ascii: "-"))
        case 0x2018, 0x2019, 0x201A, 0x201B: return .byte(UInt8(ascii: "'"))
        case 0xAB, 0xBB, 0x201C...0x201F: return .byte(UInt8(ascii: "\""))
        // The ratio sign and the letter that looks like it.
        case 0x2236, 0xA789, 0x2D0, 0xFE55: return .byte(UInt8(ascii: ":"))
        // The full-width forms of ASCII.
        case 0xFF01...0xFF5E: return .byte(UInt8(truncatingIfNeeded: scalar - 0xFF01 + 0x21))
        default: return letters[scalar].map { .byte($0) } ?? .same
        }
    }

    /// Cyrillic, Greek, Armenian and Latin letters that are drawn like those of our keys.
    private static let letters: [UInt32: UInt8] = {
        let table: [(String, String)] = [
            ("a", "аɑα"), ("b", "Ьь"), ("c", "сϲ"), ("d", "ԁɗ"), ("e", "еҽ"), ("g", "ɡց"), ("h", "һհ"), ("i", "іıɩι"),
            ("j", "ј"), ("k", "κк"), ("l", "ӏⅼ"), ("m", "ⅿм"), ("n", "ոռ"), ("o", "оοօ"), ("p", "рρ"), ("q", "ԛ"),
            ("r", "г"), ("s", "ѕ"), ("t", "тτ"), ("u", "υսᴜ"), ("v", "νѵ"), ("w", "ԝѡ"), ("x", "хχ"), ("y", "уүγ"),
            ("z", "ᴢ"), ("A", "АΑ"), ("B", "ВΒ"), ("C", "СϹ"), ("E", "ЕΕ"), ("G", "Ԍ"), ("H", "НΗ"), ("I", "ІΙ"),
            ("J", "Ј"), ("K", "КΚ"), ("M", "МΜ"), ("N", "Ν"), ("O", "ОΟ"), ("P", "РΡ"), ("S", "Ѕ"), ("T", "ТΤ"),
            ("U", "Ս"), ("W", "Ԝ"), ("X", "ХΧ"), ("Y", "ҮΥ"), ("Z", "Ζ"),
        ]
        var letters: [UInt32: UInt8] = [:]
        for (letter, others) in table {
            for byte in letter.utf8 { for other in others.unicodeScalars { letters[other.value] = byte } }
        }
        return letters
    }()

    /// The first scalar of bytes that begin outside ASCII, and its length; `nil` and one byte where it is not UTF-8.
    private static func scalar(_ text: ArraySlice<UInt8>) -> (UInt32?, Int) {
        guard let first = text.first else { return (nil, 0) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, text.count >= length, text.dropFirst().prefix(length - 1).allSatisfy({ $0 & 0xC0 == 0x80 })
        else { return (nil, 1) }
        let lead = UInt32(first & (0x7F >> UInt8(length)))
        return (text.dropFirst().prefix(length - 1).reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) }, length)
    }
}
