package import RemitModel

extension Trace {
    package static let schema = "trace/v1"

    /// The trace as one JSON object; what is not archived is `null`.
    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("kind", .string(kind.rawValue)),
            ("value", .bytes(value)),
            ("decisions", .array(decisions.map(\.json))),
            ("is_cut", .boolean(isCut)),
            ("effects", .array(effects.map(\.json))),
            ("agents", .array(agents.map(\.json))),
            ("chains", .array(chains.map { .array($0.map(\.json)) })),
            ("related", .array(related.map(\.summary))),
            ("older", older.json),
            ("related_older", relatedOlder.json),
        ])
    }
}

extension Trace.Rest {
    /// What was left out: so many entries, or at least so many.
    fileprivate var json: JSONText {
        .object([("entries", .integer(entries)), ("is_counted", .boolean(isCounted))])
    }
}

extension Trace.Entry {
    fileprivate var members: [(name: String, value: JSONText)] {
        [("log", .string(log)), ("sequence", .integer(Int(sequence)))]
    }
}

extension Trace.Recorded {
    fileprivate var json: JSONText {
        .object(members + [("decision", decision.map { JSONReport.object($0) } ?? .null)])
    }

    /// Without the decision itself, which is read by its own trace.
    fileprivate var summary: JSONText {
        let refs = decision.map { $0.updates.map { JSONText.bytes($0.ref) } }
        return .object(members + [("refs", refs.map(JSONText.array) ?? .null)])
    }

    private var members: [(name: String, value: JSONText)] {
        entry.members + [
            ("at", .string(at.description)), ("program", .string(program)), ("repository", .string(repository)),
            ("outcome", .string(outcome.rawValue)),
        ]
    }
}

extension Trace.Effect {
    fileprivate var json: JSONText {
        .object(
            entry.members + [
                ("at", .string(at.description)), ("landed", .integer(landed)), ("undecided", .integer(undecided)),
                ("repository", .string(repository)), ("updates", moves.map { .array($0.map(\.json)) } ?? .null),
            ])
    }
}

extension Trace.Move {
    fileprivate var json: JSONText {
        .object([
            ("ref", .bytes(update.ref)), ("old", .string(update.old.hex)), ("new", .string(update.new.hex)),
            ("decision", decision.map { .integer(Int($0)) } ?? .null),
        ])
    }
}

extension Trace.Participant {
    fileprivate var json: JSONText {
        .object([
            ("agent", .string(id)), ("owners", owners.map { .array($0.map(JSONText.string)) } ?? .null),
        ])
    }
}

extension Trace.Link {
    fileprivate var json: JSONText {
        .object([("delegation", .string(id.description)), ("record", delegation.map(Self.json) ?? .null)])
    }

    private static func json(_ delegation: Delegation) -> JSONText {
        .object([
            ("delegator", .string(delegation.delegator)), ("agent", .string(delegation.agent)),
            ("task", .string(delegation.task)), ("purpose", .string(delegation.purpose)),
            ("issued_at", .string(delegation.issuedAt.description)),
            ("expires_at", .string(delegation.expiresAt.description)),
            ("merge_by", .string(delegation.mergeBy.description)),
            ("parent", delegation.parent.map { .string($0.description) } ?? .null),
            ("keys", .array(delegation.keys.map { .string($0.description) })),
            ("context", delegation.context.map(RemitSheet.json) ?? .null),
            ("grants", .array(delegation.grants.map(RemitSheet.json))),
            ("limits", delegation.limits.json),
            ("hops", .integer(delegation.hops)),
        ])
    }
}
