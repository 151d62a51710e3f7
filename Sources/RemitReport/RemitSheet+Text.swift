import RemitModel

extension RemitSheet {
    /// The remit in words, one statement a line.
    ///
    /// Each line begins with words of ours.
    package var text: String {
        let lines =
            [heading, standing, "id: \(word: id.description)"] + people + time + delegation.grants.flatMap(clause) + [
                budget
            ] + proofs
        return lines.map { $0.text + "\n" }.joined()
    }

    private var heading: SafeText {
        "delegation \(id) of \(word: delegation.organisation): \(plain: delegation.task), \(plain: delegation.purpose)"
    }

    private var standing: SafeText {
        switch state {
        case .inForce: "in force: the agent may act for another \(SafeText.span(from: now, to: delegation.expiresAt))"
        case .notYet: "not in force: it begins at \(SafeText.moment(delegation.issuedAt, seenFrom: now))"
        case .landing:
            """
            expired \(SafeText.span(from: delegation.expiresAt, to: now)) ago: the agent may act no more; \
            persons may land what was seen in time for another \(SafeText.span(from: now, to: delegation.mergeBy))
            """
        case .expired: "not in force: expired \(SafeText.span(from: delegation.expiresAt, to: now)) ago"
        case .revoked: "not in force: revoked\(fallen)\(revocation.map(Self.words) ?? "")"
        case .suspended: "not in force: the agent is suspended\(suspension)"
        case .invalid: "not in force: a server would refuse it\(invalidity)"
        }
    }

    static func words(_ revocation: Revocation) -> SafeText {
        """
         by \(word: revocation.issuer) at \(revocation.issuedAt) as \(word: revocation.cause.rawValue): \
        \(plain: revocation.reason)
        """
    }

    /// What was revoked, where that is not the delegation itself.
    private var fallen: SafeText {
        switch revocation?.target {
        case nil, .delegation(id): ""
        case .delegation(let other): " with delegation \(other) above it,"
        case .key: " with its task key,"
        case .agent(let agent): " with everything of agent \(word: agent),"
        case .everyAgent: " with everything of every agent,"
        }
    }

    private var suspension: SafeText {
        guard case .registered(let agent, let suspension) = inventory else { return "" }
        if let suspension { return Self.words(suspension) }
        if agent.status != .active { return ": the inventory says \(word: agent.status.rawValue)" }
        return ": its review was due at \(SafeText.moment(agent.reviewBy, seenFrom: now))"
    }

    private var invalidity: SafeText {
        if let fault { return " (\(fault.rule)): \(plain: fault.reason)" }
        if case .absent(let reason) = inventory { return " (\(RuleCode.delegationAgent)): \(plain: reason)" }
        return ""
    }

    private var people: [SafeText] {
        let holds: SafeText = fault == nil ? "; signature and role hold" : ""
        var lines: [SafeText] = [
            "delegated by: \(word: delegation.delegator), who stays accountable\(holds)",
            inventory.words(for: delegation.agent),
        ]
        lines += handOn
        if let context = delegation.context {
            let model: SafeText = context.model.map { "model \(word: $0)" } ?? "no model named"
            lines.append("has to hand: \(model); tools: \(Self.list(context.tools))")
        }
        return lines
    }

    private var time: [SafeText] {
        [
            """
            acts: from \(delegation.issuedAt) until \(SafeText.moment(delegation.expiresAt, seenFrom: now))
            """,
            "landed by persons: until \(SafeText.moment(delegation.mergeBy, seenFrom: now))",
        ]
    }

    private func clause(_ grant: Grant) -> [SafeText] {
        [
            "in repository \(word: grant.repository):",
            "  may push to: \(Self.list(grant.refs))",
            "  persons may land its work in: \(Self.list(grant.mergeInto))",
            "  may change: \(Self.list(grant.paths.patterns))",
            "  never: \(Self.list(grant.paths.except))",
            """
              protected unless a line above names them: CI definitions, .gitattributes, .gitmodules, CODEOWNERS, \
            agents' instructions\(protectedPaths.isEmpty ? "" : ", \(Self.list(protectedPaths))")
            """,
            "  may do: \(Self.list(Operation.allCases.filter(grant.operations.contains).map(\.rawValue)))",
            "  environments: \(Self.list(grant.environments.sorted()))",
        ]
    }

    private var budget: SafeText {
        let parts: [SafeText] = delegation.limits.named.compactMap { unit, limit in
            limit.map { limit in
                let used: SafeText = spent.map { " (\($0.count(of: unit)) used)" } ?? ""
                return "\(limit) \(SafeText(unit))\(used)"
            }
        }
        return parts.isEmpty ? "limits: none" : "limits: at most \(SafeText.joined(parts, by: ", "))"
    }

    private var proofs: [SafeText] {
        var lines: [SafeText] = []
        if !delegation.keys.isEmpty {
            lines.append("proved by: commits signed with \(Self.list(delegation.keys.map(\.description)))")
        }
        if !delegation.certificateAuthorities.isEmpty {
            let authorities = Self.list(delegation.certificateAuthorities.map(\.description))
            lines.append("proved by: certificates of \(authorities) for principal \(word: id.description)")
        }
        return lines
    }

    static func list(_ values: [String]) -> SafeText {
        values.isEmpty ? "none" : SafeText.joined(values.map { "\(word: $0)" }, by: ", ")
    }

    private static func list(_ patterns: [PathPattern]) -> SafeText {
        list(patterns.map(\.description))
    }
}
