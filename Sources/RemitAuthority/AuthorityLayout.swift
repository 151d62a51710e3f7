package import RemitModel

/// Where each record lies in an authority repository (DESIGN.md section 3).
package enum AuthorityLayout {
    package static let policy = "authority.toml"
    package static let people = "people.allowed_signers"

    package static func root(_ version: Int) -> String { "roots/\(version).toml" }

    package static func agent(_ id: String) -> String { "agents/\(id).toml" }

    package static func delegationDirectory(_ hex: String) -> String { "delegations/\(hex.prefix(2))" }

    package static func delegation(_ id: RecordID) -> String { "\(delegationDirectory(id.hex))/\(id.hex).toml" }

    /// The end of a delegation or an agent, and the graver word that may follow it.
    package static func revocations(of target: Revocation.Target) -> [String] {
        let name =
            switch target {
            case .delegation(let id): id.hex
            case .agent(let id): "agent-\(id)"
            }
        return ["revocations/compromised/\(name).toml", "revocations/\(name).toml"]
    }

    package static func baseline(of repository: String) -> String { "exceptions/baseline-\(repository).toml" }

    /// One line that says whose key it is, so that no look-up lists a directory.
    package static func key(_ fingerprint: KeyFingerprint) -> String { "keys/\(fingerprint.hex)" }

    /// One line that says whose address or account it is.
    ///
    /// Named by digest, since either may hold any character.
    package static func identity(_ digest: RecordID) -> String {
        "identities/\(digest.hex.prefix(2))/\(digest.hex)"
    }

    /// The signatures of a record: the first signer's, the second's, and so on.
    package static func signature(of path: String, number: Int) -> String {
        number == 1 ? "\(path).sig" : "\(path).sig.\(number)"
    }
}
