import RemitModel
import RemitTestSupport
import Testing

/// `remit trace` over the ledger of real pushes.
@Suite struct TraceTests {
    private func trace(_ scene: Scene, _ arguments: [String]) throws -> Output {
        try spawn(
            [BuiltProducts.remit, "trace", "--ledger", scene.server.ledgerPath] + arguments,
            environment: HermeticGit.environment(home: scene.server.directory.path),
            directory: scene.client.path)
    }

    @Test func `a push is followed from its commit to its delegation, with what was refused before`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        let outside = try scene.agent(["Deploy/prod.yml": "x\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
        try scene.client.setRef(Scene.branch, to: try scene.client.resolve("refs/heads/main"))
        let commit = try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch, environment: Scene.pusher("dana")))

        let found = try trace(scene, [String(commit.hex.prefix(9))])
        #expect(found.status == 0, "\(found.errorText)")
        let lines = found.lines
        #expect(lines.first == "commit \(commit.hex)")
        #expect(lines.contains("  commit      \(commit.hex) on \(Scene.branch)"))
        #expect(
            lines.contains { $0.hasPrefix("  mark        claude-code by trailer '") && $0.contains("declared") })
        #expect(lines.contains("  under       delegation \(scene.delegation.id.abbreviated) (acting)"))
        let key = try scene.delegation.taskKey.fingerprint()
        #expect(
            lines.contains(
                "  signature   by the task key of delegation \(scene.delegation.id.abbreviated), key \(key)"))
        #expect(lines.contains { $0.hasPrefix("  passed      ref.name ") && $0.contains(" scope.path ") })
        #expect(lines.contains("  agent       claude-code, owned by dana@example.org"))
        #expect(lines.contains("  accountable dana@example.org"))
        #expect(lines.contains { $0.hasPrefix("  pusher      dana, vouched for by ") })
        let before = try #require(lines.firstIndex { $0.hasPrefix("before and after, on the same refs") })
        #expect(lines[before...].contains { $0.hasSuffix("push refused in payments: \(Scene.branch)") })

        let refused = try trace(scene, ["--commit", outside.hex])
        #expect(refused.status == 0)
        #expect(refused.lines.contains("  failed      scope.path"))
        for name in [Scene.branch, scene.delegation.id.abbreviated, "claude-code"] {
            #expect(try trace(scene, [name]).status == 0, "\(name)")
        }
        let json = try trace(scene, [commit.hex, "--format", "json"])
        #expect(json.text.hasPrefix(#"{"schema":"trace/v1","kind":"commit","value":"\#(commit.hex)","#))
    }

    @Test func `what nothing is known of, and what cannot be asked, is said in words`() throws {
        let scene = try Scene(try TestAuthority())
        let path = scene.server.ledgerPath
        let unknown = try trace(scene, ["--agent", "devin", "--repository", "payments"])
        #expect(unknown.status == 1)
        #expect(
            unknown.errorText == """
                remit: error: the ledger '\(path)' says nothing about agent 'devin' in repository 'payments'
                remit: hint: ids are compared exactly

                """)
        let formless = try trace(scene, ["feedface"])
        #expect(formless.status == 1)
        #expect(
            formless.errorText == """
                remit: error: the ledger '\(path)' says nothing about 'feedface'
                remit: hint: it was looked for as a commit, a ref, an environment, a delegation and an agent, by its form

                """)
        let none = try trace(scene, [])
        #expect(none.status == 64)
        #expect(
            none.errorText == """
                remit: error: nothing to trace was named
                remit: hint: name one commit, ref, environment, delegation or agent

                """)
        let two = try trace(scene, ["x", "--agent", "y"])
        #expect(two.status == 64)
        #expect(two.errorText.hasPrefix("remit: error: more than one thing to trace was named\n"))
    }
}
