import RemitFormats
import RemitModel

/// The one pass over a commit's message.
struct MessageScanner {
    let catalogue: MarkCatalogue
    let extra: ExtraMarks
    let message: [UInt8]
    var scan = MarkScan()
    /// Git's trailer block, found only when a line has matched.
    private var block: Range<Int>??

    init(catalogue: MarkCatalogue, extra: ExtraMarks, message: [UInt8]) {
        self.catalogue = catalogue
        self.extra = extra
        self.message = message
    }

    mutating func run() {
        for line in MessageLines(message) where !line.isEmpty {
            if let keyed = KeyedLine(line) { look(at: keyed) }
            look(at: line)
            if line.contains(UInt8(ascii: "\\")) { lookBehindEscapes(line) }
        }
    }

    private mutating func look(at line: KeyedLine, atMost limit: Confidence = .definite) {
        var hits: [Int] = []
        let tool = toolPart(of: line)
        catalogue.values.forEach(line.key) { index in
            switch catalogue.mark(index).form {
            case .value(_, let pattern): if pattern.matches(tool) { hits.append(index) }
            case .valueEmail(_, let address):
                if Pattern.exact(address).matches(CoAuthor(line.value).email) { hits.append(index) }
            default: break
            }
        }
        let place = { (scanner: inout MessageScanner) in scanner.place(of: line.key.startIndex) }
        for index in hits {
            catalogue.report(index, place(&self), excerpt(line), to: &scan, atMost: limit)
        }
        guard isCoAuthor(line) else { return }
        let person = CoAuthor(line.value)
        let people = catalogue.scan(
            name: person.name.trimmingBlanks(), email: person.email, line: .coAuthor, place: place(&self),
            excerpt: excerpt(line), extra: extra, atMost: limit)
        scan.add(people)
    }

    /// In `Assisted-by: <model> via <tool>` the tool made the commit, whoever made its model.
    private func toolPart(of line: KeyedLine) -> ArraySlice<UInt8> {
        let via = " via "
        guard line.isNamed("assisted-by"),
            let start = line.value.indices.last(where: { line.value.folds(via, at: $0) })
        else { return line.value }
        return line.value[(start + via.utf8.count)...].trimmingBlanks()
    }

    private func isCoAuthor(_ line: KeyedLine) -> Bool {
        line.isNamed("co-authored-by") || line.isNamed("coauthored-by") || line.isNamed("co-authoredby")
    }

    private func excerpt(_ line: KeyedLine) -> ByteString {
        ByteString(message[line.key.startIndex..<max(line.value.endIndex, line.key.endIndex)])
    }

    private mutating func place(of start: Int) -> MarkPlace {
        let range: Range<Int>?
        if let known = block {
            range = known
        } else {
            range = Trailers.block(of: message)
            block = .some(range)
        }
        return range?.contains(start) == true ? .trailer : .message
    }

    /// Footers and whole lines.
    ///
    /// The first byte decides whether anything can match at all.
    private mutating func look(at line: ArraySlice<UInt8>) {
        let text = line.trimmingBlanks()
        guard let first = text.first, catalogue.canBeginLine(first) else { return }
        for index in catalogue.lines {
            if case .line(let pattern) = catalogue.mark(index).form, pattern.matches(text) {
                catalogue.report(index, .message, ByteString(text), to: &scan)
            }
        }
        guard let footer = FooterLine(text) else { return }
        for index in catalogue.footers {
            if case .footer(let mark) = catalogue.mark(index).form, footer.matches(mark) {
                catalogue.report(index, .message, ByteString(text), to: &scan)
            }
        }
    }

    /// A tool that passes `-m "a\n\nCo-authored-by: …"` to git writes the backslashes into the message.
    ///
    /// Only a co-author that follows two written line breaks and ends the line is read, and never as more than strong:
    /// a sentence about such a command goes on after the address.
    private mutating func lookBehindEscapes(_ line: ArraySlice<UInt8>) {
        var end = line.endIndex
        while line[..<end].suffix(2).elementsEqual(#"\n"#.utf8) { end -= 2 }
        let text = line[..<end]
        let mark = #"\n\n"#
        guard let start = text.indices.last(where: { text.folds(mark, at: $0) }),
            let keyed = KeyedLine(text[(start + mark.utf8.count)...]), isCoAuthor(keyed),
            CoAuthor(keyed.value).rest.isEmpty
        else { return }
        look(at: keyed, atMost: .strong)
    }
}
