import RemitModel

/// One decision in full.
extension TracePage {
    /// How it ended.
    func verdict(of recorded: Trace.Recorded) -> HTML {
        let (mark, word) = sign(of: recorded)
        return .badge(mark, word)
    }

    /// How it ended, as a mark and in words.
    func sign(of recorded: Trace.Recorded) -> (HTML.Mark, SafeText) {
        guard let decision = recorded.decision else {
            return (HTML.Mark(recorded.outcome), TraceText.outcome(recorded.outcome))
        }
        return switch (decision.outcome, decision.mode) {
        case (.allowed, _) where !decision.overrides.isEmpty: (.special, "allowed by exception")
        case (.refused, .monitor): (.special, "would be refused, only monitored")
        case (.undecided, .monitor): (.special, "undecided, only monitored")
        case (let outcome, _): (HTML.Mark(outcome), TraceText.outcome(outcome))
        }
    }

    /// What was judged: a push to some refs of a repository, a deployment.
    func occasion(of recorded: Trace.Recorded) -> HTML {
        guard let decision = recorded.decision else {
            return .joined("a submission in ", .value(recorded.repository), ", whose document has been erased")
        }
        let refs = HTML.values(decision.updates.prefix(3).map { String(decoding: $0.ref.bytes, as: UTF8.self) })
        let more: HTML = decision.updates.count > 3 ? " and \(decision.updates.count - 3) more refs" : ""
        let way: [HTML] =
            switch decision.submission {
            case .push: ["push to "] + refs + [more]
            case .merge: ["merge into "] + refs + [more]
            case .deployment(let environment): ["deployment to ", .value(environment)]
            }
        return .element(.span, [], way + [" in ", .value(recorded.repository)])
    }

    func decision(_ recorded: Trace.Recorded) -> HTML {
        let heading: [HTML] = [verdict(of: recorded), .text(" "), occasion(of: recorded)]
        guard let decision = recorded.decision else {
            return .part(
                HTML.Part(
                    id(of: recorded.entry), heading: heading, style: .card,
                    content: [
                        .facts(entry(recorded)),
                        .paragraph("Its document has been erased; the entry in the log stands."),
                        commands(for: recorded.entry, isDecision: true),
                    ]))
        }
        let facts =
            entry(recorded) + submission(of: decision) + rules(of: decision) + grounds(of: decision)
            + job(of: decision)
        return .part(
            HTML.Part(
                id(of: recorded.entry), heading: heading, style: .card,
                content: [.facts(facts)] + commits(of: decision) + [
                    .details(["Everything that the decision says"], HTML.record(JSONReport.object(decision))),
                    commands(for: recorded.entry, isDecision: true),
                ]))
    }

    private typealias Facts = [(name: SafeText, values: [[HTML]])]

    private func entry(_ recorded: Trace.Recorded) -> Facts {
        [
            ("recorded", [[.time(recorded.at), " as ", name(of: recorded.entry), " by ", .value(recorded.program)]])
        ]
    }

    private func submission(of decision: Decision) -> Facts {
        var facts: Facts = []
        let moves: [[HTML]] = decision.updates.prefix(Self.shownAtMost).map(Self.words)
        let left = decision.updates.count - moves.count
        facts.append(("changes", moves + (left > 0 ? [[.text("and \(left) more refs")]] : [])))
        if let pusher = decision.pusher {
            facts.append(("pusher", [[.value(pusher.login), ", vouched for by ", .value(pusher.vouchedBy)]]))
        }
        if let certificate = decision.certificate {
            facts.append(("certificate", [[.text(certificate.words)]]))
        }
        if let via = RouteWords.via(decision.route.via) { facts.append(("via", [[.text(via)]])) }
        if let repository = decision.route.repository {
            facts.append(("named", [[.value(repository), " by the server"]]))
        }
        return facts
    }

    /// From where to where a ref goes.
    static func words(of update: RefUpdate) -> [HTML] {
        if update.old.isZero { return [.value(update.ref), " created at ", .value(update.new)] }
        if update.isDeletion { return [.value(update.ref), " deleted from ", .value(update.old)] }
        return [.value(update.ref), " from ", .value(update.old), " to ", .value(update.new)]
    }

