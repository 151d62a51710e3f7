import RemitModel

extension ControlReport {
    package static let schema = "control-report/v1"

    /// The report as one JSON object: every figure once, and each control with the names of its kinds.
    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("reserve", .string(Self.reserve.text)),
            ("since", .string(facts.period.since.description)),
            ("until", .string(facts.period.until.description)),
            ("authority", .string(facts.authority.hex)),
            ("read_at", .string(facts.readAt.description)),
            ("oldest_entry", facts.oldest.map { .string($0.description) } ?? .null),
            ("logs", .array(facts.logs.map(Self.json))),
            ("evidence", .array(kinds.map(json))),
            ("frameworks", .array(frameworks.map(json))),
        ])
    }

    private static func json(_ log: LogState) -> JSONText {
        let verification: JSONText =
            switch log.verification {
            case .notAsked: .string("not-asked")
            case .notHere: .string("not-here")
            case .verified: .string("verified")
            case .faulty: .string("faulty")
            }
        return .object([
            ("log", .string(log.name)), ("entries", .integer(log.entries)), ("total", .integer(log.total)),
            ("checkpoint", log.checkpoint.map(JSONText.integer) ?? .null), ("verification", verification),
        ])
    }

    private func json(_ kind: EvidenceKind) -> JSONText {
        let figures = Figure.allCases.filter { $0.kind == kind }
        return .object([
            ("kind", .string(kind.rawValue)), ("is", .string(kind.words.text)),
            ("in_this_period", .boolean(facts.has(kind))),
            ("figures", .object(figures.map { (name: $0.rawValue, value: JSONText.integer(facts[$0])) })),
            ("entries", .array(facts.examples(of: kind).map(\.json))),
            ("does_not_show", .string(kind.limit.text)),
        ])
    }

    private func json(_ framework: Framework) -> JSONText {
        .object([
            ("key", .string(framework.key)), ("name", .string(framework.name.text)),
            ("version", .string(framework.version.text)), ("ids_and_titles", .string(framework.verified.rawValue)),
            ("terms", framework.license.map { .string($0.text) } ?? .null),
            ("note", framework.note.map { .string($0.text) } ?? .null),
            ("controls", .array(framework.controls.map(json))),
        ])
    }

    private func json(_ control: Control) -> JSONText {
        let finding = finding(control)
        func names(_ kinds: [EvidenceKind]) -> JSONText { .array(kinds.map { .string($0.rawValue) }) }
        return .object([
            ("id", .string(control.id.text)), ("title", .string(control.title.text)),
            ("fit", .string(control.fit.rawValue)),
            ("supported_by", names(finding.evidenced)), ("no_evidence_in_this_period", names(finding.missing)),
            ("not_shown", .string(limits(finding).text)),
            ("note", control.note.map { .string($0.text) } ?? .null),
        ])
    }
}
