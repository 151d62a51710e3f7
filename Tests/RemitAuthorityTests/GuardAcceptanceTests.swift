import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// A commit that the guard lets through.
struct Accepted: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (inout MemoryAuthority) throws -> Void
    let change: @Sendable (inout MemoryAuthority) throws -> Void

    init(
        _ name: String, after prepare: @escaping @Sendable (inout MemoryAuthority) throws -> Void = { _ in },
        _ change: @escaping @Sendable (inout MemoryAuthority) throws -> Void
    ) {
        testDescription = name
        self.prepare = prepare
        self.change = change
    }
}

@Suite struct GuardAcceptanceTests {
    private static let agentPath = "agents/claude-code.toml"

    private static let rows: [Accepted] = [
        Accepted("a policy of the next version") {
            $0.policy.version = 2
            try $0.publish()
        },
        Accepted("a policy with new people") {
            $0.policy.version = 2
            $0.policy.persons.append(("eve@example.org", ["eve"]))
            $0.people += "eve@example.org namespaces=\"git,remit-*\" \($0.cast.eve.bare)\n"
            try $0.publish()
        },
        Accepted("a policy with marks of the organisation's own") {
            $0.policy.version = 2
            try $0.mark(1)
        },
        Accepted("newer marks", after: { try $0.mark(1) }) {
            $0.policy.version += 1
            try $0.mark(2)
        },
        Accepted("marks that go with the policy that named them", after: { try $0.mark(1) }) {
            $0.policy.version += 1
            $0.policy.marks = nil
            try $0.publish()
        },
        Accepted("a proposed policy and its marks") {
            try $0.proposePolicy(signedBy: [$0.cast.ben], marks: MemoryAuthority.marks(1))
        },
        Accepted("one more signature of the policy in force") {
            try $0.publish(signedBy: [$0.cast.ada, $0.cast.ben, $0.cast.cem])
        },
        Accepted("the next root") { try $0.rotate() },
        Accepted("a root without Ada, and the policy signed anew") {
            try $0.putRoot(2, MemoryAuthority.withEve($0.cast), signedBy: [$0.cast.ben, $0.cast.cem])
            try $0.publish(signedBy: [$0.cast.ben, $0.cast.cem])
        },
        Accepted("an agent with its pointers") {
            try $0.register("cursor", identities: ["login:bot", "email:bot@x.org"])
        },
        Accepted("an agent that is changed") { try $0.register("claude-code", identities: ["login:claude"]) },
        Accepted("an agent's record signed by another administrator") {
            try $0.register(PointerTests.agent(), signedBy: [$0.cast.ada])
        },
        Accepted(
            "an identity that is given up, and its pointer",
            after: { try $0.register("claude-code", identities: ["login:claude"]) },
            {
                try $0.register("claude-code", identities: [])
                try $0.point("login:claude", to: nil)
            }),
        Accepted(
            "an identity that goes from one agent to another",
            after: { try $0.register("claude-code", identities: ["login:claude"]) },
            {
                try $0.register("claude-code", identities: [])
                try $0.register("cursor", identities: ["login:claude"])
            }),
        Accepted("a delegation") { try $0.delegate() },
        Accepted("a delegation that has expired already") {
            try $0.delegate {
                $0.issuedAt = MemoryAuthority.now.adding(seconds: -7200)
                $0.expiresAt = MemoryAuthority.now.adding(seconds: -3600)
                $0.mergeBy = nil
            }
        },
        Accepted("a delegation that is handed on", after: { try $0.delegate { $0.hops = 1 } }) {
            let parent = try $0.delegate { $0.hops = 1 }
            let id = try $0.subdelegate(under: parent)
            try $0.point("key:\($0.cast.subtask.print())", to: "delegation \(id)")
        },
        Accepted("an agent whose id has a slash, and its suspension") {
            try $0.register("team/bot", identities: ["login:team/bot"])
            try $0.revoke("agent = \"team/bot\"", at: "revocations/agent-team/bot/1.toml")
        },
        Accepted("a delegation whose key is on a shelf") {
            try $0.delegate()
            try $0.shelve("keys/\($0.cast.task.print().hex)")
        },
        Accepted("a key that goes to its shelf", after: { try $0.delegate() }) {
            try $0.shelve("keys/\($0.cast.task.print().hex)")
        },
        Accepted("an agent that goes to its shelf") { try $0.shelve(agentPath) },
        Accepted("an agent on a shelf that is changed", after: { try $0.shelve(agentPath) }) {
            try $0.register("claude-code", identities: ["login:claude"])
            $0.source.files = $0.source.files.filter { !$0.key.hasPrefix("agents/~") }
            try $0.shelve(agentPath)
        },
        Accepted("a revocation on a shelf") {
            let id = try $0.delegate()
            try $0.revoke("delegation = \"\(id)\"", at: "revocations/\(id.hex).toml")
            try $0.shelve("revocations/\(id.hex).toml")
        },
        Accepted("an approval") { try $0.approve() },
        Accepted("an exception") { try $0.except() },
        Accepted("a baseline") { try $0.baseline() },
        Accepted("a baseline that grows", after: { try $0.baseline() }) {
            try $0.baseline(
                [MemoryAuthority.commit, String(repeating: "12", count: 20)], issuer: "ben@example.org",
                signedBy: [$0.cast.ben])
        },
        Accepted("a revocation of what is not there yet") {
            let id = RecordID(of: [1])
            try $0.revoke("delegation = \"\(id)\"", at: "revocations/\(id.hex).toml")
        },
        Accepted("a graver word after the end", after: { try $0.end($0.delegate()) }) {
            let id = try $0.delegate()
            try $0.revoke("delegation = \"\(id)\"", at: "revocations/compromised/\(id.hex).toml", cause: "compromised")
        },
        Accepted("a second suspension", after: { try $0.suspend(1, at: -7200) }) { try $0.suspend(2, at: -3600) },
        Accepted("the kill switch for every agent") {
            try $0.revoke(
                "agents = \"all\"", at: "revocations/every-agent/1.toml", issuer: "ada@example.org",
                signedBy: [$0.cast.ada])
        },
        Accepted("a person's key that takes itself back") {
            let key = try $0.cast.dana.print()
            try $0.revoke("key = \"\(key)\"", at: "revocations/compromised/key-\(key.hex).toml", cause: "compromised")
        },
        Accepted("a request, which nobody signs") { $0.request() },
        Accepted("a request that is declined", after: { $0.request() }) { try $0.decline($0.request()) },
        Accepted("a proposed root") { try $0.propose(root: [$0.cast.ada]) },
        Accepted("a proposed root that gathers signatures", after: { try $0.propose(root: [$0.cast.ada]) }) {
            try $0.propose(root: [$0.cast.ada, $0.cast.eve])
        },
        Accepted("a proposed root that is taken away", after: { try $0.propose(root: [$0.cast.ada]) }) {
            $0.remove("proposals/roots/2.toml")
        },
        Accepted("a proposed policy and its people") { try $0.proposePolicy(signedBy: [$0.cast.ben]) },
        Accepted("a proposal that comes into force", after: { try $0.propose(root: [$0.cast.ada]) }) {
            $0.remove("proposals/roots/2.toml")
            try $0.rotate()
        },
        Accepted("a timestamp by an administrator") { try $0.stamp() },
        Accepted("a timestamp by a key of the policy", after: { try $0.let($0.cast.piet) }) {
            try $0.stamp(signedBy: [$0.cast.piet])
        },
        Accepted("a timestamp by an operator", after: { try $0.employ() }) { try $0.stamp(signedBy: [$0.cast.olga]) },
        Accepted("a newer timestamp", after: { try $0.stamp(at: -60) }) { try $0.stamp() },
        Accepted("a README and a licence") {
            $0.write("hello\n", at: "README.md")
            $0.write("MIT\n", at: "LICENSE")
            $0.write("* -text\n", at: ".gitattributes")
        },
        Accepted("a stray file that goes", after: { $0.write("x\n", at: "notes.txt") }) { $0.remove("notes.txt") },
    ]

