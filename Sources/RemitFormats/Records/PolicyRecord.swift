package import RemitModel

extension Policy.Demand: CaseIterable {
    package static let allCases: [Policy.Demand] = [.declared, .authenticated, .signed]
}

extension Policy {
    /// Reads `authority.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "authority/v1")
        let attribution: Demand = try table.word("attribution", default: Demand.declared)
        guard let people = try table.optionalRecordID("people") else { throw table.refusal("people", "is missing") }
        var persons: [Person] = []
        for var person in try table.tables("person") {
            persons.append(Person(id: try person.identifier("id"), logins: try person.texts("logins")))
            try person.finish()
        }
        guard Set(persons.map(\.id)).count == persons.count else { throw table.refusal("person", "names an id twice") }
        let logins = persons.flatMap(\.logins)
        guard Set(logins).count == logins.count else { throw table.refusal("person", "gives a login to two persons") }
        var roles: [DelegatorRole] = []
        for var role in try table.tables("delegator") {
            let parsed = try DelegatorRole(&role)
            guard persons.contains(where: { $0.id == parsed.person }) else {
                throw role.refusal("person", "'\(parsed.person)' is not among the [[person]] entries")
            }
            roles.append(parsed)
        }
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
        self.init(
            organisation: try table.identifier("organisation"),
            version: try table.number("version", 1...Int(Int32.max)),
            people: people, persons: persons, roles: roles, repositories: repositories, protectedPaths: protected,
            attribution: attribution)
        try table.finish()
    }
}

extension DelegatorRole {
    fileprivate init(_ table: inout RecordTable) throws(RecordError) {
        let repositories = try table.texts("repositories")
        guard !repositories.isEmpty else { throw table.refusal("repositories", "names no repository; '*' means all") }
        let refs = try table.patterns("refs", refs: true)
        let paths = PathScope(try table.patterns("paths"), except: try table.patterns("except"))
        self.init(
            person: try table.identifier("person"), repositories: repositories, refs: refs, paths: paths,
            operations: try table.words("operations"), environments: Set(try table.texts("environments")),
            lifetime: Int64(try table.number("lifetime_hours", 1...24 * 366)) * 3600)
        try table.finish()
    }
}

extension RepositoryPolicy {
    fileprivate init(_ table: inout RecordTable, attribution: Policy.Demand) throws(RecordError) {
        let protected = try table.patterns("protected_refs", refs: true)
        self.init(
            name: try table.identifier("name"),
            protectedRefs: protected.isEmpty ? RepositoryPolicy.defaultProtectedRefs : protected,
            attribution: try table.word("attribution", default: attribution))
        try table.finish()
    }
}
