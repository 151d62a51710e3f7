import RemitModel

/// An entry in the Open Cybersecurity Schema Framework, version 1.5.0 (schema.ocsf.io).
///
/// A decision holds what came against the policy: a Compliance Finding. A ref that moved without one is a Detection
/// Finding; what happens to the gate is Application Lifecycle; the rest are base events.
package enum OCSFEvent {
    static let version = "1.5.0"

    /// The class, its category, and what was done by its numbers there.
    private struct Class {
        let uid: Int
        let category: Int
        let activity: Int
        let activityName: String

        init(_ uid: Int, _ category: Int, _ activity: Int, _ name: String) {
            self.uid = uid
            self.category = category
            self.activity = activity
            activityName = name
        }
    }

    private static let other = 99

    package static func json(of entry: ExportedEntry) -> JSONText {
        let kind = kind(of: entry)
        let common: [(name: String, value: JSONText)] = [
            ("class_uid", .integer(kind.uid)),
            ("category_uid", .integer(kind.category)),
            ("activity_id", .integer(kind.activity)),
            ("activity_name", .string(kind.activityName)),
            ("type_uid", .integer(kind.uid * 100 + kind.activity)),
            ("severity_id", .integer(severity(entry.severity))),
            ("time", .integer(Int(entry.at.seconds) * 1000)),
            ("message", .string(entry.message.text)),
            (
                "metadata",
                .object([
                    ("version", .string(version)),
                    (
                        "product",
                        .object([
                            ("name", .string("Remit")), ("vendor_name", .string("Remit")),
                            ("version", .string(entry.version)),
                        ])
                    ),
                    ("uid", .string("sha256:\(entry.digest)")),
                    ("event_code", .string(entry.eventClass)),
                    ("log_name", .string(entry.name.log)),
                    ("sequence", .integer(Int(entry.name.sequence))),
                ])
            ),
        ]
        return .object(common + members(of: entry) + [("unmapped", unmapped(entry))])
    }

    private static func kind(of entry: ExportedEntry) -> Class {
        switch entry.content {
        case .decision: Class(2003, 2, 1, "Create")
        case .effect(_, let undecided, _):
            undecided > 0 ? Class(2004, 2, 1, "Create") : Class(0, 0, other, "Land")
        case .lifecycle(let event, _):
            switch event {
            case "installed": Class(6002, 6, 1, "Install")
            case "started": Class(6002, 6, 3, "Start")
            case "disabled": Class(6002, 6, 7, "Disable")
            case "upgraded": Class(6002, 6, 8, "Update")
            default: Class(6002, 6, other, event)
            }
        case .anchor: Class(0, 0, other, "Anchor")
        }
    }

    private static func severity(_ severity: ExportedEntry.Severity) -> Int {
        switch severity {
        case .informational: 1
        case .medium: 3
        case .high: 4
        }
    }

    /// What the class has beside what every event has.
    private static func members(of entry: ExportedEntry) -> [(name: String, value: JSONText)] {
        switch entry.content {
        case .decision(let verdict, let decision, _):
            finding(entry) + [("compliance", compliance(verdict, decision)), ("resources", resources(entry))]
        case .effect(_, let undecided, _):
            undecided > 0 ? finding(entry) + [("resources", resources(entry))] : [("status_id", .integer(1))]
        case .lifecycle:
            [("app", .object([("name", .string("Remit")), ("vendor_name", .string("Remit"))]))]
        case .anchor: [("status_id", .integer(1))]
        }
    }

    private static func finding(_ entry: ExportedEntry) -> [(name: String, value: JSONText)] {
        [
            // New: who works on findings says what becomes of it.
            ("status_id", .integer(1)),
            (
                "finding_info",
                .object([
                    ("uid", .string("sha256:\(entry.digest)")), ("title", .string(entry.title.text)),
                    ("desc", .string(entry.message.text)),
                ])
            ),
        ]
    }

    /// Whether it was as the policy demands: 1 pass, 2 not to be told, 3 fail; by an exception it is neither.
    private static func compliance(_ verdict: ExportedEntry.Verdict, _ decision: Decision?) -> JSONText {
        let status: (id: Int, name: String) =
            switch verdict.outcome {
            case .allowed: verdict.isOverridden ? (other, "Exception") : (1, "Pass")
            case .refused: (3, "Fail")
            case .undecided: (2, "Warning")
            }
        var members: [(name: String, value: JSONText)] = [
            ("control", .string("agents' work is delegated")),
            ("status_id", .integer(status.id)),
            ("status", .string(status.name)),
        ]
        if let decision {
            if let version = decision.policyVersion {
                members.append(("standards", .array([.string("authority.toml version \(version)")])))
            }
            let (broken, excepted) = (Set(decision.findings.map(\.rule)), Set(decision.overrides.map(\.rule)))
            let observed = Set(decision.observations.map(\.rule))
            let asked =
                decision.rules + RuleCode.allCases.filter { broken.contains($0) && !decision.rules.contains($0) }
            members.append(
                (
                    "checks",
                    .array(
                        asked.map { rule in
                            let passed = observed.contains(rule) ? 2 : 1
                            let id = broken.contains(rule) ? 3 : excepted.contains(rule) ? other : passed
                            return .object([
                                ("uid", .string(rule.rawValue)), ("name", .string(rule.rawValue)),
                                ("status_id", .integer(id)),
                            ])
                        })
                ))
        }
        return .object(members)
    }

    private static func resources(_ entry: ExportedEntry) -> JSONText {
        .array(
            [.object([("type", .string("repository")), ("name", .string(entry.repository))])]
                + entry.updates.map { update in
                    .object([
                        ("type", .string("commit")), ("uid", .string(update.new.hex)),
                        ("name", .string(Escaping.text(update.ref.bytes, limit: 1024))),
                    ])
                })
    }

    /// What the schema has no place for.
    private static func unmapped(_ entry: ExportedEntry) -> JSONText {
        var members: [(name: String, value: JSONText)] = [("repository", .string(entry.repository))]
        if let account = entry.account { members.append(("account", .bytes(account))) }
        switch entry.content {
        case .decision(let verdict, let decision, _):
            members += [
                ("submission", .string(verdict.submission)), ("outcome", .string(verdict.outcome.rawValue)),
                ("mode", .string(verdict.mode.rawValue)), ("overridden", .boolean(verdict.isOverridden)),
                ("erased", .boolean(decision == nil)),
            ]
            if let decision {
                members.append(("agents", .array(decision.agents.map { .string($0.agent) })))
                members.append(("delegations", .array(entry.delegations.map { .string($0.description) })))
                members.append(("environment", decision.submission.environment.map(JSONText.string) ?? .null))
            }
        case .effect(let landed, let undecided, let details):
            members += [
                ("landed", .integer(landed)), ("undecided", .integer(undecided)), ("erased", .boolean(details == nil)),
            ]
        case .lifecycle(let event, let details):
            members.append(("event", .string(event)))
            members += details.map { ($0.name, .string($0.value)) }
        case .anchor(let size): members.append(("size", .integer(size)))
        }
        return .object(members)
    }
}
