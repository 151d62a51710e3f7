import RemitModel

extension JSONReport {
    /// Who wrote a commit; what does not apply is `null`.
    static func json(_ authorship: Authorship) -> JSONText {
        .object([
            ("commit", .objectID(authorship.commit)),
            ("ref", .bytes(authorship.ref)),
            ("attribution", .string(authorship.attribution)),
            ("agents", .array(authorship.agents.map(JSONText.string))),
            ("evidence", .array(authorship.evidence.map(json))),
            ("signer", json(authorship.signer)),
            ("key", authorship.key.map { .string($0.description) } ?? .null),
            ("delegation", authorship.delegation.map { .string($0.description) } ?? .null),
            ("standing", authorship.standing.map { .string($0.rawValue) } ?? .null),
        ])
    }

    private static func json(_ evidence: Evidence) -> JSONText {
        // Only where they say something: decisions from before had neither member, and replay to the same bytes.
        var members: [(String, JSONText)] = [("agent", .string(evidence.agent))]
        if evidence.kind != .agent { members.append(("kind", .string(evidence.kind.rawValue))) }
        members += [
            ("place", .string(evidence.place.rawValue)), ("strength", .string(evidence.strength.name)),
            ("confidence", .string(evidence.confidence.name)),
        ]
        if let malformation = evidence.malformation { members.append(("malformed", .string(malformation.rawValue))) }
        return .object(members + [("mark", .bytes(evidence.excerpt))])
    }

    private static func json(_ signer: Authorship.Signer) -> JSONText {
        func object(_ kind: String, _ member: String? = nil, _ value: String = "") -> JSONText {
            .object([("kind", .string(kind))] + (member.map { [($0, .string(value))] } ?? []))
        }
        return switch signer {
        case .unsigned: object("unsigned")
        case .person(let id): object("person", "id", id)
        case .delegation(let id): object("delegation", "id", id.description)
        case .agent(let id): object("agent", "id", id)
        case .unknown: object("unknown")
        case .bad(let reason): object("bad", "reason", reason)
        case .unchecked(let reason): object("unchecked", "reason", reason)
        }
    }
}
