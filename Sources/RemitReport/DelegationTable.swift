package import RemitModel

/// Many delegations at a glance: one a line, in 80 columns, or as JSON.
package struct DelegationTable: Sendable {
    package let rows: [Row]
    package let authority: ObjectID
    package let now: Instant

    package struct Row: Sendable {
        package let sheet: RemitSheet
        package let state: State
    }

    /// What a person wants to know of a delegation first.
    package enum State: String, Sendable, CaseIterable {
        /// In force, and ends within a day.
        case expiring
        case active
        /// In force, but a limit of it is used up.
        case spent
        case notYet = "not-yet"
        /// The agent may act no more; persons may land what was seen in time.
        case landing
        case suspended
        case revoked
        case expired
        /// A server would not believe it.
        case invalid
    }

    /// How soon the end of a delegation is near.
    private static let nearSeconds: Int64 = 86_400

    package init(_ sheets: [RemitSheet], showing states: Set<State>, authority: ObjectID, now: Instant) {
        let order = Dictionary(uniqueKeysWithValues: State.allCases.enumerated().map { ($1, $0) })
        rows = sheets.map { Row(sheet: $0, state: Self.state(of: $0)) }
            .filter { states.isEmpty || states.contains($0.state) }
            .sorted { left, right in
                let (mine, theirs) = (left.sheet.delegation.expiresAt, right.sheet.delegation.expiresAt)
                if left.state != right.state { return order[left.state, default: 0] < order[right.state, default: 0] }
                return mine == theirs ? left.sheet.id < right.sheet.id : mine < theirs
            }
        self.authority = authority
        self.now = now
    }

    private static func state(of sheet: RemitSheet) -> State {
        switch sheet.state {
        case .inForce where sheet.isSpent: .spent
        case .inForce:
            sheet.now.adding(seconds: nearSeconds) > sheet.delegation.expiresAt ? .expiring : .active
        case .notYet: .notYet
        case .landing: .landing
        case .expired: .expired
        case .revoked: .revoked
        case .suspended: .suspended
        case .invalid: .invalid
        }
    }
}

extension DelegationTable {
    /// A heading and one line for each; empty where there is none.
    package var text: String {
        guard !rows.isEmpty else { return "" }
        let heading = Self.line("DELEGATION", "STATE", "AGENT", "TASK", "TIME")
        return ([heading] + rows.map(line)).map { $0.text + "\n" }.joined()
    }

    private func line(_ row: Row) -> SafeText {
        Self.line(
            row.sheet.id.abbreviated, row.state.rawValue, row.sheet.delegation.agent, row.sheet.delegation.task,
            time(of: row))
    }

    private func time(of row: Row) -> SafeText {
        let delegation = row.sheet.delegation
        switch row.state {
        case .expiring, .active, .spent: return "\(SafeText.span(from: now, to: delegation.expiresAt)) left"
        case .notYet: return "in \(SafeText.span(from: now, to: delegation.issuedAt))"
        case .landing: return "\(SafeText.span(from: now, to: delegation.mergeBy)) to land"
        case .expired: return "\(SafeText.span(from: delegation.expiresAt, to: now)) ago"
        case .revoked:
            guard let at = row.sheet.revocation?.issuedAt else { return "" }
            return "\(SafeText.span(from: at, to: now)) ago"
        case .suspended, .invalid: return ""
        }
    }

    private static func line(
        _ id: String, _ state: String, _ agent: String, _ task: String, _ time: SafeText
    ) -> SafeText {
        "\(cell: id, 12)  \(cell: state, 9)  \(cell: agent, 18)  \(cell: task, 18)  \(time)"
    }

    package static let schema = "delegations/v1"

    /// All of it as one JSON object: what `remit show` tells of each, and its state.
    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("authority", .string(authority.hex)),
            ("seen_at", .string(now.description)),
            (
                "delegations",
                .array(rows.map { .object([("state", .string($0.state.rawValue)), ("remit", $0.sheet.json)]) })
            ),
        ])
    }
}
