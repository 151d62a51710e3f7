import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// An authority's files in memory.
struct MemorySource: RecordSource {
    let commit = ObjectID.zero
    var files: [String: [UInt8]] = [:]

    func bytes(at path: String, limit: Int) throws(AuthorityError) -> [UInt8]? {
        guard let bytes = try AuthorityLayout.read(path, { place throws(AuthorityError) in files[place] }) else {
            return nil
        }
        guard bytes.count <= limit else { throw AuthorityError(.unreadable, "'\(path)' is too long") }
        return bytes
    }

    func names(in directory: String) throws(AuthorityError) -> [String] {
        files.keys.compactMap { path in
            guard path.hasPrefix(directory + "/") else { return nil }
            let name = path.dropFirst(directory.count + 1)
            return name.contains("/") ? nil : String(name)
        }.sorted()
    }
}

/// The keys of everybody in these tests, made once by `ssh-keygen`.
struct Cast: Sendable {
    static let shared = Result { try Cast() }

    private let directory: TemporaryDirectory
    /// The administrators.
    let ada, ben, cem: SSHKey
    /// Ben's second key, and that of a later administrator.
    let benAgain, eve: SSHKey
    /// A delegator, and a person who is none.
    let dana, sam: SSHKey
    /// An operator, and a person whose key signs every record and who has no role.
    let olga, piet: SSHKey
    /// An agent's task key, and that of an agent to which it hands work on.
    let task, subtask: SSHKey

    private init() throws {
        let directory = try TemporaryDirectory()
        func key(_ name: String) throws -> SSHKey { try SSHKey(named: name, in: directory) }
        self.directory = directory
        (ada, ben, cem, benAgain) = (try key("ada"), try key("ben"), try key("cem"), try key("ben2"))
        (eve, dana, sam) = (try key("eve"), try key("dana"), try key("sam"))
        (olga, piet) = (try key("olga"), try key("piet"))
        (task, subtask) = (try key("task"), try key("subtask"))
    }
}

extension SSHKey {
    /// Type and base64, without the comment.
    var bare: String { publicLine.split(separator: " ").prefix(2).joined(separator: " ") }

    func print() throws -> KeyFingerprint { try #require(KeyFingerprint(fingerprint())) }
}

/// A whole authority that can be spoilt in one respect.
///
/// Ada, Ben and Cem administer it, two of them must sign. Dana delegates in `payments`; Sam only signs commits.
struct MemoryAuthority {
    static let now = Instant(seconds: 1_795_176_000)
    static let policyPath = "authority.toml"
    static let peoplePath = "people.allowed_signers"

    let cast: Cast
    var source = MemorySource()
    var pinned: RecordID
    var policy = TestPolicy()
    var people: String

