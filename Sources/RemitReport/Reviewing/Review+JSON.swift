package import RemitModel

extension Review {
    package static let schema = "review/v1"

    /// The review as one JSON object; the words are those of the text.
    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("since", .string(period.since.description)),
            ("until", .string(period.until.description)),
            ("authority", .string(authority.hex)),
            (
                "evidence",
                evidence.map { extent in
                    .object([
                        ("logs", .array(extent.logs.map(JSONText.string))), ("entries", .integer(extent.entries)),
                        ("total", .integer(extent.total)),
                    ])
                } ?? .null
            ),
            ("pressing", .boolean(isPressing)),
            ("uncounted", .integer(uncounted)),
            ("matters", .array(matters.map { $0.json(seenFrom: now) })),
        ])
    }
}

extension Review.Matter {
    fileprivate func json(seenFrom now: Instant) -> JSONText {
        let words = MatterLines(self, seenFrom: now)
        return .object([
            ("weight", .string(weight.rawValue)),
            ("kind", .string(subject.kind.rawValue)),
            ("about", subject.about),
            ("words", .string(words.headline.text)),
            ("details", .array(words.details.map { .string($0.text) })),
            ("proposed", words.clauses.map { .string($0.text) } ?? .null),
            ("ask", .array(ask.map(JSONText.string))),
            ("commands", .array(words.commands.map { .string($0.text) })),
            ("entries", .array(subject.entries.map(\.json))),
        ])
    }
}

extension Review.Subject {
    /// What it is about, for a program that would not read the words.
    fileprivate var about: JSONText {
        switch self {
        case .landedWithoutDecision(let landings):
            .object([
                ("repository", .string(landings.repository)), ("updates", .integer(landings.updates)),
            ])
        case .gateAway(let absence):
            .object([
                ("repository", .string(absence.repository)), ("since", .string(absence.since.description)),
                ("until", absence.until.map { .string($0.description) } ?? .null),
            ])
        case .sharedKey(let shared): .object([("key", .string(shared.key.description))])
        case .undeclaredAgent(let seen):
            .object([
                ("agent", .string(seen.agent)), ("commits", .integer(seen.commits)),
                ("decisions", .integer(seen.decisions)), ("registered_now", .boolean(seen.isRegisteredNow)),
            ])
        case .exceptionUsed(let use):
            .object([
                ("exception", .string(use.exception.description)), ("decisions", .integer(use.decisions)),
                ("findings", .integer(use.findings)),
            ])
        case .openRequest(let request): .object([("request", .string(request.id.description))])
        case .agentReview(let review):
            .object([("agent", .string(review.agent)), ("review_by", .string(review.reviewBy.description))])
        case .wideDelegation(let wide):
            .object([
                ("delegation", .string(wide.id.description)), ("agent", .string(wide.agent)),
                ("acting", .boolean(wide.isActing)), ("decisions", .integer(wide.decisions)),
                ("untouched", wide.unused.json), ("all_known", .boolean(wide.unknown.isEmpty)),
            ])
        case .unbelievedRecord(let record):
            .object([("record", .string(record.name)), ("rule", .string(record.rule.rawValue))])
        case .proposal(let path, let missing):
            .object([("path", .string(path)), ("missing_signatures", .integer(missing))])
        case .refusals(let refusals):
            .object([
                ("agent", refusals.agent.map(JSONText.string) ?? .null), ("rule", .string(refusals.rule.rawValue)),
                ("decisions", .integer(refusals.decisions)),
            ])
        case .expiredRecords(let expired):
            .object([("records", .string(expired.record.rawValue)), ("count", .integer(expired.count))])
        case .unrecordedEffects(let repository, let decisions):
            .object([("repository", .string(repository)), ("decisions", .integer(decisions))])
        }
    }

    fileprivate var entries: [Trace.Entry] {
        switch self {
        case .landedWithoutDecision(let landings): landings.examples
        case .gateAway(let absence): [absence.entry]
        case .undeclaredAgent(let seen): seen.examples.map(\.entry)
        case .exceptionUsed(let use): use.examples
        case .refusals(let refusals): refusals.examples
        case .sharedKey, .openRequest, .agentReview, .wideDelegation, .unbelievedRecord, .proposal, .expiredRecords,
            .unrecordedEffects:
            []
        }
    }
}

extension Review.Unused {
    fileprivate var json: JSONText {
        func list(_ values: [String]) -> JSONText { .array(values.map(JSONText.string)) }
        return .object([
            ("repositories", list(repositories)), ("refs", list(refs.map(\.description))),
            ("merge_into", list(mergeInto.map(\.description))), ("paths", list(paths.map(\.description))),
            ("operations", list(operations.map(\.rawValue))), ("environments", list(environments)),
        ])
    }
}

extension Trace.Entry {
    var json: JSONText { .object([("log", .string(log)), ("sequence", .integer(Int(sequence)))]) }
}
