import RemitModel
import RemitTestSupport
import Testing

/// `git push -o agent=<id>`: whoever pushes says that an agent does.
@Suite struct PushOptionTests {
    private static let edit: [String: FileEdit] = ["Sources/Pay.swift": "let pay = 2\n"]

    private static func server(_ authority: TestAuthority) throws -> TestServer {
        try TestServer(authority, settings: ["receive.advertisePushOptions": "true"])
    }

    @Test func `an agent that is declared needs a delegation for every commit of the push`() throws {
        let server = try Self.server(try TestAuthority())
        try server.commit(Self.edit)
        expectRefused(
            try server.trial("refs/heads/main", options: ["-o", "agent=claude-code"]), by: ["delegation.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'claude-code' without a delegation
                  rule     delegation.missing
                  ref      refs/heads/main
                  found    agent=claude-code
                  ask      dana@example.org
                hint: ask dana@example.org for a delegation made with 'remit grant', then try with 'remit check <base>..HEAD'
                decision recorded
                """)
        let trace = try spawn(
            [try BuiltProducts.remit, "trace", "--ledger", server.ledgerPath, "refs/heads/main"],
            environment: HermeticGit.environment(home: server.client.directory.path))
        #expect(
            trace.lines.contains(
                "  mark        claude-code by push option 'agent=claude-code', declared and definite"),
            "\(trace.text)")
        expectAllowed(try server.trial("refs/heads/main"))
        let replay = try spawn(
            [try BuiltProducts.remit, "replay", "--ledger", server.ledgerPath, "--all"],
            environment: HermeticGit.environment(home: server.client.directory.path))
        #expect(replay.text == "2 the same, 0 different, 0 cannot be judged again")
    }

    @Test(arguments: ["agent=our-robot", "agent=cursor", "agent="])
    func `an agent that nobody has registered is refused`(option: String) throws {
        let server = try Self.server(try TestAuthority())
        try server.commit(Self.edit)
        let trial = try server.trial("refs/heads/main", options: ["-o", option])
        expectRefused(trial, by: ["attribution.unregistered"])
        let name = option == "agent=" ? "?" : String(option.dropFirst(6))
        #expect(trial.said.contains("error: commit <id> is by agent '\(name)' that the inventory does not know"))
    }

    @Test func `the agent of the delegation is let through, another is not`() throws {
        let authority = try TestAuthority()
        try authority.register("codex")
        let scene = try Scene(authority, settings: ["receive.advertisePushOptions": "true"])
        try scene.agent(Self.edit)
        let trial = try scene.server.trial(Scene.branch, options: ["-o", "agent=codex"])
        expectRefused(trial, by: ["delegation.agent"])
        #expect(
            trial.said.contains(
                "error: commit <id> is by agent 'codex' but delegation <delegation> is for agent 'claude-code'"))
        expectAllowed(
            try scene.server.trial(
                Scene.branch, options: ["-o", "agent=claude-code", "-o", "delegation=\(scene.delegation.id)"]))
    }

    @Test func `options that hosts define say nothing of agents`() throws {
        let server = try Self.server(try TestAuthority())
        try server.commit(Self.edit)
        expectAllowed(
            try server.trial(
                "refs/heads/main", options: ["-o", "merge_request.create", "-o", "ci.skip", "-o", "topic=agent=x"]))
    }
}
