package import RemitModel

extension Policy {
    /// What the policy says, one statement an element, so that two policies can be compared in words.
    package var statements: [SafeText] {
        var all: [SafeText] = ["\(Self.words(attribution)) where a repository does not say more"]
        all += persons.map { person in
            person.logins.isEmpty
                ? "person \(word: person.id)" : "person \(word: person.id), with accounts \(Self.list(person.logins))"
        }
        all += roles.map(Self.statement)
        all += approvers.map(Self.statement)
        all += operators.map { "\(word: $0) may suspend and revoke, as an operator" }
        all += auditors.map { "\(word: $0) is an auditor" }
        all += approvals.map(Self.statement)
        all += repositories.flatMap(Self.statements)
        all += environments.map(Self.statement)
        all += jobs.map(Self.statement)
        all += timestampKeys.map { "key \(word: $0.description) may say how fresh a copy of the authority is" }
        all += protectedPaths.map { "protected path: \(word: $0.description)" }
        if let resumedAt {
            all.append("suspensions of every agent from before \(resumedAt) let new delegations in")
        }
        return all
    }

    private static func statements(_ repository: RepositoryPolicy) -> [SafeText] {
        let name: SafeText = "repository \(word: repository.name)"
        return [
            """
            \(name): \(words(repository.terms.demands(within: repository.organisation))), \
            protected \(list(repository.protectedRefs))
            """
        ] + repository.refs.map { "\(name), refs \(list($0.refs)): \(words($0.terms))" }
    }

    private static func words(_ demands: AttributionDemands) -> SafeText {
        words(
            AttributionTerms(
                attribution: demands.attribution, unregistered: demands.unregistered,
                inconsistent: demands.inconsistent))
    }

    /// What an entry says; of what it leaves to a wider one, nothing.
    private static func words(_ terms: AttributionTerms) -> SafeText {
        let said: [SafeText?] = [
            terms.attribution.map { "attribution \(word: $0.rawValue)" },
            terms.unregistered.map { "unregistered agents \(word: $0.rawValue)" },
            terms.inconsistent.map { "inconsistent marks \(word: $0.rawValue)" },
        ]
        return SafeText.joined(said.compactMap(\.self), by: ", ")
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

    private static func statement(_ environment: EnvironmentPolicy) -> SafeText {
        let agents: SafeText =
            switch environment.agents {
            case .delegated: "agents' changes need a delegation that names it"
            case .approved: "agents' changes need a delegation that names it, or \(environment.approvals) approvals"
            case .any: "agents' changes need nothing more"
            }
        let identity: SafeText = environment.identity == .proved ? "a job must prove who it is" : "a job says who it is"
        let keys: SafeText =
            environment.statementKeys.isEmpty ? "" : "; statements signed by \(list(environment.statementKeys))"
        return """
            environment \(word: environment.name) of repositories \(list(environment.repositories)): deployed from \
            \(list(environment.deployFrom)); \(agents); \(identity)\(keys)
            """
    }

    private static func statement(_ job: JobTrust) -> SafeText {
        """
        a token of \(word: job.issuer) for \(word: job.audience) speaks for repositories \(list(job.repositories)), \
        environments \(job.environments.isEmpty ? "all" : list(job.environments.sorted())), where it says \
        \(list(job.claims.map { "\($0.name)=\($0.value)" }))
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
