import RemitFormats
import RemitModel

/// A `Generated with …` line taken apart.
struct FooterLine {
    let hasOrnament: Bool
    let label: ArraySlice<UInt8>
    let link: ArraySlice<UInt8>

    /// The most bytes of emoji and ornaments before the words.
    static let maximumLead = 32

    init?(_ text: ArraySlice<UInt8>) {
        var start = text.startIndex
        // Not `>`, quotation marks or `#`: then somebody quotes the line.
        while start < text.endIndex, start - text.startIndex < Self.maximumLead,
            text[start] >= 0x80 || text[start] == UInt8(ascii: " ") || text[start] == UInt8(ascii: "*")
                || text[start] == UInt8(ascii: "_") || text[start] == UInt8(ascii: "-")
        {
            start += 1
        }
        let words = "generated with "
        guard text.folds(words, at: start) else { return nil }
        hasOrnament = start > text.startIndex
        var rest = text[(start + words.utf8.count)...].trimmingBlanks()
        while let last = rest.last, last == UInt8(ascii: "*") || last == UInt8(ascii: "_") { rest = rest.dropLast() }
        let bracketed = rest.first == UInt8(ascii: "[")
        if bracketed { rest = rest.dropFirst() }
        if rest.last == UInt8(ascii: ")"), let open = rest.firstIndex(of: UInt8(ascii: "(")) {
            link = rest[(open + 1)..<(rest.endIndex - 1)]
            rest = rest[..<open].trimmingBlanks()
        } else {
            link = []
        }
        if bracketed, rest.last == UInt8(ascii: "]") { rest = rest.dropLast() }
        label = rest
    }

    func matches(_ mark: Footer) -> Bool {
        if case .ornament = mark.lead, !hasOrnament { return false }
        guard Pattern.exact(mark.label).matches(label) else { return false }
        return mark.link.map { Pattern.exact($0).matches(link) } ?? true
    }
}
