package import RemitModel

extension Policy {
    /// What the policy says, one statement an element, so that two policies can be compared in words.
    package var statements: [SafeText] {
        var all: [SafeText] = ["attribution: \(word: attribution.rawValue) where a repository does not say more"]
        all += persons.map { person in
            person.logins.isEmpty
                ? "person \(word: person.id)" : "person \(word: person.id), with accounts \(Self.list(person.logins))"
        }
        all += roles.map(Self.statement)
        all += approvers.map(Self.statement)
        all += operators.map { "\(word: $0) may suspend and revoke, as an operator" }
        all += auditors.map { "\(word: $0) is an auditor" }
        all += approvals.map(Self.statement)
        all += repositories.map { repository in
            """
            repository \(word: repository.name): attribution \(word: repository.attribution.rawValue), \
            protected \(Self.list(repository.protectedRefs))
            """
        }
        all += protectedPaths.map { "protected path: \(word: $0.description)" }
        if let resumedAt {
            all.append("suspensions of every agent from before \(resumedAt) let new delegations in")
        }
        return all
    }

    private static func statement(_ role: DelegatorRole) -> SafeText {
        """
        \(word: role.person) may delegate in repositories \(list(role.repositories)): refs \(list(role.refs)); \
        paths \(list(role.paths.patterns))\(except(role.paths)); operations \
        \(list(Operation.allCases.filter(role.operations.contains).map(\.rawValue))); environments \
        \(list(role.environments.sorted())); for at most \(Int(role.lifetime / 3600)) hours
        """
    }

    private static func statement(_ role: ApproverRole) -> SafeText {
        """
        \(word: role.person) may approve in repositories \(list(role.repositories)): refs \(list(role.refs)); \
        paths \(list(role.paths.patterns))\(except(role.paths)); environments \(list(role.environments.sorted()))
        """
    }

    private static func statement(_ demand: ApprovalDemand) -> SafeText {
        let who: SafeText = demand.independent ? "independent approvals" : "approvals"
        return """
            \(demand.count) \(who) needed in repositories \(list(demand.repositories)): refs \(list(demand.refs)); \
            paths \(demand.paths.isEmpty ? "any" : list(demand.paths)); environments \
            \(list(demand.environments.sorted()))
            """
    }

    private static func except(_ scope: PathScope) -> SafeText {
        scope.except.isEmpty ? "" : " but not \(list(scope.except))"
    }

    private static func list(_ values: [String]) -> SafeText {
        values.isEmpty ? "none" : SafeText.joined(values.map { "\(word: $0)" }, by: ", ")
    }

    private static func list(_ patterns: [PathPattern]) -> SafeText { list(patterns.map(\.description)) }
}

extension Root {
    /// What the root says, one statement an element.
    ///
    /// - Parameter fingerprint: how people compare a key that the root names.
    package func statements(_ fingerprint: (String) -> String) -> [SafeText] {
        ["\(threshold) of \(administrators.count) administrators must sign"]
            + administrators.flatMap { administrator in
                administrator.keys.map { key -> SafeText in
                    "administrator \(word: administrator.id) with key \(word: fingerprint(key))"
                }
            }
    }
}
