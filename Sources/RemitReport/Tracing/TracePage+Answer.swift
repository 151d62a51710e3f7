import RemitModel

/// The answer in a few sentences: who authorised it, what the agent was allowed, why the system let it or not, and what
/// became of it.
extension TracePage {
    var answer: HTML {
        var lines: [HTML] = []
        if let newest = trace.decisions.last {
            // Of several decisions, the sign of one would pass for the sign of all.
            let sign: [HTML] = trace.decisions.count == 1 ? [verdict(of: newest), .text(" ")] : []
            lines.append(.element(.p, [], sign + [.element(.strong, [], authorised)]))
            lines += remit.map { .element(.p, [], $0) }
            lines.append(.element(.p, [], why(newest)))
        } else {
            lines.append(
                .paragraph(
                    .badge(.bad, "no decision"), .text(" "),
                    .element(.strong, [], ["No decision about it is recorded: nothing judged it."])))
        }
        lines.append(.element(.p, [], outcome))
        return .element(.div, [.style(.lead)], lines)
    }

    // MARK: Who

    /// The delegations on which something rests that was allowed, each with its chain; or the one that was asked for.
    private var authorising: [[Trace.Link]] {
        if trace.kind == .delegation {
            return trace.chains.filter { chain in
                chain.first.map { ByteString($0.id.description) == trace.value } ?? false
            }
        }
        let allowed = trace.decisions.compactMap(\.decision).filter { $0.outcome == .allowed }
        let used = Set(allowed.flatMap { $0.delegations.map(\.delegation) + $0.landings.map(\.delegation) })
        return trace.chains.filter { chain in chain.first.map { used.contains($0.id) } ?? false }
    }

    private var authorised: [HTML] {
        let chains = authorising
        let people = Self.accountable(for: chains)
        let overrides = trace.decisions.compactMap(\.decision).filter { $0.outcome == .allowed }.flatMap(\.overrides)
        if !people.isEmpty {
            let verb: HTML = trace.kind == .delegation ? " answers for it" : " authorised it"
            return HTML.values(people) + [verb] + through(chains)
        }
        if let first = chains.first?.first {
            return ["Who authorised it is not archived; it rests on ", link(to: first)] + recalled(first.id) + ["."]
        }
        if let override = overrides.first {
            return [.value(override.issuer), " let it through by an exception: ", .value(override.reason)]
        }
        guard trace.decisions.contains(where: { $0.outcome == .allowed }) else {
            return ["Nobody authorised it."] + named
        }
        let agents = Set(trace.decisions.compactMap(\.decision).flatMap { $0.agents.map(\.agent) }).sorted()
        if agents.isEmpty { return ["It was allowed as a person's work: no mark of an agent was found."] }
        return ["It was allowed without a delegation, as drafted by "] + HTML.values(agents) + [
            ", which a person pushed."
        ]
    }

    /// What the decisions themselves say of a delegation whose record is not archived.
    private func recalled(_ delegation: RecordID) -> [HTML] {
        for decision in trace.decisions.reversed().compactMap(\.decision) {
            if let use = decision.delegations.first(where: { $0.delegation == delegation }) {
                return [" of ", .value(use.delegator), " to ", .value(use.agent), ", as the decision says"]
            }
            if let landing = decision.landings.first(where: { $0.delegation == delegation }) {
                return [" of ", .value(landing.delegator), " to ", .value(landing.agent), ", as the decision says"]
            }
        }
        return []
    }

    private func through(_ chains: [[Trace.Link]]) -> [HTML] {
        guard chains.count == 1, let link = chains.first?.first, let delegation = link.delegation else {
            return [.text(", by \(chains.count) delegations.")]
        }
        return [
            trace.kind == .delegation ? ": " : ", by ", self.link(to: link), " to ", .value(delegation.agent), " for ",
            .value(delegation.task), ": ", .value(delegation.purpose),
        ]
    }

    /// Whose delegations were named by what was not allowed.
    private var named: [HTML] {
        guard let link = trace.chains.first?.first else { return [] }
        let people = Self.accountable(for: trace.chains)
        guard trace.chains.count == 1 else { return [.text(" It names \(trace.chains.count) delegations.")] }
        return [" It names ", self.link(to: link)] + (people.isEmpty ? ["."] : [" of "] + HTML.values(people) + ["."])
    }

    /// The persons at the ends of chains that are archived up to there.
    static func accountable(for chains: [[Trace.Link]]) -> [String] {
        var people: [String] = []
        for case let root? in chains.map({ $0.last?.delegation })
        where root.parent == nil && !people.contains(root.delegator) {
            people.append(root.delegator)
        }
        return people
    }

