import RemitModel
import RemitTestSupport
import Testing

/// Records of Agent Trace, in notes and in the pushed tree.
@Suite struct AgentTraceRecordTests {
    private static let file = ".agent-trace/traces.jsonl"
    private static let edit: [String: FileEdit] = ["Sources/Pay.swift": "let pay = 2\n"]

    private static func expectReplayed(
        _ server: TestServer, _ count: Int, at location: SourceLocation = #_sourceLocation
    ) throws {
        let replay = try spawn(
            [try BuiltProducts.remit, "replay", "--ledger", server.ledgerPath, "--all"],
            environment: HermeticGit.environment(home: server.client.directory.path))
        #expect(
            replay.text == "\(count) the same, 0 different, 0 cannot be judged again", sourceLocation: location)
    }

    @Test(arguments: ["ai", "mixed"])
    func `a note with a record of an agent's lines refuses a commit without a mark`(contributor: String) throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        try server.client.note(agentTrace("cursor", by: contributor), on: commit, in: "refs/notes/agent-trace")
        expectRefused(
            try server.trial("refs/heads/main", "refs/notes/agent-trace"),
            by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'cursor' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/main
                  found    'cursor, 4 lines; Sources/Pay.swift: 1-4'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add cursor'
                decision recorded
                """)
        try Self.expectReplayed(server, 1)
    }

    @Test(arguments: ["human", "unknown"])
    func `a note with a record of a person's or nobody's lines lets it through`(contributor: String) throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        try server.client.note(agentTrace("cursor", by: contributor), on: commit, in: "refs/notes/agent-trace")
        expectAllowed(try server.trial("refs/heads/main", "refs/notes/agent-trace"))
        try Self.expectReplayed(server, 1)
    }

    @Test func `a record in the pushed tree that names a commit of the push refuses it`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        try server.commit([Self.file: .file(agentTrace("cursor", revision: commit) + "\n")])
        let trial = try server.trial("refs/heads/main")
        expectRefused(
            trial, by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'cursor' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/main
                  found    'cursor, 4 lines; Sources/Pay.swift: 1-4'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add cursor'
                decision recorded
                """)
        #expect(trial.terminal.contains("commit \(commit.abbreviated) is by agent 'cursor'"))
        try Self.expectReplayed(server, 1)
    }

    @Test func `a record of the reference implementation names what was checked out before the commit`() throws {
        let server = try TestServer(try TestAuthority())
        let before = try server.client.resolve("refs/heads/main")
        let commit = try server.commit([
            "Sources/Pay.swift": "let pay = 2\n",
            Self.file: .file(agentTrace("cursor", revision: before, version: "1.0") + "\n"),
        ])
        let trial = try server.trial("refs/heads/main")
        expectRefused(trial, by: ["attribution.unregistered"])
        #expect(trial.terminal.contains("commit \(commit.abbreviated) is by agent 'cursor'"))
    }

    @Test func `a record of a file that the commit does not change says nothing of it`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit)
        let records = [
            agentTrace("cursor", of: ".sessions", revision: commit),
            agentTrace("cursor", of: "README.md", revision: commit),
            agentTrace("cursor", by: "human", revision: commit), agentTrace("cursor"),
        ]
        try server.commit([Self.file: .file(records.joined(separator: "\n") + "\n")])
        expectAllowed(try server.trial("refs/heads/main"))
        try Self.expectReplayed(server, 1)
    }

    @Test func `a record takes no agent away that a mark names`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(Self.edit, message: "change\n\n\(TestServer.mark)\n")
        try server.commit([Self.file: .file(agentTrace("cursor", by: "human", revision: commit) + "\n")])
        try server.client.note(TestAuthorshipLog().with(nil, "1-9").text, on: commit)
        expectRefused(try server.trial("refs/heads/main", "refs/notes/ai"), by: ["delegation.missing"])
    }

    @Test(arguments: [FileEdit.symlink(to: "x"), .file("{\n"), .file("")])
    func `a file of records that cannot be read is no alarm`(content: FileEdit) throws {
        let server = try TestServer(try TestAuthority())
        try server.commit(Self.edit.merging([Self.file: content]) { $1 })
        expectAllowed(try server.trial("refs/heads/main"))
        try Self.expectReplayed(server, 1)
    }
}
