package import RemitModel

/// Controls with the evidence of a period that supports each.
///
/// It says "supports", and what the evidence does not show; whether a control is met, an assessor decides.
package struct ControlReport: Sendable {
    package let facts: EvidenceFacts
    package let frameworks: [Framework]

    package init(_ facts: EvidenceFacts, of frameworks: [Framework]) {
        self.facts = facts
        self.frameworks = frameworks
    }

    /// What there is for one control.
    package struct Finding: Sendable {
        package let control: Control
        /// Those of its kinds of which the period has evidence, and those of which it has none.
        package let evidenced: [EvidenceKind]
        package let missing: [EvidenceKind]

        package var isSupported: Bool { !evidenced.isEmpty }
    }

    package func finding(_ control: Control) -> Finding {
        Finding(
            control: control, evidenced: control.kinds.filter(facts.has),
            missing: control.kinds.filter { !facts.has($0) })
    }

    /// The kinds that some control of the report asks for, in their order.
    package var kinds: [EvidenceKind] {
        let asked = Set(frameworks.flatMap(\.controls).flatMap(\.kinds))
        return EvidenceKind.allCases.filter(asked.contains)
    }

    static let noEvidence: SafeText = "no evidence in this period"
    static let reserve: SafeText =
        "Remit's records support controls; whether one is met, an assessor decides, with evidence from elsewhere"

    // MARK: Words that every form of it uses

    /// What was read, and of when.
    var opening: [SafeText] {
        var lines: [SafeText] = [
            Self.reserve, "period: \(facts.period.words), by the moments that the servers gave",
            "authority at commit \(facts.authority), read at \(facts.readAt)",
        ]
        lines += facts.logs.map(Self.words)
        if let oldest = facts.oldest { lines.append("the oldest entry is of \(oldest)") }
        return lines
    }

    private static func words(_ log: LogState) -> SafeText {
        let checkpoint: SafeText =
            log.checkpoint.map { "signed checkpoint over \($0) entries" } ?? "no signed checkpoint"
        return """
            log \(word: log.name): \(log.entries) entries in the period, of \(log.total); \(checkpoint); \
            \(words(log.verification))
            """
    }

    private static func words(_ verification: LogState.Verification) -> SafeText {
        switch verification {
        case .notAsked: "not verified in this run (--verify)"
        case .notHere: "not verified here: 'remit log verify' does it on its server"
        case .verified: "verified: every entry, the tree over them and what was published"
        case .faulty(let count):
            "NOT as it was written: \(MatterLines.count(count, "fault", "faults")), see 'remit log verify'"
        }
    }

    /// The figures of a kind: `decisions 12, decisions-allowed 10`.
    func figures(of kind: EvidenceKind) -> SafeText {
        let figures: [SafeText] = facts.figures(of: kind).map { "\($0.figure.words) \($0.count)" }
        return figures.isEmpty ? Self.noEvidence : SafeText.joined(figures, by: ", ")
    }

    /// One kind as evidence for a control: its name, and its first figure that is evidence.
    func support(_ kind: EvidenceKind) -> SafeText {
        let figure = facts.figures(of: kind).first { $0.figure.isEvidence }
        return "\(word: kind.rawValue)\(figure.map { " (\($0.figure.words) \($0.count))" } ?? "")"
    }

    /// What of a control is not shown, beside the kinds of which there is no evidence.
    func limits(_ finding: Finding) -> SafeText {
        .joined(finding.evidenced.map(\.limit) + [finding.control.fit.limit], by: "; ")
    }

    func names(_ kinds: [EvidenceKind]) -> SafeText {
        .joined(kinds.map { "\(word: $0.rawValue)" }, by: ", ")
    }
}
