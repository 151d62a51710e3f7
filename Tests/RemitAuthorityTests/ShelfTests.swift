import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// A record that lies on a shelf is the one that would lie in the directory above it.
@Suite struct ShelfTests {
    private static let digits = String(repeating: "ab12", count: 16)
    private static let agentShelf = "~\(RecordID(of: Array("claude-code".utf8)).hex.prefix(2))"

    @Test(arguments: [
        ("keys/\(digits)", "keys/ab/\(digits)"),
        ("revocations/\(digits).toml", "revocations/ab/\(digits).toml"),
        ("revocations/\(digits).toml.sig", "revocations/ab/\(digits).toml.sig"),
        ("revocations/key-\(digits).toml.sig.2", "revocations/ab/key-\(digits).toml.sig.2"),
        ("revocations/compromised/\(digits).toml", "revocations/compromised/ab/\(digits).toml"),
        ("revocations/compromised/key-\(digits).toml", "revocations/compromised/ab/key-\(digits).toml"),
        ("agents/claude-code.toml", "agents/\(agentShelf)/claude-code.toml"),
        ("agents/claude-code.toml.sig", "agents/\(agentShelf)/claude-code.toml.sig"),
        ("agents/claude-code.toml.sig.16", "agents/\(agentShelf)/claude-code.toml.sig.16"),
    ])
    func `a wide directory has shelves`(path: String, shelf: String) {
        #expect(AuthorityLayout.shelf(of: path) == shelf)
        // A shelf has none.
        #expect(AuthorityLayout.shelf(of: shelf) == nil)
    }

    @Test func `an agent in a directory of its own keeps it on a shelf`() throws {
        let shelf = try #require(AuthorityLayout.shelf(of: "agents/team/bot.toml"))
        #expect(shelf == "agents/~\(RecordID(of: Array("team/bot".utf8)).hex.prefix(2))/team/bot.toml")
    }

    @Test(arguments: [
        "authority.toml", "roots/1.toml", "delegations/ab/\(digits).toml", "identities/ab/\(digits)",
        "approvals/ab/\(digits.prefix(40))/\(digits).toml", "requests/\(digits).toml", "keys/\(digits.dropLast())",
        "keys/README", "keys/\(digits.uppercased())", "revocations/every-agent/1.toml",
        "revocations/agent-claude-code/1.toml", "revocations/agent-team/bot/1.toml", "agents/README", "agents/.x.toml",
        "agents/claude-code.toml.sig.", "agents/~ab/claude-code.toml", "agents", "",
    ])
    func `everything else lies in one place`(path: String) {
        #expect(AuthorityLayout.shelf(of: path) == nil)
    }

    @Test func `what lies on shelves is found as if it did not`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let (task, sam) = (try world.cast.task.print(), try world.cast.eve.print())
        try world.register(PointerTests.agent { $0.identities = ["key:\(sam)"] })
        try world.point("key:\(sam)", to: "agent claude-code")
        let before = try world.load()
        #expect(try before.holder(of: task) == .delegation(id))
        for path in ["keys/\(task.hex)", "keys/\(sam.hex)", "agents/claude-code.toml"] { try world.shelve(path) }
        let after = try world.load()
        #expect(try after.holder(of: task) == .delegation(id))
        #expect(try after.holder(of: sam) == .agent("claude-code"))
        #expect(try after.agent("claude-code") == before.agent("claude-code"))
        #expect(try after.delegation(id) == before.delegation(id))
    }

    @Test(arguments: ["ended", "compromised"]) func `a revocation on a shelf holds`(cause: String) throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let directory = cause == "compromised" ? "revocations/compromised" : "revocations"
        let path = "\(directory)/\(id.hex).toml"
        try world.revoke("delegation = \"\(id)\"", at: path, cause: cause)
        try world.shelve(path)
        guard case .verified(let verified) = try world.load().delegation(id) else {
            Issue.record("the delegation is not known")
            return
        }
        #expect(verified.revocation?.cause.rawValue == cause)
    }

    @Test func `a file that lies twice is not believed`() throws {
        var world = try MemoryAuthority()
        try world.delegate()
        let key = try world.cast.task.print()
        let shelf = try #require(AuthorityLayout.shelf(of: "keys/\(key.hex)"))
        world.source.files[shelf] = world.source.files["keys/\(key.hex)"]
        let authority = try world.load()
        #expect(
            statement { () throws(AuthorityError) in _ = try authority.holder(of: key) }
                == "'keys/\(key.hex)' lies at '\(shelf)' too, and one of them is too many")
    }

    @Test func `what is added goes to a shelf once there are many`() throws {
        func place(_ path: String, _ present: [String: [String]]) throws -> String {
            try AuthorityLayout.place(of: path) { present[$0] ?? [] }
        }
        let (plain, shelf) = ("revocations/\(Self.digits).toml", "revocations/ab/\(Self.digits).toml")
        let many = (0..<AuthorityLayout.widestDirectory).map { "other-\($0)" }
        #expect(try place(plain, [:]) == plain)
        #expect(try place(plain, ["revocations": Array(many.dropLast())]) == plain)
        #expect(try place(plain, ["revocations": many]) == shelf)
        #expect(try place("\(plain).sig", ["revocations": many]) == "\(shelf).sig")
        // What is there stays where it is, and what belongs to it lies beside it.
        let name = "\(Self.digits).toml"
        #expect(try place(plain, ["revocations": many + [name]]) == plain)
        #expect(try place("\(plain).sig.2", ["revocations": many + [name]]) == "\(plain).sig.2")
        #expect(try place("\(plain).sig.2", ["revocations/ab": [name]]) == "\(shelf).sig.2")
        #expect(try place("authority.toml", ["": many]) == "authority.toml")
    }
}

extension MemoryAuthority {
    /// Moves a file, and the signatures beside it, to its shelf.
    mutating func shelve(_ path: String) throws {
        for file in [path] + (1...4).map({ Self.signature(path, $0) }) {
            guard let bytes = source.files[file] else { continue }
            source.files[file] = nil
            source.files[try #require(AuthorityLayout.shelf(of: file))] = bytes
        }
    }
}
