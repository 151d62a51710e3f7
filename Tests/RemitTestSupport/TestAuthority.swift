import Glibc
package import RemitModel
import RemitSignatures

/// A complete authority in a repository of its own, every record signed by `ssh-keygen`.
///
/// Dana administers it and may delegate everything; Sam is a person who may sign commits; `claude-code` is registered.
/// Times lie around the moment of its making, since the programs under test read the real clock. Every change is a
/// commit of its own on `refs/heads/main`.
package final class TestAuthority {
    package static let organisation = "example.org"
    package static let people = "people.allowed_signers"

    package let repository: TestRepository
    package let keys: TemporaryDirectory
    package let now: Instant
    package let dana: SSHKey
    package let sam: SSHKey
    /// The digest of `roots/1.toml`, for `remit.root`.
    package let root: RecordID
    /// Where records are committed, to be pushed from there; `nil` for the authority's repository itself.
    package var clone: TestRepository?
    package private(set) var policy = TestPolicy()
    private var peopleText: String
    private var keyCount = 0

    package var path: String { repository.path }

    package init() throws {
        repository = try TestRepository(name: "authority.git")
        keys = try TemporaryDirectory()
        now = Instant(seconds: Int64(time(nil)))
        dana = try SSHKey(named: "dana", in: keys)
        sam = try SSHKey(named: "sam", in: keys)
        let rootText =
            RecordFields.lines([
                ("type", RecordFields.text("root/v1")),
                ("organisation", RecordFields.text(Self.organisation)),
                ("version", "1"), ("threshold", "1"),
            ]) + "\n[[administrator]]\n"
            + RecordFields.lines([
                ("id", RecordFields.text("dana@example.org")),
                ("keys", RecordFields.list([Self.bare(dana)])),
            ])
        root = RecordID(of: Array(rootText.utf8))
        peopleText = ""
        for (id, key) in [("dana@example.org", dana), ("sam@example.org", sam)] {
            peopleText += "\(id) namespaces=\"git,remit-*\" \(Self.bare(key))\n"
        }
        let signature = try Self.signature(of: rootText, by: dana, "remit-root")
        try repository.commit(["roots/1.toml": .file(rootText), "roots/1.toml.sig": .file(signature)])
        try publish()
        try register()
    }

    /// Signs and commits people and policy, after a change of either.
    package func publish(_ change: (inout TestPolicy) -> Void = { _ in }) throws {
        change(&policy)
        let text = policy.text(people: RecordID(of: Array(peopleText.utf8)))
        var files: [String: FileEdit] = [Self.people: .file(peopleText)]
        if let marks = policy.marks { files["marks.toml"] = .file(marks) }
        try put(text, at: "authority.toml", signedBy: dana, "remit-authority", with: files)
    }

    /// Adds a person with a key of their own.
    package func add(person id: String, logins: [String], namespaces: String = "git,remit-*") throws -> SSHKey {
        let key = try newKey()
        peopleText += "\(id) namespaces=\"\(namespaces)\" \(Self.bare(key))\n"
        try publish {
            $0.persons.append((id, logins))
            // An authority that guards itself takes no other policy under the same version.
            if clone != nil { $0.version += 1 }
        }
        return key
    }

    /// Puts an agent into the inventory, with the pointers of its identities.
    package func register(
        _ id: String = "claude-code", signedBy key: SSHKey? = nil, _ change: (inout TestAgent) -> Void = { _ in }
    ) throws {
        var agent = TestAgent(id, reviewBy: now.adding(seconds: 90 * 24 * 3600))
        change(&agent)
        var pointers: [String: FileEdit] = [:]
        for identity in agent.identities {
            let digits =
                if let key = AgentIdentity(identity), case .key(let fingerprint) = key {
                    "keys/\(fingerprint.hex)"
                } else {
                    Self.identityPath(RecordID(of: Array(identity.utf8)))
                }
            pointers[digits] = .file("agent \(agent.id)\n")
        }
        try put(
            agent.text, at: "agents/\(id).toml", signedBy: key ?? dana, "remit-authority", with: pointers)
    }

    /// Signs a delegation with a task key made for it, and commits it with the key's pointer.
    package func delegate(
        signedBy key: SSHKey? = nil, in namespace: String = "remit-delegation",
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> TestDelegation.Issued {
        try issue(under: nil, signedBy: key ?? dana, in: namespace, change)
    }

    /// Hands a delegation on, signed with its task key, to an agent with a task key of its own.
    ///
    /// Where nothing is changed it is as wide as a delegation that was not changed either.
    package func subdelegate(
        _ parent: TestDelegation.Issued, signedBy key: SSHKey? = nil,
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> TestDelegation.Issued {
        try issue(under: parent.id, signedBy: key ?? parent.taskKey, in: "remit-delegation", change)
    }

    private func issue(
        under parent: RecordID?, signedBy key: SSHKey, in namespace: String, _ change: (inout TestDelegation) -> Void
    ) throws -> TestDelegation.Issued {
        let taskKey = try newKey()
        var delegation = TestDelegation(at: now, keys: [try taskKey.fingerprint()])
        delegation.parent = parent
        change(&delegation)
        let id = RecordID(of: Array(delegation.text.utf8))
        var pointers: [String: FileEdit] = [:]
        for key in delegation.keys.compactMap({ KeyFingerprint($0) }) {
            pointers["keys/\(key.hex)"] = .file("delegation \(id)\n")
        }
        let path = "delegations/\(id.hex.prefix(2))/\(id.hex).toml"
        try put(delegation.text, at: path, signedBy: key, namespace, with: pointers)
        return TestDelegation.Issued(id: id, taskKey: taskKey)
    }

    /// Revokes a delegation or suspends an agent.
    package func revoke(
        _ target: Revocation.Target, number: Int = 1, cause: Revocation.Cause = .ended,
        reason: String = "the task is done",
        at moment: Instant? = nil, issuer: String = "dana@example.org", signedBy key: SSHKey? = nil
    ) throws {
        let compromised = cause == .compromised ? "compromised/" : ""
        let (field, value, place) =
            switch target {
            case .delegation(let id): ("delegation", id.description, "\(compromised)\(id.hex)")
            case .key(let key): ("key", key.description, "\(compromised)key-\(key.hex)")
            case .agent(let id): ("agent", id, "agent-\(id)/\(number)")
            case .everyAgent: ("agents", "all", "every-agent/\(number)")
            }
        let text = RecordFields.lines([
            ("type", RecordFields.text("revocation/v1")),
            ("organisation", RecordFields.text(Self.organisation)),
            (field, RecordFields.text(value)),
            ("cause", RecordFields.text(cause.rawValue)),
            ("reason", RecordFields.text(reason)),
            ("issued_at", (moment ?? now).description),
            ("issuer", RecordFields.text(issuer)),
        ])
        try put(text, at: "revocations/\(place).toml", signedBy: key ?? dana, "remit-revocation")
    }

    /// Leaves the history of some commits out of the judgement.
    package func baseline(
        _ commits: [ObjectID], of name: String = "payments", issuer: String = "dana@example.org",
        signedBy key: SSHKey? = nil
    ) throws {
        let text = RecordFields.lines([
            ("type", RecordFields.text("baseline/v1")),
            ("organisation", RecordFields.text(Self.organisation)),
            ("repository", RecordFields.text(name)),
            ("commits", RecordFields.list(commits.map(\.hex))),
            ("reason", RecordFields.text("history from before adoption")),
            ("issued_at", now.description),
            ("issuer", RecordFields.text(issuer)),
        ])
        try put(text, at: "exceptions/baseline-\(name).toml", signedBy: key ?? dana, "remit-exception")
    }

    /// Signs any text as a record and commits it, with other files beside it.
    package func put(
        _ text: String, at path: String, signedBy key: SSHKey, _ namespace: String, with files: [String: FileEdit] = [:]
    ) throws {
        try put(text, at: path, signedBy: [key], namespace, with: files)
    }

    /// The same with any number of signatures.
    package func put(
        _ text: String, at path: String, signedBy keys: [SSHKey], _ namespace: String,
        with files: [String: FileEdit] = [:]
    ) throws {
        var edits = files
        edits[path] = .file(text)
        for (index, key) in keys.enumerated() {
            let name = index == 0 ? "\(path).sig" : "\(path).sig.\(index + 1)"
            edits[name] = .file(try Self.signature(of: text, by: key, namespace))
        }
        try (clone ?? repository).commit(edits, message: "\(path)\n")
    }

    package func newKey() throws -> SSHKey {
        keyCount += 1
        return try SSHKey(named: "key-\(keyCount)", in: keys)
    }

    private static func identityPath(_ id: RecordID) -> String { "identities/\(id.hex.prefix(2))/\(id.hex)" }

    /// Type and base64, without the comment.
    private static func bare(_ key: SSHKey) -> String {
        key.publicLine.split(separator: " ").prefix(2).joined(separator: " ")
    }

    private static func signature(of text: String, by key: SSHKey, _ namespace: String) throws -> String {
        String(decoding: try key.sign(Array(text.utf8), namespace: namespace), as: UTF8.self)
    }
}
