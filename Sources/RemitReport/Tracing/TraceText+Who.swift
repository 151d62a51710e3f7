import RemitModel

extension TraceText {
    static func lines(of authorship: Authorship) -> [SafeText] {
        var lines = [line("commit", "\(word: authorship.commit.hex) on \(word: authorship.ref)")]
        for evidence in authorship.evidence {
            let weight: SafeText = "\(word: evidence.strength.name) and \(word: evidence.confidence.name)"
            let place: SafeText = "\(word: evidence.place.rawValue) \(quoted: evidence.excerpt)"
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
        }
        if let root = chain.last?.delegation, root.parent == nil {
            lines.append(line("accountable", "\(word: root.delegator)"))
        }
        return lines
    }

    static func line(_ effect: Trace.Effect) -> SafeText {
        let undecided: SafeText = effect.undecided > 0 ? ", \(effect.undecided) of them without a decision" : ""
        let updates: SafeText = effect.landed == 1 ? "1 update" : "\(effect.landed) updates"
        return line("landed", "\(effect.at) \(updates)\(undecided), entry \(Int(effect.entry.sequence))")
    }
}
