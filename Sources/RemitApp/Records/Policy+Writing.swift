import RemitFormats
import RemitModel

extension Policy {
    /// The exact bytes of its record, proved to be readable.
    ///
    /// Only what a new authority needs is written; a policy with repositories or protected paths of its own is refused,
    /// since it would not be read back as it was meant.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "authority/v1")
        writer.set("organisation", organisation)
        writer.set("version", version)
        writer.set("people", people.description)
        writer.set("attribution", attribution.rawValue)
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
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Policy(record: bytes, file: "policy") }
        return bytes
    }
}

extension Set<Operation> {
    /// The operations as records write them, in the order of the closed list.
    var names: [String] {
        Operation.allCases.filter(contains).map(\.rawValue)
    }
}
