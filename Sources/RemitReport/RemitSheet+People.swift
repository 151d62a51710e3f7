import RemitModel

extension RemitSheet.Inventory {
    /// Which agent it is and who answers for it.
    func words(for id: String) -> SafeText {
        switch self {
        case .registered(let agent, _):
            """
            agent: \(word: agent.id) of \(plain: agent.vendor), \(word: agent.autonomy.rawValue), \
            owned by \(RemitSheet.list(agent.owners))
            """
        case .absent(let reason): "agent: \(word: id), not to be believed in: \(plain: reason)"
        }
    }

    /// Why nothing may be delegated to it now; empty where something may.
    func standing(at now: Instant) -> SafeText {
        guard case .registered(let agent, let suspension) = self else { return "" }
        if let suspension { return "; suspended\(RemitSheet.words(suspension))" }
        if agent.status != .active { return "; the inventory says \(word: agent.status.rawValue)" }
        guard agent.reviewBy <= now else { return "" }
        return "; its review was due at \(SafeText.moment(agent.reviewBy, seenFrom: now))"
    }
}

extension RemitSheet {
    /// How the delegation came about, and what may come of it: the chain up to the person, the request, the hops.
    var handOn: [SafeText] {
        var lines: [SafeText] = []
        for (index, link) in chain.enumerated() {
            let below: SafeText = index == 0 ? "handed on by" : "  which had it from"
            lines.append("\(below): agent \(word: link.agent) under delegation \(link.id)")
        }
        if let root = chain.last { lines.append("  which has it from: \(word: root.delegator) in person") }
        if let request = delegation.request { lines.append("answers: request \(request)") }
        if delegation.hops > 0 {
            lines.append(
                delegation.hops == 1 ? "may be handed on: once" : "may be handed on: \(delegation.hops) times over")
        }
        return lines
    }
}
