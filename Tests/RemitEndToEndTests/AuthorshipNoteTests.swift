import RemitModel
import RemitTestSupport
import Testing

/// Git notes say who wrote a commit that carries no mark.
@Suite struct AuthorshipNoteTests {
    private static let edit: [String: FileEdit] = ["Sources/Pay.swift": "let pay = 2\n"]

    private static func replayed(_ server: TestServer) throws -> String {
        try spawn(
            [try BuiltProducts.remit, "replay", "--ledger", server.ledgerPath, "--all"],
            environment: HermeticGit.environment(home: server.client.directory.path)
        ).text
    }

    @Test func `a commit without a mark is refused where its note attests an agent's lines`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        try server.client.note(TestAuthorshipLog().with("codex", "1-3,9").with(nil, "20-29").text, on: commit)
        expectRefused(
            try server.trial("refs/heads/main", "refs/notes/ai"),
            by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'codex-cli' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/main
                  found    'codex, 4 lines, 10 of persons; Sources/Pay.swift: s_00000000000010::t_aaaaaaaaaaaaaa 1-3,9'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add codex-cli'
                decision recorded
                """)
        try #expect(Self.replayed(server) == "1 the same, 0 different, 0 cannot be judged again")
    }

    @Test func `a registered agent's lines need a delegation, whoever signed the commit`() throws {
        let authority = try TestAuthority()
        let server = try TestServer(authority)
        let commit = try server.commit(Self.edit, signedBy: authority.dana)
        try server.client.note(TestAuthorshipLog().with("claude", "1").text, on: commit)
        expectRefused(
            try server.trial("refs/heads/main", "refs/notes/ai"), by: ["delegation.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'claude-code' without a delegation
                  rule     delegation.missing
                  ref      refs/heads/main
                  found    'claude, 1 line; Sources/Pay.swift: s_00000000000010::t_aaaaaaaaaaaaaa 1'
                  ask      dana@example.org
                hint: ask dana@example.org for a delegation made with 'remit grant', then try with 'remit check <base>..HEAD'
                decision recorded
                """)
    }

    @Test func `a note with persons' lines alone lets a commit through, and so does one without any`() throws {
        let server = try TestServer(try TestAuthority())
        for log in [TestAuthorshipLog().with(nil, "1-40"), TestAuthorshipLog()] {
            let commit = try server.commit(["Sources/Pay.swift": .file("let pay = \(log.text.utf8.count)\n")])
            try server.client.note(log.text, on: commit)
            expectAllowed(
                try server.trial("refs/heads/main", "refs/notes/ai"),
                saying: "")
        }
        try #expect(Self.replayed(server) == "2 the same, 0 different, 0 cannot be judged again")
    }

    @Test func `notes that were pushed before are read, unless the push takes them away`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        try server.client.note(TestAuthorshipLog().with("codex", "1").text, on: commit)
        expectAllowed(try server.trial("refs/notes/ai"))
        expectRefused(
            try server.trial("refs/heads/main"), by: ["attribution.unregistered"])
        expectAllowed(try server.trial("refs/heads/main", ":refs/notes/ai"))
        try #expect(Self.replayed(server) == "3 the same, 0 different, 0 cannot be judged again")
    }

    @Test func `notes on what has landed are taken and nothing is judged anew`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        expectAllowed(try server.trial("refs/heads/main"))
        try server.client.note(TestAuthorshipLog().with("codex", "1").text, on: commit)
        expectAllowed(try server.trial("refs/notes/ai"))
    }

    @Test func `an agent with a delegation is let through with its note, another agent's lines beside it are not`()
        throws
    {
        let scene = try Scene(try TestAuthority())
        let commit = try scene.agent(Self.edit)
        try scene.client.note(TestAuthorshipLog().with("claude", "1-9").text, on: commit)
        expectAllowed(try scene.server.trial(Scene.branch, "refs/notes/ai"))
        let mixed = try scene.agent(["Sources/Pay.swift": "let pay = 3\n"])
        try scene.client.note(TestAuthorshipLog().with("claude", "1-9").with("pi", "10").text, on: mixed)
        let trial = try scene.server.trial(Scene.branch, "refs/notes/ai")
        expectRefused(trial, by: ["attribution.unregistered", "delegation.agent"])
        #expect(trial.said.contains("by agent 'pi' that the inventory does not know"))
    }

    @Test func `a check before the push reads the clone's own notes`() throws {
        let installed = try Installed()
        let client = installed.server.client
        for (key, value) in [
            ("remit.authority", installed.authority.path), ("remit.root", installed.authority.root.description),
            ("remit.repository", "payments"),
        ] { try client.git("config", key, value) }
        let commit = try installed.server.commit(Self.edit)
        try client.git("checkout", "-q", "main")
        #expect(try installed.remit(["check"]).status == 0)
        try client.note(TestAuthorshipLog().with("codex", "1").text, on: commit)
        let check = try installed.remit(["check"])
        #expect(check.status == 1, "\(check.errorText)")
        #expect(
            check.text.contains(
                "commit \(commit.abbreviated) is by agent 'codex-cli' that the inventory does not know"))
    }

    // MARK: Hostile notes

    /// A tree of notes as no writer makes it, and what it does to a push of the commit.
    private static func push(
        _ notes: (TestRepository, ObjectID) throws -> ObjectID
    ) throws -> (server: TestServer, trial: Trial, mark: String) {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(edit)
        let tree = try notes(server.client, commit)
        try server.client.setRef("refs/notes/ai", to: server.client.commitTree(tree, message: "notes\n"))
        let trial = try server.trial("refs/heads/main", "refs/notes/ai")
        let trace = try spawn(
            [try BuiltProducts.remit, "trace", commit.hex, "--ledger", server.ledgerPath],
            environment: HermeticGit.environment(home: server.client.directory.path))
        try #expect(Self.replayed(server) == "1 the same, 0 different, 0 cannot be judged again")
        return (server, trial, trace.lines.first { $0.contains(" mark ") }?.trimmed ?? "")
    }

    @Test(arguments: ["40000", "120000", "160000"])
    func `what is no file in a tree of notes is no note`(mode: String) throws {
        let pushed = try Self.push { client, commit in
            let blob = try client.write("blob", Array(TestAuthorshipLog().with("codex", "1").text.utf8))
            let target = mode == "40000" ? try client.writeTree([("100644", Array("a".utf8), blob)]) : blob
            let id = mode == "160000" ? commit : target
            return try client.writeTree([(mode, Array(commit.hex.utf8), id)])
        }
        expectAllowed(pushed.trial)
        #expect(pushed.mark == "mark        none was found")
    }

    @Test func `of two notes on one commit, flat and fanned out, both count`() throws {
        let pushed = try Self.push { client, commit in
            let person = try client.write("blob", Array(TestAuthorshipLog().with(nil, "1").text.utf8))
            let agent = try client.write("blob", Array(TestAuthorshipLog().with("codex", "1").text.utf8))
            let directory = try client.writeTree([("100644", Array(commit.hex.dropFirst(2).utf8), agent)])
            return try client.writeTree([
                ("40000", Array(commit.hex.prefix(2).utf8), directory), ("100644", Array(commit.hex.utf8), person),
            ])
        }
        expectRefused(pushed.trial, by: ["attribution.unregistered"])
        #expect(pushed.mark.hasPrefix("mark        codex-cli by git note 'codex, 1 line; "), "\(pushed.mark)")
        #expect(pushed.mark.hasSuffix("', declared and strong"), "\(pushed.mark)")
    }

    @Test func `a note that cannot be read is told, and is no alarm`() throws {
        let pushed = try Self.push { client, commit in
            let text = "a\n  s_1::t_1 1-3\n---\n{\"schema_version\": \"authorship/9.0.0\"}"
            let note = try client.write("blob", Array(text.utf8))
            return try client.writeTree([("100644", Array(commit.hex.utf8), note)])
        }
        expectAllowed(pushed.trial)
        #expect(
            pushed.mark
                == "mark        none, the git note 'refs/notes/ai: its schema is not authorship/3.0.0' cannot be read")
    }

    @Test func `a note beyond the bound is told, and not read`() throws {
        let pushed = try Self.push { client, commit in
            let note = try client.write("blob", [UInt8](repeating: 0x61, count: 4 << 20 | 1))
            return try client.writeTree([("100644", Array(commit.hex.utf8), note)])
        }
        expectAllowed(pushed.trial)
        #expect(
            pushed.mark
                == "mark        none, the git note 'refs/notes/ai: it is longer than 4194304 bytes' cannot be read")
    }

    @Test func `a tree of notes out of order is told`() throws {
        let pushed = try Self.push { client, commit in
            let note = try client.write("blob", Array(TestAuthorshipLog().with("codex", "1").text.utf8))
            return try client.writeTree([("100644", Array("z".utf8), note), ("100644", Array(commit.hex.utf8), note)])
        }
        expectAllowed(pushed.trial)
        #expect(pushed.mark.hasPrefix("mark        none, the git note 'refs/notes/ai: tree "), "\(pushed.mark)")
        #expect(pushed.mark.hasSuffix(#": entries are not in git\x27s order' cannot be read"#), "\(pushed.mark)")
    }

    @Test func `a ref of notes that leads to no tree has none`() throws {
        let server = try TestServer(try TestAuthority())
        try server.commit(Self.edit)
        try server.repository.setRef("refs/notes/ai", to: server.repository.write("blob", Array("x".utf8)))
        expectAllowed(try server.trial("refs/heads/main"))
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
