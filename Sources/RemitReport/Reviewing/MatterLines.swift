import RemitModel

/// One matter of a review in words: what it is, what is known of it, whom to ask, and what to run.
struct MatterLines {
    let headline: SafeText
    var details: [SafeText] = []
    /// Clauses that are proposed, a line each.
    var clauses: GrantClauses?
    /// Each is a command, after words that say what it does.
    var commands: [SafeText] = []

    init(_ headline: SafeText, details: [SafeText] = [], clauses: GrantClauses? = nil, commands: [SafeText] = []) {
        self.headline = headline
        self.details = details
        self.clauses = clauses
        self.commands = commands
    }

    init(_ matter: Review.Matter, seenFrom now: Instant) {
        self =
            switch matter.subject {
            case .landedWithoutDecision(let landings): Self.landings(landings)
            case .gateAway(let absence): Self.absence(absence)
            case .sharedKey(let shared): Self.sharedKey(shared)
            case .undeclaredAgent(let seen): Self.undeclared(seen)
            case .exceptionUsed(let use): Self.exception(use, now)
            case .openRequest(let request): Self.request(request, now)
            case .agentReview(let review): Self.agentReview(review, now)
            case .wideDelegation(let wide): Self.wide(wide, now)
            case .unbelievedRecord(let record): Self.unbelieved(record)
            case .proposal(let path, let missing): Self.proposal(path, missing)
            case .refusals(let refusals): Self.refusals(refusals)
            case .expiredRecords(let expired): Self.expired(expired)
            case .unrecordedEffects(let repository, let decisions): Self.unrecorded(repository, decisions)
            }
    }

    static func ask(_ persons: [String]) -> SafeText {
        persons.isEmpty ? "ask the administrators" : "ask \(list(persons, by: " or "))"
    }

    static func list(_ values: [String], by separator: SafeText = ", ") -> SafeText {
        .joined(values.map { "\(word: $0)" }, by: separator)
    }

    static func count(_ count: Int, _ one: SafeText, _ many: SafeText) -> SafeText {
        count == 1 ? "1 \(one)" : "\(count) \(many)"
    }

    /// Entries of logs, by which they are found again.
    static func entries(_ entries: [Trace.Entry], of count: Int? = nil) -> SafeText {
        let shown = SafeText.joined(entries.map { $0.words }, by: ", ")
        guard let count, count > entries.count else { return shown }
        return "\(shown), the last of \(count)"
    }
}

extension Trace.Entry {
    /// The log and the number of the entry: `/var/lib/remit/ledger.db#12`.
    var words: SafeText { "\(word: log)#\(Int(sequence))" }
}

// MARK: From the evidence

extension MatterLines {
    private static func landings(_ landings: Review.Landings) -> MatterLines {
        MatterLines(
            """
            \(count(landings.updates, "update", "updates")) landed in \(word: landings.repository) without a decision
            """,
            details: ["effects: \(entries(landings.examples))"],
            commands: ["on the server: remit log coverage <repository>"])
    }

    private static func absence(_ absence: Review.Absence) -> MatterLines {
        let end: SafeText =
            if let until = absence.until { "from \(absence.since) to \(until)" } else { "since \(absence.since)" }
        return MatterLines(
            "the gate of \(word: absence.repository) \(absence.until == nil ? "is" : "was") away \(end)",
            details: ["taken away by entry \(absence.entry.words)"],
            commands: absence.until == nil
                ? ["on the server: remit install <repository>"] : ["on the server: remit log coverage <repository>"])
    }

    private static func undeclared(_ seen: Review.Undeclared) -> MatterLines {
        let commits = count(seen.commits, "commit", "commits")
        let examples: [SafeText] = seen.examples.map { example in
            let commit: SafeText = example.commit.map { "commit \($0)" } ?? "a push"
            return "\(commit) in \(example.entry.words)"
        }
        let known: SafeText = seen.isRegisteredNow ? "; the inventory has it by now" : ""
        return MatterLines(
            """
            agent \(quoted: seen.agent) was seen in \(commits) of \(count(seen.decisions, "decision", "decisions")) \
            and was not in the inventory\(known)
            """,
            details: [
                "in \(list(seen.repositories.sorted()))", "such as \(SafeText.joined(examples, by: ", "))",
            ],
            commands: seen.isRegisteredNow
                ? [] : ["remit agent add \(SafeText.command(word: ByteString(seen.agent), or: "<agent>"))"])
    }

    private static func exception(_ use: Review.ExceptionUse, _ now: Instant) -> MatterLines {
        let rules = SafeText.joined(use.rules.sorted { $0.rawValue < $1.rawValue }.map { "\($0)" }, by: ", ")
        return MatterLines(
            """
            exception \(use.exception) of \(word: use.issuer) let \(count(use.decisions, "submission", "submissions")) \
            through in \(list(use.repositories.sorted()))
            """,
            details: [
                "it set \(count(use.findings, "finding", "findings")) aside, of \(rules)",
                "because: \(plain: use.reason)", "in force until \(SafeText.moment(use.expiresAt, seenFrom: now))",
                "decisions: \(entries(use.examples, of: use.decisions))",
            ])
    }

    private static func refusals(_ refusals: Review.Refusals) -> MatterLines {
        let sentence = Sentence(FindingGroup(refusals.last, as: Occasion(refusals.submission)))
        let who: SafeText = refusals.agent.map { "agent \(quoted: $0)" } ?? "submissions of no one agent"
        return MatterLines(
            """
            \(refusals.rule) refused \(who) \(refusals.decisions) times in \(list(refusals.repositories.sorted()))
            """,
            details: [
                "the last: \(sentence.fault)",
                "decisions: \(entries(refusals.examples, of: refusals.decisions))",
            ], commands: sentence.hints)
    }

    private static func unrecorded(_ repository: String, _ decisions: Int) -> MatterLines {
        MatterLines(
            """
            nothing says what became of \(count(decisions, "allowed push", "allowed pushes")) in \(word: repository): its \
            post-receive hook records nothing
            """, commands: ["on the server: remit install <repository>"])
    }
}