    @Test(arguments: rows)
    func `lets through`(row: Accepted) throws {
        var trial = try GuardTrial(row.prepare)
        try row.change(&trial.world)
        #expect(try trial.said() == [])
    }

    @Test func `a first state is judged whole`() throws {
        var trial = try GuardTrial { try $0.delegate() }
        #expect(try trial.said(isFirst: true) == [])
        trial.world.write("x\n", at: "notes.txt")
        try trial.world.register(PointerTests.agent(), at: "cursor")
        let said = try trial.said(isFirst: true)
        #expect(
            said == [
                "authority.layout notes.txt: no record lies there",
                "authority.record agents/cursor.toml: it is the record of agent 'claude-code'",
            ])
    }

    @Test func `a record that was mended in its mode stays as it is`() throws {
        var trial = try GuardTrial { try $0.delegate() }
        trial.modes[Self.agentPath] = .regular
        #expect(try trial.said() == [])
    }
}

extension MemoryAuthority {
    static func withEve(_ cast: Cast) -> [(id: String, keys: [SSHKey])] {
        Array(administrators(cast).dropFirst()) + [("eve@example.org", [cast.eve])]
    }

    /// The same administrators, one more of them needed no more than before.
    mutating func rotate(_ version: Int = 2, signedBy keys: [SSHKey]? = nil) throws {
        try putRoot(version, Self.administrators(cast), signedBy: keys ?? [cast.ada, cast.ben])
    }

    mutating func end(_ id: RecordID) throws {
        try revoke("delegation = \"\(id)\"", at: "revocations/\(id.hex).toml")
    }

    mutating func suspend(
        _ number: Int, at offset: Int64 = 0, signedBy keys: [SSHKey]? = nil, issuer: String = "dana@example.org"
    ) throws {
        let text = """
            type = "revocation/v1"
            organisation = "example.org"
            agent = "claude-code"
            cause = "ended"
            reason = "a test"
            issued_at = \(Self.now.adding(seconds: offset))
            issuer = "\(issuer)"

            """
        try put(
            text, at: "revocations/agent-claude-code/\(number).toml", signedBy: keys ?? [cast.dana], "remit-revocation")
    }

    /// Proposes a root in which Eve follows Ada.
    mutating func propose(root keys: [SSHKey], version: Int = 2, at number: Int? = nil) throws {
        try putRoot(version, Self.withEve(cast), signedBy: keys)
        for name in source.files.keys.filter({ $0.hasPrefix("roots/\(version).") }) {
            source.files["proposals/" + name.replacing("roots/\(version)", with: "roots/\(number ?? version)")] = source
                .files.removeValue(forKey: name)
        }
    }

    mutating func proposePolicy(signedBy keys: [SSHKey], people: String? = nil, marks: String? = nil) throws {
        var proposed = policy
        proposed.marks = marks
        source.files["proposals/marks.toml"] = marks.map { Array($0.utf8) }
        proposed.version += 1
        let text = proposed.text(people: RecordID(of: Array((self.people + "# more\n").utf8)))
        try put(text, at: "proposals/authority.toml", signedBy: keys, "remit-authority")
        write(people ?? self.people + "# more\n", at: "proposals/people.allowed_signers")
    }
}
