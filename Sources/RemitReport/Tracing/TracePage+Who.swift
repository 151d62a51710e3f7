import RemitModel

/// The chains from an agent to the person who answers for it, and what each delegation says.
extension TracePage {
    func id(of delegation: RecordID) -> HTML.ID {
        HTML.ID("delegation", delegations.firstIndex { $0.id == delegation } ?? 0)
    }

    func link(to link: Trace.Link) -> HTML { self.link(to: link.id) }

    /// A delegation, with a link to what it says where that is on the page.
    func link(to delegation: RecordID) -> HTML {
        guard delegations.contains(where: { $0.id == delegation }) else {
            return .joined("delegation ", .value(delegation))
        }
        return .link(to: id(of: delegation), .text("delegation \(delegation)"))
    }

    var who: [HTML] {
        let chained = Set(trace.chains.compactMap { $0.first?.delegation?.agent })
        let others = trace.agents.filter { !chained.contains($0.id) }
        let agents: [HTML] = others.isEmpty ? [] : [.list(others.map { ["Agent "] + words(for: $0.id) })]
        return trace.chains.map(steps) + agents
    }

    /// From the agent, step by step, to the person.
    private func steps(of chain: [Trace.Link]) -> HTML {
        var steps: [[HTML]] = []
        if let first = chain.first?.delegation { steps.append(["Agent "] + words(for: first.agent)) }
        for (index, link) in chain.enumerated() {
            guard let delegation = link.delegation else {
                steps.append([
                    index == 0 ? "under " : "which was handed on from ", self.link(to: link),
                    ", whose record is not archived: from here, who answers for it is not known",
                ])
                continue
            }
            let task: [HTML] = [" for ", .value(delegation.task), ": ", .value(delegation.purpose)]
            steps.append(
                [index == 0 ? "acts under " : "which was handed on by ", index == 0 ? "" : .value(delegation.agent)]
                    + [index == 0 ? "" : " under ", self.link(to: link)] + task)
            if delegation.parent == nil {
                steps.append([
                    .element(.strong, [], [.value(delegation.delegator)]), " signed that delegation and is accountable",
                ])
            }
        }
        return .numbered(steps, style: .card)
    }

    private func words(for agent: String) -> [HTML] {
        guard let known = trace.agents.first(where: { $0.id == agent }) else { return [.value(agent)] }
        guard let owners = known.owners else { return [.value(agent), ", whose record is not archived"] }
        return [.value(agent), ", owned by "] + HTML.values(owners, none: "nobody")
    }

    // MARK: Delegations

    func delegation(_ link: Trace.Link) -> HTML {
        guard let delegation = link.delegation else {
            return .section(
                id(of: link.id), .text("Delegation \(link.id)"), style: .card,
                content: [
                    .facts([(name: "id", values: [[.value(link.id)]])]),
                    .paragraph("Its record is not archived."),
                ])
        }
        return .section(
            id(of: link.id), .text("Delegation \(link.id)"), style: .card,
            content: [
                .facts(facts(of: delegation, link.id) + delegation.grants.flatMap(facts) + budget(of: delegation))
            ])
    }

    private func facts(of delegation: Delegation, _ id: RecordID) -> [(name: SafeText, values: [[HTML]])] {
        var facts: [(name: SafeText, values: [[HTML]])] = [
            ("id", [[.value(id)]]),
            ("delegator", [[.value(delegation.delegator)]]),
            ("agent", [[.value(delegation.agent)]]),
            ("task", [[.value(delegation.task)]]),
            ("purpose", [[.value(delegation.purpose)]]),
            ("issued", [[.time(delegation.issuedAt)]]),
            ("expires", [[.time(delegation.expiresAt)]]),
            ("to be landed by", [[.time(delegation.mergeBy)]]),
        ]
        if let parent = delegation.parent {
            facts.append(("handed on from", [[link(to: parent), .text(" "), .value(parent)]]))
        }
        facts.append(("task keys", [HTML.values(delegation.keys.map(\.description))]))
        if !delegation.certificateAuthorities.isEmpty {
            facts.append(("certified by", [HTML.values(delegation.certificateAuthorities.map(\.description))]))
        }
        facts.append(("may be handed on", [[.text(delegation.hops == 0 ? "no" : "\(delegation.hops) times over")]]))
        if let request = delegation.request { facts.append(("answers request", [[.value(request)]])) }
        if let context = delegation.context {
            facts.append(("model", [context.model.map { [.value($0)] } ?? ["none named"]]))
            facts.append(("tools", [HTML.values(context.tools)]))
            if let instructions = context.instructions { facts.append(("instructions", [[.value(instructions)]])) }
        }
        return facts
    }

    private func facts(of grant: Grant) -> [(name: SafeText, values: [[HTML]])] {
        func patterns(_ patterns: [PathPattern]) -> [[HTML]] { [HTML.values(patterns.map(\.description))] }
        return [
            ("in repository", [[.element(.strong, [], [.value(grant.repository)])]]),
            ("may push to", patterns(grant.refs)),
            ("landed by persons in", patterns(grant.mergeInto)),
            ("may change", patterns(grant.paths.patterns)),
            ("never", patterns(grant.paths.except)),
            ("may do", [HTML.values(Operation.allCases.filter(grant.operations.contains).map(\.rawValue))]),
            ("environments", [HTML.values(grant.environments.sorted())]),
        ]
    }

    private func budget(of delegation: Delegation) -> [(name: SafeText, values: [[HTML]])] {
        let limits: [SafeText] = delegation.limits.named.compactMap { unit, limit in
            limit.map { "\($0) \(SafeText(unit))" }
        }
        return [("limits", [[.text(limits.isEmpty ? "none" : "at most \(SafeText.joined(limits, by: ", "))")]])]
    }
}
