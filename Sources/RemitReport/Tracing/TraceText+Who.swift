import RemitModel

extension TraceText {
    static func lines(of authorship: Authorship) -> [SafeText] {
        var lines = [line("commit", "\(word: authorship.commit.hex) on \(word: authorship.ref)")]
        for evidence in authorship.evidence {
            let weight: SafeText = "\(word: evidence.strength.name) and \(word: evidence.confidence.name)"
            let place: SafeText = "\(evidence.place.words) \(quoted: evidence.excerpt)"
            if evidence.malformation == .unreadable {
                lines.append(line("mark", "none, the \(place) cannot be read"))
                continue
            }
            lines.append(line("mark", "\(word: evidence.agent) by \(place), \(weight)"))
        }
        if authorship.evidence.isEmpty { lines.append(line("mark", "none was found")) }
        lines.append(line("written by", writer(of: authorship)))
        lines.append(line("signature", signature(of: authorship)))
        if let delegation = authorship.delegation {
            let standing: SafeText = authorship.standing.map { " (\(word: $0.rawValue))" } ?? ""
            lines.append(line("under", "delegation \(delegation)\(standing)"))
        }
        return lines
    }

    private static func writer(of authorship: Authorship) -> SafeText {
        guard !authorship.agents.isEmpty else { return "\(word: authorship.attribution)" }
        let agents: [SafeText] = authorship.agents.map { "\(word: $0)" }
        return "\(SafeText.joined(agents, by: ", ")), \(word: authorship.attribution)"
    }

    private static func signature(of authorship: Authorship) -> SafeText {
        let key: SafeText = authorship.key.map { ", key \(word: $0.description)" } ?? ""
        return switch authorship.signer {
        case .unsigned: "none"
        case .person(let id): "by \(word: id)\(key)"
        case .delegation(let id): "by the task key of delegation \(id)\(key)"
        case .agent(let id): "by agent \(word: id)\(key)"
        case .unknown: "good, by a key that nobody is known to hold\(key)"
        case .bad(let reason): "wrong: \(plain: reason)"
        case .unchecked(let reason): "not checked: \(plain: reason)"
        }
    }

    static func line(_ agent: Trace.Participant) -> SafeText {
        guard let owners = agent.owners else {
            return line("agent", "\(word: agent.id), its record is not archived")
        }
        let names: [SafeText] = owners.map { "\(word: $0)" }
        return line("agent", "\(word: agent.id), owned by \(SafeText.joined(names, by: ", "))")
    }

    static func lines(of chain: [Trace.Link]) -> [SafeText] {
        var lines: [SafeText] = []
        for (index, link) in chain.enumerated() {
            let label: SafeText = index == 0 ? "delegation" : "from"
            guard let delegation = link.delegation else {
                lines.append(line(label, "\(link.id), its record is not archived"))
                continue
            }
            let sides: SafeText = "to \(word: delegation.agent) by \(word: delegation.delegator)"
            let work: SafeText = "\(word: delegation.task): \(plain: delegation.purpose)"
            lines.append(line(label, "\(link.id) \(sides) for \(work)"))
            let time: SafeText = "from \(delegation.issuedAt) until \(delegation.expiresAt)"
            lines.append(line("", "\(time), to be landed until \(delegation.mergeBy)"))
            lines += remit(of: delegation)
        }
        if let root = chain.last?.delegation, root.parent == nil {
            lines.append(line("accountable", "\(word: root.delegator)"))
        }
        return lines
    }

    /// What the agent was allowed and what it had to hand.
    private static func remit(of delegation: Delegation) -> [SafeText] {
        func list(_ patterns: [PathPattern]) -> SafeText { RemitSheet.list(patterns.map(\.description)) }
        var lines: [SafeText] = []
        for grant in delegation.grants {
            let except: SafeText = grant.paths.except.isEmpty ? "" : ", except \(list(grant.paths.except))"
            let operations = Operation.allCases.filter(grant.operations.contains).map(\.rawValue)
            lines.append(line("may", "in \(word: grant.repository) push to \(list(grant.refs))"))
            lines.append(line("", "have its work landed in \(list(grant.mergeInto))"))
            lines.append(line("", "change \(list(grant.paths.patterns))\(except)"))
            lines.append(line("", "do \(RemitSheet.list(operations))"))
            if !grant.environments.isEmpty {
                lines.append(line("", "reach \(RemitSheet.list(grant.environments.sorted()))"))
            }
        }
        let limits: [SafeText] = delegation.limits.named.compactMap { unit, limit in
            limit.map { "\($0) \(SafeText(unit))" }
        }
        if !limits.isEmpty { lines.append(line("", "use at most \(SafeText.joined(limits, by: ", "))")) }
        if let context = delegation.context {
            let model: SafeText = context.model.map { "model \(word: $0)" } ?? "no model named"
            let instructions: SafeText = context.instructions.map { ", instructions \($0)" } ?? ""
            lines.append(line("to hand", "\(model), tools \(RemitSheet.list(context.tools))\(instructions)"))
        }
        return lines
    }

    func lines(of effect: Trace.Effect) -> [SafeText] {
        let undecided: SafeText = effect.undecided > 0 ? ", \(effect.undecided) of them without a decision" : ""
        let updates: SafeText = effect.landed == 1 ? "1 update" : "\(effect.landed) updates"
        let entry: SafeText = "in \(word: effect.repository), entry \(name(effect.entry))"
        var lines = [Self.line("landed", "\(effect.at) \(updates)\(undecided) \(entry)")]
        guard let moves = effect.moves else { return lines + [Self.line("", "which, has been erased")] }
        lines += moves.prefix(Self.shownAtMost).map { move in
            let cause: SafeText = move.decision.map { "by decision \(Int($0))" } ?? "without a decision"
            return Self.line("", "\(word: move.update.ref) from \(move.update.old) to \(move.update.new), \(cause)")
        }
        if moves.count > Self.shownAtMost {
            lines.append(Self.line("", "and \(moves.count - Self.shownAtMost) more refs"))
        }
        return lines
    }

    // MARK: The job

    /// What a job said of itself, and apart from that what a token proves.
    static func lines(of job: Job) -> [SafeText] {
        let system: SafeText = "\(word: job.system.rawValue)"
        let run: SafeText = job.run.map { " run \(word: $0)" } ?? ""
        let attempt: SafeText = job.attempt.map { " attempt \($0)" } ?? ""
        let actor: SafeText = job.actor.map { " started by \(word: $0)" } ?? ""
        let proof: SafeText = job.proof.map { ", proved by a token of \(word: $0.issuer)" } ?? ", not proved"
        let url: SafeText = job.url.map { ", \(word: $0)" } ?? ""
        var lines = [line("job", "\(system)\(run)\(attempt)\(actor)\(proof)\(url)")]
        let said: [SafeText?] = [
            job.event.map { "event \(word: $0.word)" }, job.repository.map { "repository \(word: $0)" },
            job.ref.map { "ref \(word: $0)" }, job.commit.map { "commit \($0)" },
            job.environment.map { "environment \(word: $0)" },
        ]
        let words = said.compactMap(\.self)
        if !words.isEmpty { lines.append(line("it says", .joined(words, by: ", "))) }
        if let fault = job.tokenFault { lines.append(line("token", "proves nothing: \(plain: fault)")) }
        lines += (job.proof?.claims ?? []).map { line("claim", "\(word: $0.name) \(word: $0.value)") }
        return lines
    }
}
