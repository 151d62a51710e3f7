import RemitModel

extension RemitSheet {
    package static let schema = "remit/v1"

    /// The same as one JSON object.
    ///
    /// Members keep their order and are only ever added, at the end.
    package var json: JSONText {
        let (rule, reason) = (fault?.rule.rawValue, fault?.reason)
        let members: [(name: String, value: JSONText)] = [
            ("schema", .string(Self.schema)),
            ("id", .string(id.description)),
            ("state", .string(state.rawValue)),
            ("fault", rule.map { .object([("rule", .string($0)), ("reason", Self.optional(reason))]) } ?? .null),
            ("organisation", .string(delegation.organisation)),
            ("delegator", .string(delegation.delegator)),
            ("agent", agent),
            ("task", .string(delegation.task)),
            ("purpose", .string(delegation.purpose)),
            ("issued_at", .string(delegation.issuedAt.description)),
            ("expires_at", .string(delegation.expiresAt.description)),
            ("merge_by", .string(delegation.mergeBy.description)),
            ("keys", Self.list(delegation.keys.map(\.description))),
            ("context", delegation.context.map(Self.json) ?? .null),
            ("grants", .array(delegation.grants.map(Self.json))),
            ("limits", delegation.limits.json),
            ("revocation", revocation.map(Self.json) ?? .null),
            ("protected_paths", Self.list(protectedPaths.map(\.description))),
            ("authority", .string(authority.hex)),
            ("seen_at", .string(now.description)),
            ("certificate_authorities", Self.list(delegation.certificateAuthorities.map(\.description))),
            ("hops", .integer(delegation.hops)),
            ("chain", .array(chain.map(Self.json))),
            ("spent", spent.map(used) ?? .null),
            ("request", Self.optional(delegation.request?.description)),
        ]
        return .object(members)
    }

    private var agent: JSONText {
        switch inventory {
        case .absent(let reason): .object([("id", .string(delegation.agent)), ("fault", .string(reason))])
        case .registered(let agent, let suspension):
            .object([
                ("id", .string(agent.id)), ("vendor", .string(agent.vendor)), ("owners", Self.list(agent.owners)),
                ("autonomy", .string(agent.autonomy.rawValue)), ("status", .string(agent.status.rawValue)),
                ("review_by", .string(agent.reviewBy.description)),
                ("suspension", suspension.map(Self.json) ?? .null),
            ])
        }
    }

    static func json(_ context: Delegation.Context) -> JSONText {
        .object([
            ("model", optional(context.model)), ("tools", list(context.tools)),
            ("instructions", optional(context.instructions?.description)),
        ])
    }

    static func json(_ grant: Grant) -> JSONText {
        .object([
            ("repository", .string(grant.repository)),
            ("refs", list(grant.refs.map(\.description))),
            ("merge_into", list(grant.mergeInto.map(\.description))),
            ("paths", list(grant.paths.patterns.map(\.description))),
            ("except", list(grant.paths.except.map(\.description))),
            ("operations", list(Operation.allCases.filter(grant.operations.contains).map(\.rawValue))),
            ("environments", list(grant.environments.sorted())),
        ])
    }

    /// Counts of what is limited; the others are not kept, but for commits and pushes.
    private func used(_ spent: Spent) -> JSONText {
        .object(
            delegation.limits.named.map { unit, limit in
                let isKept = limit != nil || unit == .commits || unit == .pushes
                return (unit.rawValue, isKept ? .integer(spent.count(of: unit)) : .null)
            })
    }

    private static func json(_ link: Link) -> JSONText {
        .object([
            ("id", .string(link.id.description)), ("agent", .string(link.agent)),
            ("delegator", .string(link.delegator)),
        ])
    }

    static func json(_ revocation: Revocation) -> JSONText {
        .object([
            ("cause", .string(revocation.cause.rawValue)), ("reason", .string(revocation.reason)),
            ("issuer", .string(revocation.issuer)), ("issued_at", .string(revocation.issuedAt.description)),
        ])
    }

    private static func optional(_ text: String?) -> JSONText {
        text.map(JSONText.string) ?? .null
    }

    private static func list(_ texts: [String]) -> JSONText {
        .array(texts.map(JSONText.string))
    }
}
