import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Agents, keys and identities: a pointer helps to find a record, and proves nothing.
@Suite struct PointerTests {
    static func agent(_ change: (inout TestAgent) -> Void = { _ in }) -> TestAgent {
        var agent = TestAgent("claude-code", reviewBy: MemoryAuthority.now.adding(seconds: 86_400))
        change(&agent)
        return agent
    }

    @Test func `an agent's record is signed by an administrator`() throws {
        var world = try MemoryAuthority()
        #expect(try world.load().agent("claude-code").registered != nil)
        #expect(try world.load().agent("ghost") == .unregistered("ghost"))
        #expect(try world.load().agent("../authority") == .unregistered("../authority"))
        let unsigned = AgentStanding.rejected(
            "claude-code", reason: "'agents/claude-code.toml' is not signed by an administrator")
        try world.register(Self.agent(), signedBy: [])
        #expect(try world.load().agent("claude-code") == unsigned)
        try world.register(Self.agent(), signedBy: [world.cast.dana])
        #expect(try world.load().agent("claude-code") == unsigned)
        let other = "is the record of another agent or organisation"
        try world.register(Self.agent { $0.organisation = "other.org" })
        #expect(
            try world.load().agent("claude-code")
                == .rejected("claude-code", reason: "'agents/claude-code.toml' \(other)"))
        try world.register(Self.agent(), at: "cursor")
        #expect(try world.load().agent("cursor") == .rejected("cursor", reason: "'agents/cursor.toml' \(other)"))
    }

    @Test func `whose key it is`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        let (task, eve) = (try cast.task.print(), try cast.eve.print())
        let id = try world.delegate()
        #expect(try world.load().holder(of: task) == .delegation(id))
        #expect(try world.load().holder(of: cast.dana.print()) == .person("dana@example.org"))
        #expect(try world.load().holder(of: cast.sam.print()) == .person("sam@example.org"))
        // Ada's key is for records alone, not for commits.
        #expect(try world.load().holder(of: cast.ada.print()) == .unknown)
        #expect(try world.load().holder(of: eve) == .unknown)
        // Pointers that lie: the delegation does not name the key, the agent does not list it.
        world.source.files["keys/\(eve.hex)"] = Array("delegation \(id)\n".utf8)
        #expect(try world.load().holder(of: eve) == .unknown)
        world.source.files["keys/\(eve.hex)"] = Array("agent claude-code\n".utf8)
        #expect(try world.load().holder(of: eve) == .unknown)
        try world.register(Self.agent { $0.identities = ["key:\(eve)"] })
        #expect(try world.load().holder(of: eve) == .agent("claude-code"))
        // A delegation that is not there is still named, so that the commit is not taken for a stranger's.
        let missing = RecordID(of: [7])
        world.source.files["keys/\(eve.hex)"] = Array("delegation \(missing)\n".utf8)
        #expect(try world.load().holder(of: eve) == .delegation(missing))
    }

    @Test(arguments: [
        "", "\n", "delegation\n", "delegation x\n", "agent claude-code", "agent  claude-code\n", "agent ../x\n",
        "agent a b\n", "person dana\n", "agent a\nagent b\n",
    ])
    func `a pointer is one line`(text: String) throws {
        var world = try MemoryAuthority()
        let eve = try world.cast.eve.print()
        world.source.files["keys/\(eve.hex)"] = Array(text.utf8)
        let authority = try world.load()
        #expect(
            statement { () throws(AuthorityError) in _ = try authority.holder(of: eve) }
                == "'keys/\(eve.hex)' must be one line, 'delegation sha256:...' or 'agent ID'")
    }

    @Test func `an agent is known by what its signed record lists`() throws {
        var world = try MemoryAuthority()
        let identity = AgentIdentity.email("bot@example.org")
        let digest = RecordID(of: Array(identity.description.utf8)).hex
        let path = "identities/\(digest.prefix(2))/\(digest)"
        #expect(try world.load().agent(identifiedBy: identity) == nil)
        world.source.files[path] = Array("agent claude-code\n".utf8)
        #expect(try world.load().agent(identifiedBy: identity) == nil)
        try world.register(Self.agent { $0.identities = ["email:bot@example.org"] })
        #expect(try world.load().agent(identifiedBy: identity)?.id == "claude-code")
        #expect(try world.load().agent(identifiedBy: .email("Bot@example.org")) == nil)
        world.source.files[path] = Array("delegation \(RecordID(of: []))\n".utf8)
        let authority = try world.load()
        #expect(
            statement { () throws(AuthorityError) in _ = try authority.agent(identifiedBy: identity) }
                == "'\(path)' must say 'agent' and an id")
    }

    @Test func `a baseline is signed by the administrator whom it names`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        let commit = String(repeating: "ab", count: 20)
        let path = "exceptions/baseline-payments.toml"
        func text(_ issuer: String = "ada@example.org", repository: String = "payments") -> String {
            """
            type = "baseline/v1"
            organisation = "example.org"
            repository = "\(repository)"
            commits = ["\(commit)"]
            reason = "from before"
            issued_at = 2026-11-20T09:00:00Z
            issuer = "\(issuer)"

            """
        }
        func fault() throws -> String? {
            let authority = try world.load()
            return statement { () throws(AuthorityError) in _ = try authority.baseline(of: "payments") }
        }
        let untrusted = "'\(path)' is not signed by the administrator whom it names"
        #expect(try world.load().baseline(of: "payments").isEmpty)
        try world.put(text(), at: path, signedBy: [cast.ada], "remit-exception")
        #expect(try world.load().baseline(of: "payments").map(\.hex) == [commit])
        for (text, keys, namespace) in [
            (text(), [], "remit-exception"), (text(), [cast.ben], "remit-exception"),
            (text(), [cast.ada], "remit-authority"), (text("dana@example.org"), [cast.dana], "remit-exception"),
            (text(repository: "web"), [cast.ada], "remit-exception"),
        ] {
            try world.put(text, at: path, signedBy: keys, namespace)
            #expect(try fault() == untrusted)
        }
    }
}
