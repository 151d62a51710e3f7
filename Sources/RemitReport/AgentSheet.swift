package import RemitModel

/// What the inventory says of one agent, to be told in words or as JSON.
package struct AgentSheet: Sendable {
    package let agent: Agent
    /// A revocation of everything of the agent that is in force.
    package let suspension: Revocation?
    package let now: Instant

    package init(_ agent: Agent, suspension: Revocation?, now: Instant) {
        self.agent = agent
        self.suspension = suspension
        self.now = now
    }

    /// Whether the agent may act, as far as the inventory goes.
    package enum State: String, Sendable {
        case active
        case suspended
        case retired
        case overdue = "review-overdue"
    }

    package var state: State {
        if agent.status == .retired { return .retired }
        if suspension != nil || agent.status == .suspended { return .suspended }
        return agent.reviewBy <= now ? .overdue : .active
    }

    /// Models and tools that no review has looked at.
    var unreviewed: [String] {
        agent.models.filter { agent.review?.models.contains($0) != true }
            + agent.tools.filter { agent.review?.tools.contains($0) != true }
    }
}

extension AgentSheet {
    /// The entry in words, one statement a line.
    ///
    /// Each line begins with words of ours.
    package var text: String {
        var lines: [SafeText] = [
            "agent \(word: agent.id) of \(plain: agent.vendor), \(word: agent.autonomy.rawValue)", standing,
            "answers for its use: \(Self.list(agent.businessOwners))",
            "answers for its running: \(Self.list(agent.technicalOwners))", "models: \(Self.list(agent.models))",
            "tools: \(Self.list(agent.tools))",
        ]
        if let review = agent.review {
            lines.append("reviewed: by \(word: review.by) at \(SafeText.moment(review.at, seenFrom: now))")
        } else {
            lines.append("reviewed: never")
        }
        if !unreviewed.isEmpty { lines.append("not reviewed, so no grant may name it: \(Self.list(unreviewed))") }
        lines += [
            "next review: by \(SafeText.moment(agent.reviewBy, seenFrom: now))",
            "known by: \(Self.list(agent.identities.map(\.description)))", "marks: \(Self.list(agent.marks))",
        ]
        if let resumed = agent.resumedAt {
            lines.append("resumed: at \(resumed), for what was delegated after it was suspended")
        }
        return lines.map { $0.text + "\n" }.joined()
    }

    private var standing: SafeText {
        switch state {
        case .active: "active"
        case .retired: "retired: nothing new is accepted from it"
        case .overdue: "out of use: its review was due at \(SafeText.moment(agent.reviewBy, seenFrom: now))"
        case .suspended:
            if let suspension {
                """
                suspended by \(word: suspension.issuer) at \(SafeText.moment(suspension.issuedAt, seenFrom: now)) as \
                \(word: suspension.cause.rawValue): \(plain: suspension.reason)
                """
            } else {
                "suspended: the inventory says so, until its next review"
            }
        }
    }

    private static func list(_ values: [String]) -> SafeText {
        values.isEmpty ? "none" : SafeText.joined(values.map { "\(word: $0)" }, by: ", ")
    }
}

extension AgentSheet {
    /// The same as one JSON object.
    ///
    /// Members keep their order and are only ever added, at the end.
    package var json: [UInt8] { JSONText.object([("schema", .string(RemitSheet.schema))] + members).encoded }

    var members: [(name: String, value: JSONText)] {
        [
            ("id", .string(agent.id)), ("state", .string(state.rawValue)), ("vendor", .string(agent.vendor)),
            ("autonomy", .string(agent.autonomy.rawValue)), ("status", .string(agent.status.rawValue)),
            ("models", Self.array(agent.models)), ("tools", Self.array(agent.tools)),
            ("business_owners", Self.array(agent.businessOwners)),
            ("technical_owners", Self.array(agent.technicalOwners)),
            ("identities", Self.array(agent.identities.map(\.description))), ("marks", Self.array(agent.marks)),
            ("review_by", .string(agent.reviewBy.description)), ("review", review),
            ("resumed_at", Self.moment(agent.resumedAt)), ("suspension", suspended),
        ]
    }

    private var review: JSONText {
        guard let review = agent.review else { return .null }
        return .object([
            ("at", .string(review.at.description)), ("by", .string(review.by)),
            ("models", Self.array(review.models)), ("tools", Self.array(review.tools)),
        ])
    }

    private var suspended: JSONText { suspension.map(RemitSheet.json) ?? .null }

    private static func array(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

    private static func moment(_ moment: Instant?) -> JSONText { moment.map { .string($0.description) } ?? .null }
}