    // MARK: What

    /// What the agent was allowed, where that is one delegation.
    private var remit: [[HTML]] {
        let chains = authorising.isEmpty ? trace.chains : authorising
        guard chains.count == 1, let delegation = chains.first?.first?.delegation else { return [] }
        let repositories = Set(trace.decisions.map(\.repository))
        return delegation.grants.filter { repositories.contains($0.repository) }.map { grant in
            let except: [HTML] =
                grant.paths.except.isEmpty ? [] : [" except "] + HTML.values(grant.paths.except.map(\.description))
            let environments: [HTML] =
                grant.environments.isEmpty ? [] : [", and reach "] + HTML.values(grant.environments.sorted())
            return [.value(delegation.agent), " could push to "] + HTML.values(grant.refs.map(\.description))
                + [" in ", .value(grant.repository), " and change "]
                + HTML.values(grant.paths.patterns.map(\.description)) + except + environments
                + [
                    ", from ", .time(delegation.issuedAt), " until ", .time(delegation.expiresAt),
                    "; persons could land that in ",
                ] + HTML.values(grant.mergeInto.map(\.description), none: "no ref") + [
                    " until ", .time(delegation.mergeBy), ".",
                ]
        }
    }

    // MARK: Why

    private func why(_ newest: Trace.Recorded) -> [HTML] {
        var pieces: [HTML] = []
        if trace.decisions.count > 1 { pieces += [.text("\(counts). The newest: "), verdict(of: newest), .text(" ")] }
        pieces += [
            .link(to: id(of: newest.entry), .text("Decision \(Int(newest.entry.sequence))")), " of ", .time(newest.at),
        ]
        guard let decision = newest.decision else {
            return pieces + [.text(" is \(TraceText.outcome(newest.outcome)); its document has been erased.")]
        }
        let fault: [HTML] = Self.faults(of: decision).first.map { [": ", .text(Sentence($0).fault), "."] } ?? ["."]
        switch (decision.outcome, decision.mode) {
        case (.allowed, _) where !decision.overrides.isEmpty:
            let rules = Set(decision.overrides.map(\.rule)).sorted { $0.rawValue < $1.rawValue }
            return pieces + [" allowed it, though not by the rules: an exception set aside "]
                + HTML.values(rules.map(\.rawValue)) + ["."]
        case (.allowed, _):
            return pieces + [.text(" allowed it: all \(decision.rules.count) rules that apply were met.")]
        case (.refused, .enforce): return pieces + [" refused it"] + fault
        case (.refused, .monitor): return pieces + [" would have refused it, and only monitored"] + fault
        case (.undecided, .enforce): return pieces + [" could not check it and so refused it"] + fault
        case (.undecided, .monitor): return pieces + [" could not check it, and only monitored"] + fault
        }
    }

    private var counts: SafeText {
        let counted: [SafeText] = [Outcome.allowed, .refused, .undecided].compactMap { outcome in
            let count = trace.decisions.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(TraceText.outcome(outcome))"
        }
        let all: SafeText = trace.isCut ? "The newest \(trace.decisions.count)" : "\(trace.decisions.count)"
        return "\(all) decisions are about it: \(SafeText.joined(counted, by: ", "))"
    }

    static func faults(of decision: Decision) -> [FindingGroup] {
        FindingGroup.groups(of: decision.findings, as: Occasion(decision.submission))
    }

    // MARK: What became of it

    private var outcome: [HTML] {
        let undecided = trace.effects.filter { $0.undecided > 0 }
        guard let last = trace.effects.last else {
            return trace.decisions.contains { $0.decision?.letsThrough ?? ($0.outcome == .allowed) }
                ? [
                    .text(
                        isDeployment
                            ? "A deployment is no update of a ref: what came of it, the job knows."
                            : "That it landed is not recorded.")
                ]
                : ["Nothing of it landed, as far as is recorded."]
        }
        var pieces: [HTML] = [
            "It landed: ", .link(to: id(of: last.entry), .text("entry \(Int(last.entry.sequence))")), " of ",
            .time(last.at), ".",
        ]
        if trace.effects.count > 1 {
            pieces = [.text("It landed in \(trace.effects.count) pushes, the last ")] + pieces.dropFirst()
        }
        guard let bypass = undecided.last else { return pieces }
        return pieces + [
            .text(" "), .badge(.bad, "without a decision"),
            .text(" Nothing judged \(bypass.undecided) of the updates of "),
            .link(to: id(of: bypass.entry), .text("entry \(Int(bypass.entry.sequence))")), ".",
        ]
    }

    private var isDeployment: Bool { trace.decisions.last?.decision?.submission.isDeployment ?? false }
}
