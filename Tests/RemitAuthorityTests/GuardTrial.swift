import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// One commit to a guarded authority in memory: what stands before it, and what it does.
struct GuardTrial {
    static let ref: ByteString = "refs/heads/main"

    var world: MemoryAuthority
    /// Contents that a path had once; the authority's history.
    var history: [String: [[UInt8]]] = [:]
    var modes: [String: FileMode] = [:]
    private let before: MemoryAuthority

    /// Starts from a world that the guard has nothing against.
    init(_ prepare: (inout MemoryAuthority) throws -> Void = { _ in }) throws {
        var world = try MemoryAuthority()
        try prepare(&world)
        self.world = world
        before = world
    }

    /// The findings, as `rule path: reason`, and the rest of the facts where a test asks for them.
    func findings(isFirst: Bool = false) throws -> [Finding] {
        let old = isFirst ? [:] : before.source.files
        let new = world.source.files
        var changes: [Change] = []
        for path in Set(old.keys).union(new.keys).sorted() where old[path] != new[path] || modes[path] != nil {
            changes.append(
                Change(
                    path: ByteString(path), old: old[path].map { .init(mode: .regular, id: Self.id($0)) },
                    new: new[path].map { .init(mode: modes[path] ?? .regular, id: Self.id($0)) }))
        }
        let authority = isFirst ? nil : try before.load()
        let judge = AuthorityGuard(ref: Self.ref, pinned: before.pinned, at: MemoryAuthority.now) {
            (path, content) throws(AuthorityError) in
            history[String(decoding: path.bytes, as: UTF8.self)]?.contains { Self.id($0) == content } ?? false
        }
        return try judge.judge(changes, to: world.source, after: authority).findings
    }

    func said(isFirst: Bool = false) throws -> [String] {
        try findings(isFirst: isFirst).map { finding in
            let path = finding.path.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
            return "\(finding.rule.rawValue) \(path): \(finding.facts.reason ?? "")"
        }
    }

    private static func id(_ bytes: [UInt8]) -> ObjectID {
        ObjectID(bytes: RecordID(of: bytes).bytes.prefix(ObjectID.byteCount)) ?? .zero
    }
}

extension MemoryAuthority {
    /// The present text of a file.
    func text(_ path: String) -> String { String(decoding: source.files[path] ?? [], as: UTF8.self) }

    mutating func write(_ text: String, at path: String) { source.files[path] = Array(text.utf8) }

    mutating func remove(_ path: String) {
        source.files[path] = nil
        for number in 1...4 { source.files[Self.signature(path, number)] = nil }
    }

    /// Puts the pointer of an identity, or takes it away.
    mutating func point(_ identity: String, to holder: String?) throws {
        let identity = try #require(AgentIdentity(identity))
        source.files[identity.pointer] = holder.map { Array("\($0)\n".utf8) }
    }

    /// Registers an agent with the pointers of its identities.
    mutating func register(_ id: String, identities: [String], signedBy keys: [SSHKey]? = nil) throws {
        var agent = TestAgent(id, reviewBy: Self.now.adding(seconds: 86_400))
        agent.identities = identities
        try register(agent, signedBy: keys)
        for identity in identities { try point(identity, to: "agent \(id)") }
    }

    static let commit = String(repeating: "ab", count: 20)

    @discardableResult
    mutating func approve(
        by approver: String = "dana@example.org", signedBy keys: [SSHKey]? = nil,
        in namespace: String = "remit-approval",
        at commit: String = commit, organisation: String = "example.org", reason: String = "looked at it"
    ) throws -> String {
        let text = """
            type = "approval/v1"
            organisation = "\(organisation)"
            approver = "\(approver)"
            repository = "payments"
            commit = "\(Self.commit)"
            tree = "\(String(repeating: "cd", count: 20))"
            environments = []
            reason = "\(reason)"
            issued_at = \(Self.now)
            expires_at = \(Self.now.adding(seconds: 3600))

            """
        let path = "approvals/\(commit.prefix(2))/\(commit)/\(RecordID(of: Array(text.utf8)).hex).toml"
        try put(text, at: path, signedBy: keys ?? [cast.dana], namespace)
        return path
    }

    @discardableResult
    mutating func except(
        by issuer: String = "ada@example.org", signedBy keys: [SSHKey]? = nil, at commit: String = commit
    ) throws -> String {
        let text = """
            type = "exception/v1"
            organisation = "example.org"
            issuer = "\(issuer)"
            repository = "payments"
            ref = "refs/heads/main"
            commit = "\(Self.commit)"
            rules = ["scope.path"]
            reason = "an incident"
            issued_at = \(Self.now)
            expires_at = \(Self.now.adding(seconds: 3600))

            """
        let path = "exceptions/\(commit.prefix(2))/\(commit)/\(RecordID(of: Array(text.utf8)).hex).toml"
        try put(text, at: path, signedBy: keys ?? [cast.ada], "remit-exception")
        return path
    }

    mutating func baseline(
        _ commits: [String] = [commit], issuer: String = "ada@example.org", signedBy keys: [SSHKey]? = nil,
        at repository: String = "payments"
    ) throws {
        let text = """
            type = "baseline/v1"
            organisation = "example.org"
            repository = "payments"
            commits = [\(commits.map { "\"\($0)\"" }.joined(separator: ", "))]
            reason = "from before"
            issued_at = \(Self.now)
            issuer = "\(issuer)"

            """
        try put(
            text, at: "exceptions/baseline-\(repository).toml", signedBy: keys ?? [cast.ada], "remit-exception")
    }

    @discardableResult
    mutating func request(organisation: String = "example.org") -> RecordID {
        let text = """
            type = "request/v1"
            organisation = "\(organisation)"
            requester = "claude"
            agent = "claude-code"
            task = "PAY-43"
            purpose = "more"
            issued_at = \(Self.now)
            hours = 8

            [[grant]]
            repository = "payments"
            refs = ["refs/heads/agent/PAY-43/**"]
            merge_into = []
            paths = ["Sources/**"]
            except = []
            operations = ["file.modify"]
            environments = []

            """
        let id = RecordID(of: Array(text.utf8))
        write(text, at: "requests/\(id.hex).toml")
        return id
    }

    mutating func decline(
        _ request: RecordID, by person: String = "dana@example.org", signedBy keys: [SSHKey]? = nil,
        at other: RecordID? = nil
    ) throws {
        let text = """
            type = "decline/v1"
            organisation = "example.org"
            request = "\(request)"
            person = "\(person)"
            reason = "too wide"
            issued_at = \(Self.now)

            """
        try put(
            text, at: "requests/\((other ?? request).hex).declined.toml", signedBy: keys ?? [cast.dana],
            "remit-delegation")
    }
}