    // MARK: Why

    private func rules(of decision: Decision) -> Facts {
        var facts: Facts = []
        let groups = Self.faults(of: decision).prefix(Self.shownAtMost)
        if !groups.isEmpty {
            let faults: [[HTML]] = groups.map { group in
                let sentence = Sentence(group)
                // Without the rule, which the badge names.
                let details = SafeText.joined(Array(Details.lines(of: group).dropFirst()), by: "\n")
                return [.badge(.bad, "\(group.rule)"), .text(" \(sentence.fault)")]
                    + (details.isEmpty ? [] : [.command(details)])
                    + sentence.hints.map { .paragraph(.text("Hint: \($0)"), style: .quiet) }
            }
            facts.append(("failed", faults))
            let left = decision.findingCount - groups.map(\.findings).reduce(0, +)
            if left > 0 { facts.append(("", [[.text("and \(left) more findings")]])) }
        }
        for override in decision.overrides {
            facts.append(
                (
                    "exception",
                    [
                        [
                            .badge(.special, "set aside"), .text(" \(override.rule) on "), .value(override.ref), " by ",
                            .value(override.issuer), ": ", .value(override.reason), ", in exception ",
                            .value(override.exception), " until ", .time(override.expiresAt),
                        ]
                    ]
                ))
        }
        let broken = Set(decision.findings.map(\.rule)).union(decision.overrides.map(\.rule))
        let observations = ObservationLines.groups(of: decision, as: Occasion(decision.submission))
        if !observations.isEmpty {
            var told: [[HTML]] = observations.prefix(Self.shownAtMost).map { group in
                [.badge(.special, "\(group.rule)"), .text(" \(Sentence(group).fault)")]
            }
            let left =
                decision.observationCount - observations.prefix(Self.shownAtMost).map(\.findings).reduce(0, +)
            if left > 0 { told.append([.text("and \(left) more observations")]) }
            facts.append(("observed", told))
        }
        let observed = Set(decision.observations.map(\.rule))
        let passed = decision.rules.filter { !broken.contains($0) && !observed.contains($0) }
        if !passed.isEmpty {
            facts.append(
                ("passed", [[.details([.text("\(passed.count) rules")], HTML.values(passed.map(\.rawValue)))]]))
        }
        return facts
    }

    private func grounds(of decision: Decision) -> Facts {
        var facts: Facts = []
        let landed: SafeText = decision.submission.isDeployment ? "deployed" : "landed"
        let uses =
            decision.delegations.map { ($0.delegation, $0.agent, $0.delegator, $0.commits, "used") as Used }
            + decision.landings.map { ($0.delegation, $0.agent, $0.delegator, $0.commits, landed) as Used }
        let rested: [[HTML]] = uses.map { use in
            [
                link(to: use.id), " of ", .value(use.delegator), " to ", .value(use.agent),
                .text(", \(use.verb) for \(use.commits == 1 ? "1 commit" : "\(use.commits) commits")"),
            ]
        }
        if !rested.isEmpty { facts.append((decision.outcome == .allowed ? "rests on" : "names", rested)) }
        for approved in decision.approvals {
            facts.append(
                (
                    "approval",
                    [
                        [
                            .value(approved.approver), " approved ", .value(approved.commit), ", in ",
                            .value(approved.approval),
                        ]
                    ]
                ))
        }
        facts.append(("policy", [policy(of: decision)]))
        for remark in decision.remarks { facts.append(("note", [[.value(remark)]])) }
        return facts
    }

    private typealias Used = (id: RecordID, agent: String, delegator: String, commits: Int, verb: SafeText)

    private func policy(of decision: Decision) -> [HTML] {
        guard let authority = decision.authority else { return ["the authority could not be read"] }
        let version: HTML = decision.policyVersion.map { "version \($0)" } ?? "unknown"
        return [version, ", authority at commit ", .value(authority)]
    }
}
