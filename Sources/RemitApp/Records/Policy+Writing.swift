import RemitFormats
import RemitModel

extension Policy {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "authority/v1")
        writer.set("organisation", organisation)
        writer.set("version", version)
        writer.set("people", people.description)
        writer.set("marks", ifGiven: marks?.description)
        writer.set("attribution", attribution.attribution.rawValue)
        writer.set("unregistered", attribution.unregistered, unless: AttributionDemands().unregistered)
        writer.set("inconsistent", attribution.inconsistent, unless: AttributionDemands().inconsistent)
        writer.set("protected_paths", unlessEmpty: protectedPaths.map(\.description))
        writer.set("operators", unlessEmpty: operators)
        writer.set("auditors", unlessEmpty: auditors)
        writer.set("resumed_at", ifGiven: resumedAt)
        writer.set("timestamp_keys", unlessEmpty: timestampKeys.map(\.description))
        for person in persons {
            writer.element("person")
            writer.set("id", person.id)
            writer.set("logins", unlessEmpty: person.logins)
        }
        for role in roles {
            writer.element("delegator")
            writer.set("person", role.person)
            writer.set("repositories", role.repositories)
            writer.set("refs", role.refs.map(\.description))
            writer.set("paths", role.paths.patterns.map(\.description))
            writer.set("except", unlessEmpty: role.paths.except.map(\.description))
            writer.set("operations", role.operations.names)
            writer.set("environments", unlessEmpty: role.environments.sorted())
            writer.set("lifetime_hours", Int(role.lifetime / 3600))
        }
        for role in approvers {
            writer.element("approver")
            writer.set("person", role.person)
            writer.set("repositories", role.repositories)
            writer.set("refs", unlessEmpty: role.refs.map(\.description))
            writer.set("paths", unlessEmpty: role.paths.patterns.map(\.description))
            writer.set("except", unlessEmpty: role.paths.except.map(\.description))
            writer.set("environments", unlessEmpty: role.environments.sorted())
        }
        for demand in approvals {
            writer.element("approval")
            writer.set("repositories", demand.repositories)
            writer.set("refs", unlessEmpty: demand.refs.map(\.description))
            writer.set("paths", unlessEmpty: demand.paths.map(\.description))
            writer.set("environments", unlessEmpty: demand.environments.sorted())
            writer.set("count", demand.count)
            if demand.independent { writer.set("independent", true) }
        }
        for repository in repositories {
            writer.element("repository")
            writer.set("name", repository.name)
            writer.set("protected_refs", unlessEmpty: repository.protectedRefs.map(\.description))
            writer.set(repository.terms)
            for entry in repository.refs {
                writer.element("repository.ref")
                writer.set("refs", entry.refs.map(\.description))
                writer.set(entry.terms)
            }
        }
        for environment in environments {
            writer.element("environment")
            writer.set("name", environment.name)
            writer.set("repositories", environment.repositories)
            writer.set("deploy_from", environment.deployFrom.map(\.description))
            writer.set("agents", environment.agents.rawValue)
            if environment.agents == .approved { writer.set("approvals", environment.approvals) }
            writer.set("identity", environment.identity.rawValue)
            writer.set("statement_keys", unlessEmpty: environment.statementKeys)
        }
        for job in jobs {
            writer.element("job")
            writer.set("repositories", job.repositories)
            writer.set("environments", unlessEmpty: job.environments.sorted())
            writer.set("issuer", job.issuer)
            writer.set("profile", job.profile.rawValue)
            writer.set("audience", job.audience)
            writer.set("claims", job.claims.map { "\($0.name)=\($0.value)" })
        }
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Policy(record: bytes, file: "policy") }
        return bytes
    }
}

extension RecordWriter {
    fileprivate mutating func set(_ key: String, _ reaction: Reaction, unless usual: Reaction) {
        if reaction != usual { set(key, reaction.rawValue) }
    }

    fileprivate mutating func set(_ terms: AttributionTerms) {
        set("attribution", ifGiven: terms.attribution?.rawValue)
        set("unregistered", ifGiven: terms.unregistered?.rawValue)
        set("inconsistent", ifGiven: terms.inconsistent?.rawValue)
    }
}

extension Set<Operation> {
    /// The operations as records write them, in the order of the closed list.
    var names: [String] {
        Operation.allCases.filter(contains).map(\.rawValue)
    }
}
