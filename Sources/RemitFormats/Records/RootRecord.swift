package import RemitModel

extension Root {
    /// Most administrators of one root.
    package static let maximumAdministratorCount = 64

    /// Whether a key is spelled as keys are compared.
    ///
    /// With a comment one key could stand for two persons, and would count for neither.
    private static func isCanonical(_ text: String) -> Bool {
        do throws(SSHFormatError) {
            return try SSHPublicKey(line: text).line == text
        } catch {
            return false
        }
    }

    /// Reads `roots/<version>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "root/v1")
        var administrators: [Administrator] = []
        for var entry in try table.tables("administrator") {
            let administrator = Administrator(id: try entry.identifier("id"), keys: try entry.texts("keys"))
            guard !administrator.keys.isEmpty else { throw entry.refusal("keys", "names no key") }
            if let key = administrator.keys.first(where: { !Self.isCanonical($0) }) {
                throw entry.refusal("keys", "'\(key)' is not a public key's type and base64 without a comment")
            }
            administrators.append(administrator)
            try entry.finish()
        }
        // A threshold counts persons, so no person and no key may stand twice (python-tuf GHSA-pwqf-9h7j-7mv8).
        let keys = administrators.flatMap(\.keys)
        guard Set(administrators.map(\.id)).count == administrators.count, Set(keys).count == keys.count else {
            throw table.refusal("administrator", "names a person or a key twice")
        }
        guard (1...Self.maximumAdministratorCount).contains(administrators.count) else {
            throw table.refusal(
                "administrator", "must stand from 1 to \(Self.maximumAdministratorCount) times")
        }
        // A threshold of zero would need no signature at all (go-tuf CVE-2026-23992).
        self.init(
            organisation: try table.identifier("organisation"),
            version: try table.number("version", 1...Int(Int32.max)),
            threshold: try table.number("threshold", 1...administrators.count), administrators: administrators)
        try table.finish()
    }
}
