import RemitModel

extension ControlReport {
    /// The report as text for a terminal: first the evidence, then each control with what supports it.
    package var text: String {
        var lines: [SafeText] = ["evidence for controls"] + opening + ["", "EVIDENCE"]
        for kind in kinds { lines += self.lines(of: kind) }
        for framework in frameworks {
            lines += ["", "\(framework.name) [\(word: framework.key)]"]
            lines += Self.about(framework).map { "  \($0)" }
            for control in framework.controls { lines += self.lines(of: control) }
        }
        return lines.map { $0.text + "\n" }.joined()
    }

    private func lines(of kind: EvidenceKind) -> [SafeText] {
        var lines: [SafeText] = [
            "  \(word: kind.rawValue): \(kind.words)", "      \(figures(of: kind))",
            "      does not show: \(kind.limit)",
        ]
        let examples = facts.examples(of: kind)
        if !examples.isEmpty { lines.append("      entries: \(MatterLines.entries(examples))") }
        return lines
    }

    private func lines(of control: Control) -> [SafeText] {
        let finding = finding(control)
        var lines: [SafeText] = ["  \(control.id) \(control.title)"]
        if finding.isSupported {
            lines.append("      \(control.fit.words): \(SafeText.joined(finding.evidenced.map(support), by: ", "))")
        } else {
            lines.append("      \(Self.noEvidence)")
        }
        if finding.isSupported, !finding.missing.isEmpty {
            lines.append("      \(Self.noEvidence): \(names(finding.missing))")
        }
        lines.append("      not shown: \(limits(finding))")
        if let note = control.note { lines.append("      note: \(note)") }
        return lines
    }

    static func about(_ framework: Framework) -> [SafeText] {
        var lines: [SafeText] = ["version \(framework.version)", framework.verified.words]
        if let license = framework.license { lines.append("terms: \(license)") }
        if let note = framework.note { lines.append(note) }
        return lines
    }
}
