import RemitModel

/// A recorded decision in in-toto statements, as payloads to sign.
package struct ExportedStatements {
    private let entry: ExportedEntry
    /// Where the source is: `git+` and a URL; `nil` where nobody says.
    private let resource: String?

    package init(_ entry: ExportedEntry, resource: String?) {
        self.entry = entry
        self.resource = resource
    }

    /// Remit's decision with everything that led to it; `nil` for an entry that is none.
    ///
    /// - Parameter tellsAuthors: whether it says of each commit who wrote it.
    package func decision(tellsAuthors: Bool = true) -> [UInt8]? {
        guard case .decision(let verdict, let decision, _) = entry.content else { return nil }
        var members: [(name: String, value: JSONText)]
        if let decision,
            case .object(let told) = JSONReport.object(decision, tellsAuthors: tellsAuthors).lowerCamelCased
        {
            members = told
        } else {
            members = [
                ("schema", .string(JSONReport.decisionSchema)), ("outcome", .string(verdict.outcome.rawValue)),
                ("mode", .string(verdict.mode.rawValue)), ("repository", .string(entry.repository)),
                ("decidedAt", .string(entry.at.description)),
                ("submission", .object([("kind", .string(verdict.submission))])), ("erased", .boolean(true)),
            ]
        }
        members.append(
            (
                "log",
                .object([
                    ("name", .string(entry.name.log)), ("entry", .integer(Int(entry.name.sequence))),
                    ("digest", .object([("sha256", .string(entry.digest))])),
                ])
            ))
        return SourceStatement.statement(of: StatementURI.decision, subjects, .object(members)).encoded
    }

    /// A summary for each revision that a push was allowed to put on a branch.
    ///
    /// What was asked by a CI job was not accepted by that, and what an exception or monitor mode let through says so in
    /// its levels or has no summary. Without the policy that was decided under, nothing is summed up.
    package func summaries() -> [[UInt8]] {
        guard case .decision(let verdict, let decision?, let policy?) = entry.content, verdict.outcome == .allowed,
            verdict.mode == .enforce, decision.submission == .push, let resource
        else { return [] }
        return decision.updates.filter { $0.ref.starts(with: "refs/heads/") && !$0.isDeletion }.map { update in
            SourceStatement.summary(
                of: SourceStatement.revision(update.new, on: [update.ref], of: resource),
                by: StatementURI.pushVerifier, version: entry.version, at: entry.at, resource: resource, under: policy,
                levels: SourceLevel.levels(of: decision)
            ).encoded
        }
    }

    /// The revisions on branches; where there are none, the entry itself, which always has a digest.
    private var subjects: [JSONText] {
        let isDeployment = entry.decision?.submission.isDeployment == true
        let updates = entry.updates.filter { update in
            !update.isDeletion && (isDeployment || update.ref.starts(with: "refs/heads/"))
        }
        guard updates.isEmpty else {
            return updates.map { SourceStatement.revision($0.new, on: [$0.ref], of: resource) }
        }
        return [
            .object([
                ("name", .string("\(entry.name.log)#\(entry.name.sequence)")),
                ("digest", .object([("sha256", .string(entry.digest))])),
            ])
        ]
    }
}