    init() throws {
        cast = try Cast.shared.get()
        pinned = RecordID(of: [])
        people = """
            dana@example.org namespaces="git,remit-*" \(cast.dana.bare)
            sam@example.org namespaces="git" \(cast.sam.bare)
            ada@example.org namespaces="remit-*" \(cast.ada.bare)

            """
        policy.persons.append(("ada@example.org", ["ada"]))
        var role = TestPolicy.Role()
        role.repositories = ["payments"]
        role.refs = ["refs/heads/agent/**", "refs/heads/main"]
        role.paths = ["Sources/**", "Tests/**"]
        role.operations = ["ref.create", "ref.update", "file.create", "file.modify"]
        role.environments = ["staging"]
        role.lifetimeHours = 24 * 10
        policy.roles = [role]
        try putRoot(1, Self.administrators(cast), signedBy: [cast.ada, cast.cem])
        pinned = RecordID(of: try #require(source.files["roots/1.toml"]))
        try publish()
        try register(TestAgent("claude-code", reviewBy: Self.now.adding(seconds: 86_400)))
    }

    static func administrators(_ cast: Cast) -> [(id: String, keys: [SSHKey])] {
        [
            ("ada@example.org", [cast.ada]), ("ben@example.org", [cast.ben, cast.benAgain]),
            ("cem@example.org", [cast.cem]),
        ]
    }

    func load(pinned other: RecordID? = nil, at moment: Instant = now) throws(AuthorityError) -> Authority {
        try Authority(source, pinned: other ?? pinned, at: moment)
    }

    /// Adds an operator, a person without a role, and a second agent.
    mutating func employ() throws {
        for (id, key) in [("olga@example.org", cast.olga), ("piet@example.org", cast.piet)] {
            people += "\(id) namespaces=\"git,remit-*\" \(key.bare)\n"
            policy.persons.append((id, []))
        }
        policy.operators = ["olga@example.org"]
        try publish()
        try register(TestAgent("codex", reviewBy: Self.now.adding(seconds: 86_400)))
    }

    /// Why the authority is not believed, or `nil` when it is.
    func fault(pinned other: RecordID? = nil) -> AuthorityError? {
        do throws(AuthorityError) {
            _ = try load(pinned: other)
            return nil
        } catch {
            return error
        }
    }

    /// Puts a record and its signatures, `.sig`, `.sig.2` and so on.
    mutating func put(_ text: String, at path: String, signedBy keys: [SSHKey], _ namespace: String) throws {
        for number in 1...4 { source.files[Self.signature(path, number)] = nil }
        source.files[path] = Array(text.utf8)
        for (index, key) in keys.enumerated() {
            source.files[Self.signature(path, index + 1)] = try key.sign(Array(text.utf8), namespace: namespace)
        }
    }

    static func signature(_ path: String, _ number: Int) -> String {
        number == 1 ? "\(path).sig" : "\(path).sig.\(number)"
    }

    mutating func putRoot(
        _ version: Int, _ administrators: [(id: String, keys: [SSHKey])], threshold: Int = 2,
        organisation: String = "example.org", signedBy keys: [SSHKey], _ namespace: String = "remit-root"
    ) throws {
        var text = """
            type = "root/v1"
            organisation = "\(organisation)"
            version = \(version)
            threshold = \(threshold)

            """
        for (id, keys) in administrators {
            text += "[[administrator]]\nid = \"\(id)\"\nkeys = ["
            text += keys.map { "\"\($0.bare)\"" }.joined(separator: ", ") + "]\n"
        }
        try put(text, at: "roots/\(version).toml", signedBy: keys, namespace)
    }

    mutating func publish(signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-authority") throws {
        let text = policy.text(people: RecordID(of: Array(people.utf8)))
        try put(text, at: Self.policyPath, signedBy: keys ?? [cast.ada, cast.ben], namespace)
        source.files[Self.peoplePath] = Array(people.utf8)
        source.files["marks.toml"] = policy.marks.map { Array($0.utf8) }
    }

    /// Puts marks of the organisation's own in force.
    mutating func mark(_ version: Int) throws {
        policy.marks = Self.marks(version)
        try publish()
    }

    static func marks(_ version: Int) -> String {
        """
        type = "marks/v1"
        organisation = "example.org"
        version = \(version)

        [[tool]]
        id = "release-writer"
        vendor = "Example Inc"
        kind = "agent"

        [[mark]]
        tool = "release-writer"
        where = "author-email"
        value = "release-writer@example.org"
        confidence = "definite"

        """
    }

    mutating func register(
        _ agent: TestAgent, at id: String? = nil, signedBy keys: [SSHKey]? = nil
    ) throws {
        try put(agent.text, at: "agents/\(id ?? agent.id).toml", signedBy: keys ?? [cast.cem], "remit-authority")
    }

    /// Signs a delegation and puts it under its digest, with the pointer of its key.
    @discardableResult
    mutating func delegate(
        signedBy keys: [SSHKey]? = nil, in namespace: String = "remit-delegation",
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> RecordID {
        var delegation = TestDelegation(at: Self.now, keys: [try cast.task.fingerprint()])
        change(&delegation)
        return try issue(delegation, signedBy: keys ?? [cast.dana], in: namespace)
    }

    /// Hands a delegation on to another agent, in all respects as wide as `delegate` makes them but for the hops.
    mutating func subdelegate(
        under parent: RecordID, signedBy keys: [SSHKey]? = nil, in namespace: String = "remit-delegation",
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> RecordID {
        var delegation = TestDelegation(at: Self.now, keys: [try cast.subtask.fingerprint()])
        delegation.parent = parent
        change(&delegation)
        return try issue(delegation, signedBy: keys ?? [cast.task], in: namespace)
    }

    private mutating func issue(
        _ delegation: TestDelegation, signedBy keys: [SSHKey], in namespace: String
    ) throws -> RecordID {
        let id = RecordID(of: Array(delegation.text.utf8))
        try put(delegation.text, at: Self.path(id), signedBy: keys, namespace)
        for key in delegation.keys.compactMap({ KeyFingerprint($0) }) {
            source.files["keys/\(key.hex)"] = Array("delegation \(id)\n".utf8)
        }
        return id
    }

    static func path(_ id: RecordID) -> String { "delegations/\(id.hex.prefix(2))/\(id.hex).toml" }

    mutating func revoke(
        _ target: String, at path: String, cause: String = "ended", issuer: String = "dana@example.org",
        organisation: String = "example.org", issued: Instant = now, signedBy keys: [SSHKey]? = nil,
        _ namespace: String = "remit-revocation"
    ) throws {
        let text = """
            type = "revocation/v1"
            organisation = "\(organisation)"
            \(target)
            cause = "\(cause)"
            reason = "a test"
            issued_at = \(issued)
            issuer = "\(issuer)"

            """
        try put(text, at: path, signedBy: keys ?? [cast.dana], namespace)
    }
}

/// The statement of the error that a look-up throws, or `nil`.
func statement(_ body: () throws(AuthorityError) -> Void) -> String? {
    do throws(AuthorityError) {
        try body()
        return nil
    } catch {
        return error.statement
    }
}
