import RemitModel

extension ControlReport {
    /// The report as one HTML page; each entry that is named leads to where it is told how to look it up.
    package var page: HTMLPage {
        let entries = EntryIndex(kinds.flatMap(facts.examples))
        let evidence = HTML.Part(
            HTML.ID("evidence"), "Evidence", content: kinds.enumerated().map { section($0.element, $0.offset, entries) }
        )
        var parts = [evidence]
        for (index, framework) in frameworks.enumerated() { parts.append(part(framework, index)) }
        if !entries.isEmpty { parts.append(entries.part) }
        return HTMLPage(
            title: "Evidence for controls",
            lead: [.element(.div, [.style(.lead)], opening.map { .paragraph(.text($0)) })], parts: parts,
            closing: [.paragraph(.text(Self.reserve))])
    }

    private static func id(_ kind: EvidenceKind) -> HTML.ID {
        HTML.ID("kind", EvidenceKind.allCases.firstIndex(of: kind) ?? 0)
    }

    private func section(_ kind: EvidenceKind, _ index: Int, _ entries: EntryIndex) -> HTML {
        let figures: [(name: SafeText, values: [[HTML]])] = facts.figures(of: kind).map { figure, count in
            (figure.words, [["\(count)"]])
        }
        var content: [HTML] = [.paragraph(.text(kind.words))]
        content.append(figures.isEmpty ? .paragraph(.badge(.plain, Self.noEvidence)) : .facts(figures))
        if !figures.isEmpty, !facts.has(kind) { content.append(.paragraph(.badge(.plain, Self.noEvidence))) }
        content.append(.paragraph("does not show: \(kind.limit)", style: .quiet))
        let links = facts.examples(of: kind).map { [entries.link($0)] }
        if !links.isEmpty { content.append(.list(links, style: .row)) }
        return .section(Self.id(kind), "\(word: kind.rawValue)", style: .card, content: content)
    }

    private func part(_ framework: Framework, _ index: Int) -> HTML.Part {
        let about: [HTML] = Self.about(framework).map { .paragraph(.text($0), style: .quiet) }
        return HTML.Part(
            HTML.ID("framework", index), "\(framework.name)",
            content: about + [
                .table(
                    "Controls of \(framework.name)", columns: ["Control", "Title", "Evidence", "Not shown"],
                    rows: framework.controls.map(row))
            ])
    }

    private func row(_ control: Control) -> [HTML] {
        let finding = finding(control)
        var evidence: [[HTML]] = []
        if finding.isSupported {
            evidence.append([.badge(control.fit == .contextual ? .plain : .good, control.fit.words)])
        }
        evidence += finding.evidenced.map { [.link(to: Self.id($0), .text(support($0)))] }
        if !finding.missing.isEmpty {
            evidence.append([.badge(.plain, Self.noEvidence)] + [.text(": \(names(finding.missing))")])
        }
        var limits: [[HTML]] = [[.text(limits(finding))]]
        if let note = control.note { limits.append(["note: \(note)"]) }
        return [.text(control.id), .text(control.title), .list(evidence), .list(limits)]
    }
}

/// The entries that a page names, each once, with a place to lead to.
private struct EntryIndex {
    private let entries: [Trace.Entry]
    private let places: [Trace.Entry: Int]

    init(_ all: [Trace.Entry]) {
        var places: [Trace.Entry: Int] = [:]
        var entries: [Trace.Entry] = []
        for entry in all where places[entry] == nil {
            places[entry] = entries.count
            entries.append(entry)
        }
        self.entries = entries
        self.places = places
    }

    var isEmpty: Bool { entries.isEmpty }

    func link(_ entry: Trace.Entry) -> HTML {
        guard let place = places[entry] else { return .code(entry.words) }
        return .link(to: HTML.ID("entry", place), .code(entry.words))
    }

    var part: HTML.Part {
        let items: [[HTML]] = entries.enumerated().map { place, entry in
            [
                .element(.span, [.id(HTML.ID("entry", place))], [.code(entry.words)]),
                ": ", .code("remit replay \(Int(entry.sequence))"), ", ",
                .code("remit log prove \(Int(entry.sequence))"),
            ]
        }
        return HTML.Part(HTML.ID("entries"), "Entries", content: [.list(items)])
    }
}
