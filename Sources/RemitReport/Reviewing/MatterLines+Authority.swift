import RemitModel

extension MatterLines {
    static func sharedKey(_ shared: Review.SharedKey) -> MatterLines {
        let holders: [SafeText] = shared.holders.map { holder in
            switch holder {
            case .person(let id): "person \(word: id)"
            case .agent(let id): "agent \(word: id)"
            case .delegation(let id, let agent): "delegation \(id) to \(word: agent)"
            }
        }
        let proves: SafeText =
            shared.isAmongActors ? "what it signs proves nobody" : "what it signs does not prove which task it was for"
        return MatterLines(
            "key \(word: shared.key.description) is in \(holders.count) hands: \(proves)",
            details: holders,
            commands: [
                """
                remit revoke --of-key \(word: shared.key.description) --cause compromised \
                --reason "one key, several hands"
                """
            ])
    }

    static func request(_ request: Review.Request, _ now: Instant) -> MatterLines {
        MatterLines(
            """
            request \(request.id) of agent \(word: request.agent) for \(plain: request.task) is open since \
            \(SafeText.moment(request.askedAt, seenFrom: now))
            """, commands: ["remit review \(request.id)"])
    }

    static func agentReview(_ review: Review.AgentReview, _ now: Instant) -> MatterLines {
        let moment = SafeText.moment(review.reviewBy, seenFrom: now)
        let state: SafeText =
            review.reviewBy <= now ? "was due at \(moment): it may not act until then" : "is due at \(moment)"
        return MatterLines(
            "the review of agent \(word: review.agent) \(state)",
            commands: ["remit agent review \(SafeText.command(word: ByteString(review.agent), or: "<agent>"))"])
    }

    static func unbelieved(_ record: Review.Unbelieved) -> MatterLines {
        MatterLines(
            "\(word: record.name) stands in the authority and no server believes it",
            details: ["\(record.rule): \(plain: record.reason)"])
    }

    static func proposal(_ path: String, _ missing: Int) -> MatterLines {
        MatterLines(
            "\(word: path) waits for \(count(missing, "more signature", "more signatures"))",
            commands: ["remit authority show", "remit authority sign"])
    }

    static func expired(_ expired: Review.Expired) -> MatterLines {
        let state: SafeText =
            switch expired.record {
            case .delegations: "\(count(expired.count, "delegation has", "delegations have")) run out"
            case .exceptions: "\(count(expired.count, "exception has", "exceptions have")) run out"
            case .revocations:
                "\(count(expired.count, "revocation is", "revocations are")) of what the authority does not hold"
            }
        return MatterLines(
            "\(state); records stay, nothing need be done", details: ["such as \(list(expired.examples))"])
    }

    static func wide(_ wide: Review.WideDelegation, _ now: Instant) -> MatterLines {
        let what: SafeText = "delegation \(wide.id) to \(word: wide.agent) for \(plain: wide.task)"
        let end = SafeText.moment(wide.expiresAt, seenFrom: now)
        guard wide.decisions > 0 else {
            return MatterLines(
                "\(what) was never used, and \(wide.isActing ? "lasts until" : "ended at") \(end)",
                details: wide.unknown.map(Self.unknown),
                commands: wide.isActing ? ["remit revoke \(wide.id) --cause ended --reason \"it is not needed\""] : [])
        }
        var lines = MatterLines(
            "\(what) allows more than was done under it\(wide.isActing ? "" : "; it ended at \(end)")",
            details: [
                "used in \(count(wide.decisions, "decision", "decisions")); never touched, in all of the logs read:"
            ])
        lines.details += untouched(wide.unused)
        lines.details += wide.unknown.map(Self.unknown)
        lines.clauses = GrantClauses(wide.narrower)
        let agent = SafeText.command(word: ByteString(wide.agent), or: "<agent>")
        let task = SafeText.command(word: ByteString(wide.task), or: "<task>")
        let grant: SafeText =
            "remit grant --agent \(agent) --task \(task) --purpose <why> --grants <file> --new-task-key <file>"
        lines.commands =
            wide.isActing
            ? [
                "\(grant)",
                "remit revoke \(wide.id) --cause superseded --reason \"a narrower one took its place\"",
            ] : ["the next time: \(grant)"]
        return lines
    }

    private static func untouched(_ unused: Review.Unused) -> [SafeText] {
        func line(_ label: SafeText, _ values: [String]) -> SafeText? {
            values.isEmpty ? nil : "  \(label): \(list(values))"
        }
        return [
            line("repositories", unused.repositories),
            line("refs", unused.refs.map(\.description)),
            line("refs to land in", unused.mergeInto.map(\.description)),
            line("paths", unused.paths.map(\.description)),
            line("operations", unused.operations.map(\.rawValue)),
            line("environments", unused.environments),
            unused.isEmpty ? "  no clause whole, but the one below is enough" : nil,
        ].compactMap(\.self)
    }

    static func unknown(_ unknown: Review.Unknown) -> SafeText {
        switch unknown {
        case .repository(let name): "nothing is said of \(word: name): the evidence read has nothing of it"
        case .unjudged(let name, let at):
            "nothing is said of \(word: name): something moved there at \(at) that nothing judged"
        case .inputs(let name, let entry, let reason):
            "not all is said of \(word: name): what \(entry.words) was about is not known: \(plain: reason)"
        case .decisions(let most): "nothing is said: more than \(most) decisions were made under it"
        }
    }
}
