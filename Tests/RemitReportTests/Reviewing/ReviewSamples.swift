import RemitModel
import RemitReport
import Testing

/// One matter of each kind, with any text wherever a matter can carry text.
enum ReviewSamples {
    static let now = Samples.at

    static func entry(_ sequence: Int64, log: String = "here") -> Trace.Entry {
        Trace.Entry(log: log, sequence: sequence)
    }

    static func key() -> KeyFingerprint? { KeyFingerprint(digest: [UInt8](repeating: 7, count: 32)) }

    static func grant(_ path: String = "Sources/Pay/**") throws -> Grant {
        Grant(
            repository: "payments", refs: [try PathPattern(ref: "refs/heads/agent/PAY-42/**")], mergeInto: [],
            paths: PathScope([try PathPattern(path: path)]), operations: [.fileModify, .refUpdate],
            environments: [])
    }

    static func wide(
        _ text: String = "claude-code", decisions: Int = 3, acting: Bool = true, unknown: [Review.Unknown] = []
    ) throws -> Review.WideDelegation {
        var unused = Review.Unused()
        unused.paths = [try PathPattern(path: "Tests/**")]
        unused.operations = [.fileCreate]
        return Review.WideDelegation(
            id: try #require(Samples.delegation), agent: text, task: text == "claude-code" ? "PAY-42" : text,
            expiresAt: now.adding(seconds: 4 * 86_400), isActing: acting, decisions: decisions, unused: unused,
            narrower: decisions == 0 ? [] : [try grant()], unknown: unknown)
    }

    static func undeclared(_ text: String = "devin") -> Review.Undeclared {
        var seen = Review.Undeclared(agent: text)
        (seen.commits, seen.decisions, seen.repositories) = (3, 2, [text == "devin" ? "payments" : text])
        seen.examples = [.init(entry: entry(4), commit: Samples.commit()), .init(entry: entry(5), commit: nil)]
        return seen
    }

    static func exception(_ text: String = "production is down") throws -> Review.ExceptionUse {
        var use = Review.ExceptionUse(
            Decision.Override(
                exception: try #require(Samples.delegation),
                issuer: text == "production is down" ? "dana@example.org" : text, reason: text,
                expiresAt: now.adding(seconds: -7200), rule: .scopePath, ref: Samples.ref, findings: 2))
        (use.decisions, use.findings, use.repositories) = (5, 9, ["payments"])
        (use.rules, use.examples) = ([.scopePath, .refScope], [entry(1), entry(2), entry(3)])
        return use
    }

    static func refusals(_ text: String = "claude-code") -> Review.Refusals {
        var refusals = Review.Refusals(
            agent: text,
            last: Finding(
                .scopePath, ref: Samples.ref, commit: Samples.commit(),
                path: ByteString(text == "claude-code" ? "Deploy/prod.yml" : text),
                facts: Samples.facts { if text != "claude-code" { $0.ask = [text] } }), submission: .push)
        (refusals.decisions, refusals.repositories, refusals.examples) = (7, ["payments"], [entry(8), entry(9)])
        return refusals
    }

    static func landings(_ text: String = "payments") -> Review.Landings {
        var landings = Review.Landings(repository: text)
        (landings.updates, landings.examples) = (2, [entry(12, log: text == "payments" ? "here" : text)])
        return landings
    }

    /// Each kind once, all text of it the same.
    static func review(_ text: String) throws -> Review {
        let key = try #require(self.key())
        let id = try #require(Samples.delegation)
        let subjects: [Review.Subject] = [
            .landedWithoutDecision(landings(text)),
            .gateAway(.init(repository: text, since: now, entry: entry(2, log: text))),
            .sharedKey(.init(key: key, holders: [.person(text), .agent(text), .delegation(id, agent: text)])),
            .undeclaredAgent(undeclared(text)), .exceptionUsed(try exception(text)),
            .openRequest(.init(id: id, agent: text, task: text, askedAt: now)),
            .agentReview(.init(agent: text, reviewBy: now)),
            .wideDelegation(
                try wide(text, unknown: [.repository(text), .inputs(text, entry: entry(1, log: text), reason: text)])),
            .unbelievedRecord(.init(name: text, rule: .delegationSignature, reason: text)),
            .proposal(path: text, missing: 1), .refusals(refusals(text)),
            .expiredRecords(.init(.delegations, count: 4, examples: [text])),
            .unrecordedEffects(repository: text, decisions: 1),
        ]
        return try review(subjects.map { Review.Matter(.due, $0, ask: [text]) }, log: text)
    }

    static func review(_ matters: [Review.Matter], log: String = "here") throws -> Review {
        let period = try #require(Period(since: now.adding(seconds: -7 * 86_400), until: now))
        return Review(
            period: period, now: now, authority: Samples.commit(7),
            evidence: .init(logs: [log], entries: 12, total: 40), matters: matters)
    }
}
