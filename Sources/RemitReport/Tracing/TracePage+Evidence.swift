import RemitModel

/// Who wrote the commits of a decision by which evidence, which job asked, and what landed.
extension TracePage {
    /// More commits than this are told only when asked for.
    private static var openAtMost: Int { 3 }

    func commits(of decision: Decision) -> [HTML] {
        let asked = decision.authorship.filter { trace.asks(for: $0) }
        let shown: [HTML] = asked.prefix(Self.shownAtMost).map { authorship in
            let heading: [HTML] = [
                "Commit ", .value(authorship.commit), ", ", writer(of: authorship),
            ]
            let facts = HTML.facts([
                (name: "on", values: [[.value(authorship.ref)]]), (name: "marks", values: marks(of: authorship)),
                (name: "signature", values: [[signature(of: authorship)]]),
                (name: "under", values: [[standing(of: authorship)]]),
            ])
            return .details(heading, isOpen: asked.count <= Self.openAtMost, [facts])
        }
        let left = asked.count - shown.count
        return shown + (left > 0 ? [.paragraph("and \(left) more commits", style: .quiet)] : [])
    }

    private func writer(of authorship: Authorship) -> HTML {
        let strength: HTML = "\(word: authorship.attribution)"
        guard !authorship.agents.isEmpty else { return .joined("attribution ", strength) }
        return .element(.span, [], ["written by "] + HTML.values(authorship.agents) + [", ", strength])
    }

    private func marks(of authorship: Authorship) -> [[HTML]] {
        guard !authorship.evidence.isEmpty else { return [["none was found"]] }
        return authorship.evidence.map { evidence in
            if evidence.malformation == .unreadable {
                return ["none, the ", .text(evidence.place.words), " ", .value(evidence.excerpt), " cannot be read"]
            }
            return [
                .value(evidence.agent), .text(" by \(evidence.place.words) "), .value(evidence.excerpt),
                ", \(word: evidence.strength.name) and \(word: evidence.confidence.name)",
            ]
        }
    }

    private func signature(of authorship: Authorship) -> HTML {
        let key: [HTML] = authorship.key.map { [", key ", .value($0.description)] } ?? []
        let words: [HTML] =
            switch authorship.signer {
            case .unsigned: ["none"]
            case .person(let id): ["by ", .value(id)] + key
            case .delegation(let id): ["by the task key of ", link(to: id)] + key
            case .agent(let id): ["by agent ", .value(id)] + key
            case .unknown: ["good, by a key that nobody is known to hold"] + key
            case .bad(let reason): [.badge(.bad, "wrong"), ": ", .value(reason)]
            case .unchecked(let reason): [.badge(.unsure, "not checked"), ": ", .value(reason)]
            }
        return .element(.span, [], words)
    }

    private func standing(of authorship: Authorship) -> HTML {
        guard let delegation = authorship.delegation else { return "no delegation" }
        let standing: HTML = authorship.standing.map { " (\(word: $0.rawValue))" } ?? ""
        return .joined(link(to: delegation), standing)
    }

    // MARK: The job

    func job(of decision: Decision) -> [(name: SafeText, values: [[HTML]])] {
        guard let job = decision.job else { return [] }
        var words: [HTML] = [.value(job.system.rawValue)]
        if let run = job.run { words += [" run ", .value(run)] }
        if let attempt = job.attempt { words.append(" attempt \(attempt)") }
        if let actor = job.actor { words += [", started by ", .value(actor)] }
        if let url = job.url { words += [", ", .link(url: url)] }
        var facts: [(name: SafeText, values: [[HTML]])] = [("job", [words])]
        let said: [(name: SafeText, value: HTML?)] = [
            ("event", job.event.map { .value($0.word) }), ("repository", job.repository.map { .value($0) }),
            ("ref", job.ref.map { .value($0) }), ("commit", job.commit.map { .value($0) }),
            ("environment", job.environment.map { .value($0) }),
        ]
        let claims: [[HTML]] = said.compactMap { name, value in value.map { [.text("\(name) "), $0] } }
        if !claims.isEmpty { facts.append(("it says", [HTML.joined(claims, by: ", ")])) }
        if let fault = job.tokenFault { facts.append(("token", [["proves nothing: ", .value(fault)]])) }
        guard let proof = job.proof else {
            return facts + [("proof", [[.badge(.unsure, "not proved"), " The job's own words are all there is."]])]
        }
        let proved: [HTML] = [
            "a token of ", .value(proof.issuer), ", issued ", .time(proof.issuedAt), ", until ", .time(proof.expiresAt),
        ]
        facts.append(("proof", [proved]))
        facts.append(
            (
                "claims",
                proof.claims.map { claim in
                    [.element(.span, [.style(.quiet)], [.value(claim.name), ": "]), .value(claim.value)]
                }
            ))
        return facts
    }

    // MARK: What landed

    func effect(_ effect: Trace.Effect) -> HTML {
        let updates: SafeText = effect.landed == 1 ? "1 update" : "\(effect.landed) updates"
        let mark: HTML =
            effect.undecided == 0
            ? .badge(.good, "landed") : .badge(.bad, "\(effect.undecided) without a decision")
        let moves: [[HTML]] =
            effect.moves?.prefix(Self.shownAtMost).map { move in
                Self.words(of: move.update)
                    + (move.decision.map { sequence in
                        [", by ", decision(Trace.Entry(log: effect.entry.log, sequence: sequence))]
                    } ?? [", ", .badge(.bad, "without a decision")])
            } ?? [["which, has been erased"]]
        let left = (effect.moves?.count ?? 0) - moves.count
        return .part(
            HTML.Part(
                id(of: effect.entry), heading: [mark, .text(" \(updates) in "), .value(effect.repository)],
                style: .card,
                content: [
                    .facts([
                        ("recorded", [[.time(effect.at), " as ", name(of: effect.entry)]]),
                        ("changes", moves + (left > 0 ? [[.text("and \(left) more refs")]] : [])),
                    ]), commands(for: effect.entry, isDecision: false),
                ]))
    }

    /// A decision by its number, with a link to it where it is on the page.
    private func decision(_ entry: Trace.Entry) -> HTML {
        let name: HTML = "decision \(Int(entry.sequence))"
        return (trace.decisions + trace.related).contains { $0.entry == entry } ? .link(to: id(of: entry), name) : name
    }
}
