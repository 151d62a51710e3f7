package import RemitModel

extension Policy.Demand: CaseIterable {
    package static let allCases: [Policy.Demand] = [.declared, .authenticated, .signed]
}

extension Policy {
    /// Reads `authority.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "authority/v1")
        let attribution = try table.attributionTerms().demands(within: AttributionDemands())
        guard let people = try table.optionalRecordID("people") else { throw table.refusal("people", "is missing") }
        var persons: [Person] = []
        for var person in try table.tables("person") {
            persons.append(Person(id: try person.identifier("id"), logins: try person.texts("logins")))
            try person.finish()
        }
        guard Set(persons.map(\.id)).count == persons.count else { throw table.refusal("person", "names an id twice") }
        let logins = persons.flatMap(\.logins)
        guard Set(logins).count == logins.count else { throw table.refusal("person", "gives a login to two persons") }
        let ids = Set(persons.map(\.id))
        var roles: [DelegatorRole] = []
        for var role in try table.tables("delegator") { roles.append(try DelegatorRole(&role, among: ids)) }
        var approvers: [ApproverRole] = []
        for var role in try table.tables("approver") { approvers.append(try ApproverRole(&role, among: ids)) }
        let operators = try table.persons("operators", among: ids)
        let auditors = try table.persons("auditors", among: ids)
        let others = Set(roles.map(\.person) + approvers.map(\.person) + operators)
        if let both = auditors.first(where: others.contains) {
            throw table.refusal("auditors", "'\(both)' has another role; an auditor has none")
        }
        var approvals: [ApprovalDemand] = []
        for var demand in try table.tables("approval") { approvals.append(try ApprovalDemand(&demand)) }
        var repositories: [RepositoryPolicy] = []
        for var repository in try table.tables("repository") {
            repositories.append(try RepositoryPolicy(&repository, attribution: attribution))
        }
        guard Set(repositories.map(\.name)).count == repositories.count else {
            throw table.refusal("repository", "names a repository twice")
        }
        let protected = try table.patterns("protected_paths")
        if let wide = protected.first(where: { $0.literal.isEmpty || $0.kind != .exact && $0.kind != .subtree }) {
            throw table.refusal("protected_paths", "'\(wide)' must be an exact path or a directory followed by /**")
        }
        var environments: [EnvironmentPolicy] = []
        for var environment in try table.tables("environment") {
            environments.append(try EnvironmentPolicy(&environment))
        }
        let places = environments.flatMap { environment in environment.repositories.map { [environment.name, $0] } }
        guard Set(places).count == places.count else {
            throw table.refusal("environment", "names an environment of a repository twice")
        }
        var jobs: [JobTrust] = []
        for var job in try table.tables("job") { jobs.append(try JobTrust(&job)) }
        self.init(
            organisation: try table.identifier("organisation"),
            version: try table.number("version", 1...Int(Int32.max)),
            people: people, persons: persons, roles: roles, approvers: approvers, operators: operators,
            auditors: auditors, approvals: approvals, repositories: repositories, protectedPaths: protected,
            attribution: attribution, resumedAt: try table.optionalMoment("resumed_at"),
            environments: environments, jobs: jobs, timestampKeys: try table.keys("timestamp_keys"),
            marks: try table.optionalRecordID("marks"))
        try table.finish()
    }
}

extension RecordTable {
    /// A person whom the policy lists.
    fileprivate mutating func person(among persons: Set<String>) throws(RecordError) -> String {
        let person = try identifier("person")
        guard persons.contains(person) else {
            throw refusal("person", "'\(person)' is not among the [[person]] entries")
        }
        return person
    }

    fileprivate mutating func persons(_ key: String, among persons: Set<String>) throws(RecordError) -> [String] {
        let named = try texts(key)
        if let stranger = named.first(where: { !persons.contains($0) }) {
            throw refusal(key, "'\(stranger)' is not among the [[person]] entries")
        }
        return named
    }

    mutating func repositories() throws(RecordError) -> [String] {
        let repositories = try texts("repositories")
        guard !repositories.isEmpty else { throw refusal("repositories", "names no repository; '*' means all") }
        return repositories
    }
}

extension DelegatorRole {
    fileprivate init(_ table: inout RecordTable, among persons: Set<String>) throws(RecordError) {
        self.init(
            person: try table.person(among: persons), repositories: try table.repositories(),
            refs: try table.patterns("refs", refs: true),
            paths: PathScope(try table.patterns("paths"), except: try table.patterns("except")),
            operations: try table.words("operations"), environments: Set(try table.texts("environments")),
            lifetime: Int64(try table.number("lifetime_hours", 1...24 * 366)) * 3600)
        try table.finish()
    }
}

extension ApproverRole {
    fileprivate init(_ table: inout RecordTable, among persons: Set<String>) throws(RecordError) {
        self.init(
            person: try table.person(among: persons), repositories: try table.repositories(),
            refs: try table.patterns("refs", refs: true),
            paths: PathScope(try table.patterns("paths"), except: try table.patterns("except")),
            environments: Set(try table.texts("environments")))
        try table.finish()
    }
}

extension ApprovalDemand {
    /// Most approvals that one change can need: more persons than that, and nobody would ask them.
    static let maximumCount = 16

    fileprivate init(_ table: inout RecordTable) throws(RecordError) {
        let refs = try table.patterns("refs", refs: true)
        let environments = Set(try table.texts("environments"))
        guard !refs.isEmpty || !environments.isEmpty else {
            throw table.refusal("refs", "names neither a ref nor an environment")
        }
        self.init(
            repositories: try table.repositories(), refs: refs, paths: try table.patterns("paths"),
            environments: environments, count: try table.number("count", 1...Self.maximumCount),
            independent: try table.optionalFlag("independent") ?? false)
        try table.finish()
    }
}

extension RepositoryPolicy {
    fileprivate init(_ table: inout RecordTable, attribution: AttributionDemands) throws(RecordError) {
        let protected = try table.patterns("protected_refs", refs: true)
        var refs: [RefTerms] = []
        for var entry in try table.tables("ref") { refs.append(try RefTerms(&entry)) }
        self.init(
            name: try table.identifier("name"),
            protectedRefs: protected.isEmpty ? RepositoryPolicy.defaultProtectedRefs : protected,
            terms: try table.attributionTerms(), refs: refs, within: attribution)
        try table.finish()
    }
}

extension RefTerms {
    fileprivate init(_ table: inout RecordTable) throws(RecordError) {
        let refs = try table.patterns("refs", refs: true)
        guard !refs.isEmpty else { throw table.refusal("refs", "names no ref") }
        let terms = try table.attributionTerms()
        guard !terms.isEmpty else {
            throw table.refusal(nil, "an entry of refs says none of: attribution, unregistered, inconsistent")
        }
        self.init(refs: refs, terms: terms)
        try table.finish()
    }
}

extension RecordTable {
    /// The three keys that may stand at the top, in a repository, and in an entry of refs.
    fileprivate mutating func attributionTerms() throws(RecordError) -> AttributionTerms {
        AttributionTerms(
            attribution: try optionalWord("attribution"), unregistered: try optionalWord("unregistered"),
            inconsistent: try optionalWord("inconsistent"))
    }
}
