import RemitModel

/// A decision in the form of the Open Policy Agent's decision log (openpolicyagent.org/docs, "Decision Logs").
package enum DecisionLogLine {
    /// What was asked; everything else that is recorded of a decision is the answer.
    private static let asked: Set<String> = [
        "repository", "pusher", "update_count", "updates", "commits", "submission", "job", "authorship", "via",
    ]

    /// The event; `nil` for an entry that is no decision.
    package static func json(of entry: ExportedEntry) -> JSONText? {
        guard case .decision(let verdict, let decision, _) = entry.content else { return nil }
        var members: [(name: String, value: JSONText)] = [
            ("decision_id", .string("sha256:\(entry.digest)")),
            (
                "labels",
                .object([
                    ("app", .string("remit")), ("id", .string(entry.name.log)), ("version", .string(entry.version)),
                    ("entry", .string(String(entry.name.sequence))), ("class", .string(entry.eventClass)),
                ])
            ),
            ("path", .string("remit/\(verdict.submission)")),
            ("timestamp", .string(entry.at.description)),
        ]
        if let commit = decision?.authority {
            members.append(("bundles", .object([("authority", .object([("revision", .string(commit.hex))]))])))
        }
        if let account = entry.account {
            members.append(("requested_by", .string(Escaping.text(account.bytes, limit: SafeText.valueAtMost))))
        }
        let allow: (name: String, value: JSONText) = ("allow", .boolean(verdict.letsThrough))
        if let decision, case .object(let parts) = JSONReport.object(decision) {
            members.append(("input", .object(parts.filter { asked.contains($0.name) })))
            members.append(("result", .object([allow] + parts.filter { !asked.contains($0.name) })))
        } else {
            members.append(("input", .object([("repository", .string(entry.repository))])))
            members.append(
                (
                    "result",
                    .object([
                        allow, ("outcome", .string(verdict.outcome.rawValue)), ("mode", .string(verdict.mode.rawValue)),
                    ])
                ))
            // JSON pointers to what is not there any more.
            members.append(("erased", .array(["/input/updates", "/result/findings"].map(JSONText.string))))
        }
        return .object(members)
    }
}
