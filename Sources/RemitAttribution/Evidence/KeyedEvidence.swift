import RemitFormats
import RemitModel

/// Keyed lines: `Co-authored-by: …`, `Made-with: …`, `Replit-Commit-Author: …`, wherever in the message they stand.
///
/// - Who writes it: the tool, when it commits; or the model, told to by the tool's instructions.
/// - How it is matched: a key that begins its line, at most four blanks before it, letters without regard to case and
///   dashes to whether they are there; its value as the catalogue says. Git's trailer block is not demanded: squash merges,
///   templates and footers leave 4 to 97 per cent of these lines outside it, by key; where it is met, the place is `trailer`,
///   otherwise `message`.
/// - How sure: what the catalogue says. Words after a co-author's address make it a sentence, which is weak.
/// - What it misses: tools that write nothing by default, hooks that strip the line, squashes that drop it.
/// - What it must not take: quotations (`> Co-authored-by:`), lines of a pasted diff (`-Co-authored-by:`), list items, and
///   keys that say something else (`Reviewed-by: Claude`).
///
/// Source: git-interpret-trailers(1); GitHub's documentation of commits with several authors; the counts are of 36,285
/// public commits that carry such a line.
extension MessageScanner {
    /// Looks a keyed line up, and its key's likely meaning where it is misspelt.
    ///
    /// `mark` is the whole of it, as it is shown.
    mutating func look(
        key: ArraySlice<UInt8>, value: ArraySlice<UInt8>, mark: ArraySlice<UInt8>, _ reading: Reading
    ) {
        // A line that a pasted diff takes away.
        guard key.first != UInt8(ascii: "-") else { return }
        if isCoAuthor(key) {
            lookForCoAuthor(key, value, mark, reading)
        } else if !lookForValue(key, value, mark, reading), let meant = KeySpelling.meant(by: key) {
            let misspelt = reading.mangled(.misspelt)
            if isCoAuthor(meant[...]) {
                lookForCoAuthor(meant[...], value, mark, misspelt)
            } else {
                _ = lookForValue(meant[...], value, mark, misspelt)
            }
        }
    }

    /// The marks of a key; says whether the catalogue knows it.
    mutating func lookForValue(
        _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ mark: ArraySlice<UInt8>, _ reading: Reading
    ) -> Bool {
        var hits: [Int] = []
        var wholeHits: [Int] = []
        var convention: Convention?
        let isKnown = catalogue.values.forEach(key) { index in
            switch catalogue.mark(index).form {
            case .value(_, let pattern):
                convention = convention ?? Convention(key, value, catalogue)
                if pattern.matches(convention?.tool ?? value) { hits.append(index) }
                if convention?.hasVia == true, pattern.matches(value) { wholeHits.append(index) }
            case .valueEmail(_, let address):
                if Pattern.exact(address).matches(CoAuthor(value).email) { hits.append(index) }
            default: break
            }
        }
        // What stands behind `via` was no agent's name.
        if !wholeHits.isEmpty, !hits.contains(where: { catalogue.tool(of: $0).kind == .agent }) { hits = wholeHits }
        guard !hits.isEmpty else { return isKnown }
        let reading = convention?.isPersons == true ? reading.weak() : reading
        let (place, excerpt) = (place(of: mark, reading), excerpt(mark, reading))
        for index in hits { catalogue.report(index, place, excerpt, to: &scan, reading: reading) }
        return isKnown
    }

    /// The name and address of a co-author.
    mutating func lookForCoAuthor(
        _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ mark: ArraySlice<UInt8>, _ reading: Reading
    ) {
        let person = CoAuthor(value)
        lookForOthers(key, after: person, mark, reading)
        if addCoAuthor(person, key, value, mark, reading) { return }
        // Something invisible within the address, where the key itself is right.
        guard let folded = Lookalikes.fold(value) else { return }
        _ = addCoAuthor(CoAuthor(folded[...]), key, folded[...], mark, reading.mangled(.lookalike))
    }

    /// The most co-authors of one line that are looked at.
    private static var maximumCoAuthors: Int { 16 }

    /// Those who follow the first on the same line, which should have lines of their own.
    private mutating func lookForOthers(
        _ key: ArraySlice<UInt8>, after first: CoAuthor, _ mark: ArraySlice<UInt8>, _ reading: Reading
    ) {
        var rest = first.rest.trimmingBlanks()
        var count = 1
        while let separator = rest.first, ",;&".utf8.contains(separator), count < Self.maximumCoAuthors {
            let value = rest.dropFirst().trimmingBlanks()
            let person = CoAuthor(value)
            _ = addCoAuthor(person, key, value, mark, reading.mangled(.joinedLines))
            rest = person.rest.trimmingBlanks()
            count += 1
        }
    }

    /// Says whether the catalogue can know anything by a key.
    func canBeKnown(_ key: ArraySlice<UInt8>) -> Bool {
        isCoAuthor(key) || catalogue.values.forEach(key) { _ in }
    }

    private mutating func addCoAuthor(
        _ person: CoAuthor, _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ mark: ArraySlice<UInt8>,
        _ reading: Reading
    ) -> Bool {
        guard let reading = reading.of(person) else { return false }
        let before = scan.count
        _ = lookForValue(key, value, mark, reading)
        let found = catalogue.scan(
            name: person.name.trimmingBlanks(), email: person.email, line: .coAuthor, place: .message, excerpt: nil,
            extra: extra, reading: reading)
        guard found.count > 0 else { return scan.count > before }
        let (place, excerpt) = (place(of: mark, reading), excerpt(mark, reading))
        for evidence in found.evidence { scan.add(evidence.moved(to: place, excerpt)) }
        return true
    }

    func isCoAuthor(_ key: ArraySlice<UInt8>) -> Bool {
        guard key.first?.foldedASCII == UInt8(ascii: "c"), (12...16).contains(key.count) else { return false }
        let dash = UInt8(ascii: "-")
        return key.lazy.filter { $0 != dash }.map(\.foldedASCII).elementsEqual("coauthoredby".utf8)
    }
}

extension Reading {
    /// How a co-author's value is read, by what follows the address; `nil` where it says nothing.
    fileprivate func of(_ person: CoAuthor) -> Reading? {
        var reading = self
        if person.isOpen { reading = reading.mangled(.misspelt) }
        let rest = person.rest.trimmingBlanks()
        guard let first = rest.first else { return reading }
        if first == UInt8(ascii: "\\") { return reading.mangled(.escapedLineBreaks) }
        if Lookalikes.beginsWithQuotationMark(rest) { return reading.mangled(.lookalike) }
        // The right side of a frame is as good as the line's end.
        if malformation == .pasted, Frame.isSide(rest) { return reading }
        if KeyedLine(rest) != nil { return reading.mangled(.joinedLines) }
        // Of what is mangled already, more text leaves nothing to go by.
        guard malformation == nil else { return nil }
        // The sentence goes on: it speaks of the line.
        return first.isLetter ? reading.weak() : reading
    }
}

extension Evidence {
    fileprivate func moved(to place: MarkPlace, _ excerpt: ByteString) -> Evidence {
        Evidence(
            agent: agent, kind: kind, place: place, strength: strength, confidence: confidence,
            malformation: malformation, excerpt: excerpt)
    }
}
