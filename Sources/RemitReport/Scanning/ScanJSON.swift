package import RemitModel

/// A scan as one JSON object.
///
/// Members keep their order and are only ever added, at the end.
extension HistoryScan {
    package static let schema = "scan/v1"

    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)), ("repository", .bytes(scope.repository)),
            ("refs", .object([("selection", .string(scope.selection.rawValue)), ("count", .integer(scope.refs))])),
            ("since", Self.moment(scope.since)), ("until", Self.moment(scope.until)),
            ("shallow_commits", .integer(scope.cut)), ("catalogue", .string(scope.catalogue)),
            ("authority", scope.authority.map { .string($0.hex) } ?? .null),
            ("read_at", .string(scope.readAt.description)), ("commits", commits.json),
            ("tools", .array(tools.map(\.json))), ("months", .array(months.map(\.json))),
        ])
    }

    fileprivate static func moment(_ moment: Instant?) -> JSONText {
        moment.map { .string($0.description) } ?? .null
    }
}

extension HistoryScan.Commits {
    fileprivate var json: JSONText {
        .object([
            ("total", .integer(total)), ("agents", .integer(agents)), ("assisted", .integer(assisted)),
            ("bots", .integer(bots)), ("weak", .integer(weak)), ("no-evidence", .integer(noEvidence)),
            ("malformed", .integer(malformed)), ("several_agents", .integer(several)), ("merges", .integer(merges)),
            ("undated", .integer(undated)), ("incomparable", .integer(incomparable)),
            ("first", span.map { $0.first.json } ?? .null), ("last", span.map { $0.last.json } ?? .null),
            (
                "malformed_examples",
                .array(
                    examples.map { .object([("commit", .string($0.commit.hex)), ("reason", .string($0.reason))]) })
            ),
        ])
    }
}

extension HistoryScan.Span.End {
    fileprivate var json: JSONText {
        .object([("at", .string(at.description)), ("commit", .string(commit.hex))])
    }
}

extension HistoryScan.Count {
    fileprivate var json: JSONText {
        .object([("count", .integer(number)), ("complete", .boolean(isComplete))])
    }
}

extension HistoryScan.Tool {
    fileprivate var json: JSONText {
        .object([
            ("id", .string(id)), ("kind", .string(kind.rawValue)), ("vendor", vendor.map(JSONText.string) ?? .null),
            ("inventory", registration.map(Self.json) ?? .null), ("commits", .integer(commits)),
            ("definite", .integer(definite)), ("strong", .integer(strong)), ("weak", .integer(weak)),
            ("mangled", .integer(mangled)),
            ("places", .object(places.map { ($0.place.rawValue, .integer($0.commits)) })),
            ("first", span.first.json), ("last", span.last.json), ("files", files.map { $0.json } ?? .null),
            ("authors", authors.json),
            (
                "people",
                .array(
                    people.map {
                        .object([
                            ("name", .bytes($0.name)), ("email", .bytes($0.email)), ("commits", .integer($0.commits)),
                        ])
                    })
            ),
            (
                "directories",
                .array(
                    directories.map { .object([("path", .bytes($0.name)), ("commits", .integer($0.commits))]) })
            ),
        ])
    }

    private static func json(_ registration: HistoryScan.Registration) -> JSONText {
        let entry: JSONText = registration.entry.map(JSONText.string) ?? .null
        guard case .notBelieved(_, let reason) = registration else {
            return .object([("state", .string(registration.word)), ("entry", entry)])
        }
        return .object([("state", .string(registration.word)), ("entry", entry), ("fault", .string(reason))])
    }
}

extension HistoryScan.Month {
    fileprivate var json: JSONText {
        .object([
            ("month", .string(name)), ("commits", .integer(total)),
            ("agents", .object(agents.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            ("several_agents", .integer(several)), ("assisted", .integer(assisted)), ("bots", .integer(bots)),
            ("weak", .integer(weak)), ("no-evidence", .integer(noEvidence)),
        ])
    }
}
