package import RemitModel

/// Where each record lies in an authority repository (DESIGN.md section 3).
package enum AuthorityLayout {
    package static let policy = "authority.toml"
    package static let people = "people.allowed_signers"
    /// What an organisation adds to the catalogue of marks, and takes from it.
    package static let marks = "marks.toml"
    /// The one word on how fresh the authority is.
    package static let timestamp = "timestamp.toml"

    package static func root(_ version: Int) -> String { "roots/\(version).toml" }

    package static let agents = "agents"

    package static func agent(_ id: String) -> String { "\(agents)/\(id).toml" }

    package static func delegationDirectory(_ hex: String) -> String { "delegations/\(hex.prefix(2))" }

    package static func delegation(_ id: RecordID) -> String { "\(delegationDirectory(id.hex))/\(id.hex).toml" }

    /// Most suspensions of one agent, or of all agents: each but the last was followed by a new review.
    package static let maximumSuspensionCount = 64

    /// Where revocations of a target can lie.
    ///
    /// A delegation or a key has at most two, the end and the graver word that may follow it, and neither is taken
    /// back. An agent can be suspended, resumed for new delegations, and suspended again: its files are numbered from
    /// 1 without a gap.
    package static func revocations(of target: Revocation.Target) -> [String] {
        switch target {
        case .delegation(let id): ["revocations/compromised/\(id.hex).toml", "revocations/\(id.hex).toml"]
        case .key(let key): ["revocations/compromised/key-\(key.hex).toml", "revocations/key-\(key.hex).toml"]
        case .agent(let id): (1...maximumSuspensionCount).map { "revocations/agent-\(id)/\($0).toml" }
        case .everyAgent: (1...maximumSuspensionCount).map { "revocations/every-agent/\($0).toml" }
        }
    }

    /// Where the approvals of a commit lie: a look-up lists one commit's and no others.
    package static func approvals(of commit: ObjectID) -> String { "approvals/\(commit.hex.prefix(2))/\(commit.hex)" }

    package static func approval(_ id: RecordID, of commit: ObjectID) -> String {
        "\(approvals(of: commit))/\(id.hex).toml"
    }

    /// Where the exceptions that let a commit through lie.
    package static func exceptions(for commit: ObjectID) -> String {
        "exceptions/\(commit.hex.prefix(2))/\(commit.hex)"
    }

    package static func exception(_ id: RecordID, for commit: ObjectID) -> String {
        "\(exceptions(for: commit))/\(id.hex).toml"
    }

    package static let requests = "requests"

    package static func request(_ id: RecordID) -> String { "\(requests)/\(id.hex).toml" }

    package static func decline(of request: RecordID) -> String { "\(requests)/\(request.hex).declined.toml" }

    /// Where a root or a policy collects signatures before it is in force; nothing is ever believed from there.
    package static func proposal(of path: String) -> String { "proposals/\(path)" }

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
