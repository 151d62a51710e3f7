package import RemitModel

/// All that a delegator needs to know of one request, to be told in words or as JSON.
package struct RequestSheet: Sendable {
    /// What has become of it.
    package enum Answer: Sendable {
        case none
        case granted(RecordID)
        case declined(Decline)
    }

    /// Whether one person's role as a delegator covers what is asked.
    package struct Judgement: Sendable {
        package let person: String
        /// What of it goes beyond their roles; `nil` when all of it lies within.
        package let excess: String?

        package init(person: String, excess: String?) {
            self.person = person
            self.excess = excess
        }
    }

    package let id: RecordID
    package let request: DelegationRequest
    /// What the delegation says that it would replace; `nil` when there is none, or none that the authority holds.
    package let base: Delegation?
    package let inventory: RemitSheet.Inventory
    package let judgements: [Judgement]
    package let answer: Answer
    /// The commit of the authority that was read.
    package let authority: ObjectID
    package let now: Instant

    package init(
        id: RecordID, request: DelegationRequest, base: Delegation?, inventory: RemitSheet.Inventory,
        judgements: [Judgement], answer: Answer, authority: ObjectID, now: Instant
    ) {
        self.id = id
        self.request = request
        self.base = base
        self.inventory = inventory
        self.judgements = judgements
        self.answer = answer
        self.authority = authority
        self.now = now
    }

    package var difference: GrantDifference {
        GrantDifference(from: base.map { ($0.grants, $0.limits) }, to: request.grants, limits: request.limits)
    }
}

extension RequestSheet {
    /// The request in words, one statement a line.
    package var text: String {
        let lines: [SafeText] =
            [heading, standing, "id: \(word: id.description)", agent, life, keys, against]
            + difference.lines + judgements.map(words)
        return lines.map { $0.text + "\n" }.joined()
    }

    private var heading: SafeText {
        "request \(id) of \(word: request.organisation): \(plain: request.task), \(plain: request.purpose)"
    }

    private var standing: SafeText {
        switch answer {
        case .none:
            """
            open: \(word: request.requester) asked \(SafeText.span(from: request.issuedAt, to: now)) ago; \
            nobody vouches for what a request says
            """
        case .granted(let delegation): "granted: delegation \(delegation) answers it"
        case .declined(let decline):
            "declined by \(word: decline.person) at \(decline.issuedAt): \(plain: decline.reason)"
        }
    }

    private var agent: SafeText { "\(inventory.words(for: request.agent))\(inventory.standing(at: now))" }

    private var life: SafeText {
        let context: SafeText =
            request.context.map { context in
                let model: SafeText = context.model.map { "model \(word: $0)" } ?? "no model named"
                return "; has to hand: \(model); tools: \(RemitSheet.list(context.tools))"
            } ?? ""
        return "for: \(SafeText.span(from: now, to: now.adding(seconds: request.life)))\(context)"
    }

    private var keys: SafeText {
        request.keys.isEmpty
            ? "task key: none; whoever grants it makes one"
            : "task key: \(RemitSheet.list(request.keys.map(\.description)))"
    }

    private var against: SafeText {
        switch (request.replaces, base) {
        case (nil, _): "asked, beside nothing that the agent has now:"
        case (.some(let id), nil): "asked, since the authority does not hold delegation \(id) which it would replace:"
        case (.some(let id), .some):
            difference.isEmpty
                ? "asked: the same as delegation \(id) allows, with new time"
                : "asked, compared with delegation \(id) which it would replace:"
        }
    }

    private func words(_ judgement: Judgement) -> SafeText {
        guard let excess = judgement.excess else { return "\(word: judgement.person) may grant it" }
        return "\(word: judgement.person) may not grant it: \(plain: excess)"
    }
}

extension RequestSheet {
    package static let schema = "request-sheet/v1"

    /// The same as one JSON object.
    ///
    /// Members keep their order and are only ever added, at the end.
    package var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("id", .string(id.description)),
            ("state", .string(state)),
            ("requester", .string(request.requester)),
            ("agent", .string(request.agent)),
            ("task", .string(request.task)),
            ("purpose", .string(request.purpose)),
            ("issued_at", .string(request.issuedAt.description)),
            ("hours", .integer(Int(request.life / 3600))),
            ("keys", .array(request.keys.map { .string($0.description) })),
            ("grants", .array(request.grants.map(RemitSheet.json))),
            ("limits", request.limits.json),
            ("replaces", request.replaces.map { .string($0.description) } ?? .null),
            ("difference", .array(difference.lines.map { .string($0.text) })),
            (
                "delegators",
                .array(
                    judgements.map {
                        .object([("person", .string($0.person)), ("excess", $0.excess.map(JSONText.string) ?? .null)])
                    })
            ),
            ("authority", .string(authority.hex)),
            ("seen_at", .string(now.description)),
        ])
    }

    private var state: String {
        switch answer {
        case .none: "open"
        case .granted: "granted"
        case .declined: "declined"
        }
    }
}
