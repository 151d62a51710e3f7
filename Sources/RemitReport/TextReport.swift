package import RemitModel

/// A decision in words, for the person who has just pushed.
package struct TextReport: Sendable {
    /// More groups of findings than this are only counted.
    package static let groupsAtMost = 20
    /// More remarks than this are not shown.
    private static let remarksAtMost = 4
    /// Room kept for the lines that end a report.
    private static let closingLines = (8 + remarksAtMost) * TextLines.lineAtMost

    private let occasion: Occasion
    private let ledgerEntry: Int?
    private let hostPrefix: String

    /// `hostPrefix` stands before each line where a host demands one: `GL-HOOK-ERR: ` at GitLab.
    package init(of occasion: Occasion = .push, ledgerEntry: Int? = nil, hostPrefix: String = "") {
        self.occasion = occasion
        self.ledgerEntry = ledgerEntry
        self.hostPrefix = hostPrefix
    }

    /// Lines that end in LF; empty where nothing needs to be said.
    package func text(of decision: Decision) -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        let severity: SafeText? =
            switch (decision.outcome, decision.letsThrough) {
            case (.allowed, _): nil
            case (_, false): "error"
            case (_, true): "warning"
            }
        let opening = occasion.opening(of: decision)
        let observations = ObservationLines.lines(of: decision, as: occasion)
        if opening.isEmpty, observations.isEmpty, decision.remarks.isEmpty { return "" }
        for line in opening { lines.append(line) }
        if let via = RouteWords.via(decision.route.via) { lines.append("via \(via)") }
        if let severity { append(decision.findings, of: decision.findingCount, as: severity, to: &lines) }
        for line in observations { lines.append(line) }
        for remark in decision.remarks.prefix(Self.remarksAtMost) { lines.append("note: \(plain: remark)") }
        if let ledgerEntry { lines.append("decision \(ledgerEntry) recorded") }
        return lines.text
    }

    /// Findings without a decision, such as of a scan.
    package func text(of findings: [Finding]) -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        append(findings, of: findings.count, as: "error", to: &lines)
        return lines.text
    }

    private func append(_ findings: [Finding], of count: Int, as severity: SafeText, to lines: inout TextLines) {
        var told = 0
        var hints: Set<SafeText> = []
        for group in FindingGroup.groups(of: findings, as: occasion).prefix(Self.groupsAtMost) {
            let sentence = Sentence(group)
            var block: [SafeText] = ["\(severity): \(sentence.fault)"]
            block += Details.lines(of: group).map { "  \($0)" }
            // The same advice once: a flood of it hides the faults.
            block += sentence.hints.filter { hints.insert($0).inserted }.map { "hint: \($0)" }
            guard lines.append(block, leaving: Self.closingLines) else { break }
            told += group.findings
        }
        let left = max(count, findings.count) - told
        if left > 0 { lines.append(left == 1 ? "and 1 more finding" : "and \(left) more findings") }
    }
}
