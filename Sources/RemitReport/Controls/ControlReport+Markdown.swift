import RemitModel

extension ControlReport {
    /// The report as Markdown, to be put beside other evidence.
    ///
    /// Whatever can hold text from outside (the name of a log) stands in `<pre>` with HTML's escapes; tables hold words
    /// and numbers of ours alone, escaped all the same.
    package var markdown: String {
        var text = "# Evidence for controls\n\n" + MarkdownPage.preformatted(opening)
        text += "\n## Evidence\n"
        for kind in kinds {
            text += "\n### \(Self.cell("\(word: kind.rawValue)"))\n\n" + MarkdownPage.preformatted(lines(of: kind))
        }
        for framework in frameworks {
            text += "\n## \(Self.cell(framework.name))\n\n"
            text += Self.about(framework).map { Self.cell($0) + "\n" }.joined(separator: "\n") + "\n"
            text += "| Control | Title | Evidence | Not shown |\n| --- | --- | --- | --- |\n"
            for control in framework.controls { text += row(control) }
        }
        return text
    }

    private func lines(of kind: EvidenceKind) -> [SafeText] {
        var lines = [kind.words, figures(of: kind), "does not show: \(kind.limit)"]
        let examples = facts.examples(of: kind)
        if !examples.isEmpty { lines.append("entries: \(MatterLines.entries(examples))") }
        return lines
    }

    private func row(_ control: Control) -> String {
        let finding = finding(control)
        var evidence: [SafeText] = []
        if finding.isSupported {
            evidence.append("\(control.fit.words): \(SafeText.joined(finding.evidenced.map(support), by: ", "))")
        }
        if !finding.missing.isEmpty { evidence.append("\(Self.noEvidence): \(names(finding.missing))") }
        var limits = [self.limits(finding)]
        if let note = control.note { limits.append("note: \(note)") }
        let cells = [
            Self.cell(control.id), Self.cell(control.title), evidence.map(Self.cell).joined(separator: "<br>"),
            limits.map(Self.cell).joined(separator: "<br>"),
        ]
        return "| \(cells.joined(separator: " | ")) |\n"
    }

    /// Text in a table or a heading: no Markdown, no HTML is read in it.
    private static func cell(_ text: SafeText) -> String { Escapes.markdown.text(text) }
}

extension Escapes {
    /// CommonMark outside of code: what begins markup, HTML or a table's cell, as HTML's character references, which
    /// are read as text everywhere (CommonMark 0.31, 2.5; GFM 4.10).
    static let markdown = Escapes([
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "`": "&#96;", "|": "&#124;",
        "*": "&#42;", "_": "&#95;", "[": "&#91;", "]": "&#93;", "#": "&#35;", "~": "&#126;", "\\": "&#92;",
        "@": "&#64;", "!": "&#33;",
    ])
}
