import RemitModel

extension DeploymentStatement {
    /// The members of `JSONReport` in in-toto's spelling, and what the environment adds to them.
    var decided: JSONText {
        let images = images.map { image in
            JSONText.object([
                ("name", .string(image.name)), ("digest", .object([("sha256", .string(image.sha256))])),
            ])
        }
        let known = grounds.revocationsKnownUntil.map { JSONText.string($0.description) } ?? .null
        let added: [(name: String, value: JSONText)] = [
            ("environment", .string(environment)),
            ("commit", .string(update.new.hex)),
            ("deployedFrom", update.isCreation ? .null : .string(update.old.hex)),
            ("isRollback", .boolean(grounds.isRollback)),
            ("organisation", .string(grounds.organisation)),
            ("policyDigest", .object([("sha256", .string(grounds.policy.hex))])),
            (
                "revocations",
                .object([
                    ("authority", decision.authority.map { .string($0.hex) } ?? .null), ("knownUntil", known),
                ])
            ),
        ]
        // A statement travels in a tag's message: who wrote each commit is the ledger's to tell.
        let predicate = JSONReport.object(decision, tellsAuthors: false).lowerCamelCased
        guard case .object(let members) = predicate else { return .null }
        return SourceStatement.statement(of: StatementURI.decision, [revision] + images, .object(members + added))
    }
}

extension JSONText {
    /// Members whose names are data: the claims of a token.
    private static let kept: Set<String> = ["claims"]

    /// The same, every member's `snake_case` name in `lowerCamelCase`, as in-toto spells them.
    var lowerCamelCased: JSONText {
        switch self {
        case .null, .boolean, .integer, .string, .objectID, .bytes: self
        case .array(let elements): .array(elements.map(\.lowerCamelCased))
        case .elements(let count, let element): .elements(count) { element($0).lowerCamelCased }
        case .object(let members):
            .object(
                members.map { member in
                    let value = Self.kept.contains(member.name) ? member.value : member.value.lowerCamelCased
                    return (Self.lowerCamelCase(member.name), value)
                })
        }
    }

    private static func lowerCamelCase(_ name: String) -> String {
        let parts = name.split(separator: "_")
        return parts.prefix(1).joined() + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
