import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Chains { static let shared = Chains() }

/// An agent hands a part of its work to another, which pushes it under what it was handed.
@Chains @Suite struct ChainTests {
    private nonisolated static let branch = "refs/heads/agent/PAY-42/tests"
    private nonisolated static let edit: [String: FileEdit] = ["Tests/Retry.swift": "let tests = 3\n"]

    /// A server, what a person delegated to one agent, and what that handed on to another: the tests alone.
    private struct Handed {
        let scene: Scene
        let part: TestDelegation.Issued

        init(
            settings: [String: String] = [:], signedBy key: SSHKey? = nil,
            _ change: (inout TestDelegation) -> Void = { _ in }
        ) throws {
            let authority = try TestAuthority()
            try authority.register("codex-cli")
            scene = try Scene(authority, settings: settings) { $0.hops = 1 }
            part = try authority.subdelegate(scene.delegation, signedBy: key ?? scene.delegation.taskKey) {
                $0.agent = "codex-cli"
                $0.grants[0].refs = [branch]
                $0.grants[0].paths = ["Tests/**"]
                $0.grants[0].except = []
                change(&$0)
            }
        }

        func push(_ edits: [String: FileEdit] = edit, on ref: String = branch) throws -> Trial {
            try scene.server.commit(edits, under: part, on: ref, mark: "Co-Authored-By: Codex <codex@openai.com>")
            return try scene.server.trial(ref)
        }
    }

    @Test func `inside what was handed on it may push, and a person lands it`() throws {
        let handed = try Handed(settings: Scene.gitolite)
        try handed.scene.server.commit(
            Self.edit, under: handed.part, on: Self.branch, mark: "Co-Authored-By: Codex <codex@openai.com>")
        let pushed = try handed.scene.server.trial(Self.branch, environment: Scene.pusher("dana"))
        expectAllowed(pushed)
        #expect(pushed.said.contains("codex"), "\(pushed.said)")
        expectAllowed(
            try handed.scene.server.trial("\(Self.branch):refs/heads/main", environment: Scene.pusher("sam")))
    }

    @Test func `what its parent may and it may not is refused`() throws {
        let handed = try Handed()
        expectRefused(try handed.push(["Sources/Retry.swift": "let retries = 3\n"]), by: ["scope.path"])
        try handed.scene.client.git("update-ref", "-d", Self.branch)
        expectRefused(try handed.push(on: Scene.branch), by: ["ref.scope"])
    }

    @Test func `one that is wider than its parent is refused, and why`() throws {
        let handed = try Handed { $0.grants[0].operations.append("file.delete") }
        expectRefused(
            try handed.push(), by: ["delegation.chain"],
            saying: """
                refused: nothing of this push was accepted
                error: the chain above delegation <delegation> does not hold: its operation file.delete is outside \
                its parent's
                  rule     delegation.chain
                  ref      refs/heads/agent/PAY-42/tests
                  commit   <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: see the chain with 'remit show <delegation>', and ask dana@example.org for a delegation that \
                fits its parent
                decision recorded
                """)
    }

    @Test func `one that only a person signed is refused`() throws {
        let authority = try TestAuthority()
        try authority.register("codex-cli")
        let scene = try Scene(authority) { $0.hops = 1 }
        let part = try authority.subdelegate(scene.delegation, signedBy: authority.dana) { $0.agent = "codex-cli" }
        try scene.server.commit(Self.edit, under: part, mark: nil)
        let trial = try scene.server.trial(Scene.branch)
        expectRefused(trial, by: ["delegation.chain"])
        #expect(trial.said.contains("<key> is not a task key of its parent <id>"), "\(trial.said)")
    }

    @Test(arguments: [(Revocation.Cause.ended, true), (.compromised, false)])
    func `it falls with its parent`(_ cause: Revocation.Cause, _ lands: Bool) throws {
        let handed = try Handed(settings: Scene.gitolite)
        expectAllowed(try handed.push())
        try handed.scene.authority.revoke(.delegation(handed.scene.delegation.id), cause: cause)
        let land = "\(Self.branch):refs/heads/main"
        let landing = try handed.scene.server.trial(land, environment: Scene.pusher("dana"))
        if lands { expectAllowed(landing) } else { expectRefused(landing, by: ["delegation.revoked"]) }
        let again = try handed.push(["Tests/More.swift": "let more = 1\n"])
        expectRefused(again, by: ["delegation.revoked"])
        let said = "was revoked: \(cause.rawValue): its parent <id> was revoked: the task is done"
        #expect(again.said.contains(said), "\(again.said)")
    }

    @Test func `it stops with the agent that handed it on`() throws {
        let handed = try Handed()
        try handed.scene.authority.revoke(.agent("claude-code"), reason: "it deleted a table")
        let trial = try handed.push()
        expectRefused(trial, by: ["delegation.suspended"])
        #expect(trial.said.contains("agent 'claude-code' is suspended: ended: it deleted a table"), "\(trial.said)")
    }

    @Test(arguments: [(Revocation.Cause.ended, true), (.compromised, false)])
    func `a task key that is taken back signs nothing new`(_ cause: Revocation.Cause, _ lands: Bool) throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        let key = try #require(KeyFingerprint(try scene.delegation.taskKey.fingerprint()))
        try scene.authority.revoke(.key(key), cause: cause, reason: "the laptop is gone")
        let landing = try scene.server.trial("\(Scene.branch):refs/heads/main", environment: Scene.pusher("dana"))
        if lands { expectAllowed(landing) } else { expectRefused(landing, by: ["delegation.revoked"]) }
        try scene.agent(["Sources/More.swift": "let more = 1\n"])
        let again = try scene.server.trial(Scene.branch)
        expectRefused(again, by: ["delegation.revoked"])
        let said = "was revoked: \(cause.rawValue): its task key <key> was revoked: the laptop is gone"
        #expect(again.said.contains(said), "\(again.said)")
    }

    @Test func `a person's key that is taken back proves nobody`() throws {
        let authority = try TestAuthority()
        let mia = try authority.add(person: "mia@example.org", logins: ["mia"])
        try authority.publish { $0.attribution = "signed" }
        let server = try TestServer(authority)
        try server.commit(["README.md": "by mia\n"], signedBy: mia)
        expectAllowed(try server.trial("refs/heads/main"))
        let key = try #require(KeyFingerprint(try mia.fingerprint()))
        try authority.revoke(.key(key), issuer: "mia@example.org", signedBy: mia)
        try server.commit(["README.md": "by whom?\n"], signedBy: mia)
        expectRefused(try server.trial("refs/heads/main"), by: ["attribution.unattributed"])
    }
}
