import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Rewritings { static let shared = Rewritings() }

/// A host's squash or rebase loses the task key's signature; what it changes is still what was seen, or it is not.
@Rewritings @Suite struct RewritingTests {
    private static let authority = Result { try TestAuthority() }
    private static let dana = Scene.pusher("dana")

    /// A server with a branch of two commits of the agent's, seen by an allowed decision each.
    private static func seen(_ change: (inout TestDelegation) -> Void = { _ in }) throws -> Scene {
        let scene = try Scene(try authority.get(), settings: Scene.gitolite, change)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.agent(["Sources/Backoff.swift": "let backoff = 2\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        return scene
    }

    /// Commits a tree on `main` as a host does: its own words around the branch's, nobody's signature.
    private static func rewrite(
        _ scene: Scene, _ trees: [ObjectID], on ref: String = "refs/heads/main", message: String? = nil
    ) throws {
        var parent = try scene.client.resolve(ref)
        for tree in trees {
            parent = try scene.client.commitTree(
                tree, parents: [parent], message: message ?? "Retry (#42)\n\n* \(scene.message)")
        }
        try scene.client.setRef(ref, to: parent)
    }

    private static func tree(_ scene: Scene, _ revision: String) throws -> ObjectID {
        try scene.client.resolve("\(revision)^{tree}")
    }

    @Test func `a squash of the branch lands`() throws {
        let scene = try Self.seen()
        try Self.rewrite(scene, [try Self.tree(scene, Scene.branch)])
        expectAllowed(try scene.server.trial("refs/heads/main", environment: Self.dana))
    }

    @Test func `a rebase, commit by commit, lands`() throws {
        let scene = try Self.seen()
        try Self.rewrite(
            scene, [try Self.tree(scene, "\(Scene.branch)~1"), try Self.tree(scene, Scene.branch)])
        expectAllowed(try scene.server.trial("refs/heads/main", environment: Self.dana))
    }

    @Test func `a squash lands when the agent's time is over, and not when nothing was seen`() throws {
        let scene = try Self.seen()
        try Self.rewrite(scene, [try Self.tree(scene, Scene.branch)])
        let later = try FakeTime.environment(secondsLater: 2 * 86_400).merging(Self.dana) { $1 }
        expectAllowed(try scene.server.trial("refs/heads/main", environment: later))

        let unseen = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try unseen.agent(["Sources/Retry.swift": "let retries = 3\n"])
        try Self.rewrite(unseen, [try Self.tree(unseen, Scene.branch)])
        expectRefused(
            try unseen.server.trial("refs/heads/main", environment: Self.dana), by: ["delegation.possession"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> claims delegation <delegation> without a signature that proves it: it is not signed, \
                and no allowed decision has seen exactly this change
                  rule     delegation.possession
                  ref      refs/heads/main
                  granted  <key>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: bring the branch up to date and push it, then land it again with 'git merge', unchanged
                decision recorded
                """)
    }

    @Test(
        arguments: [
            ("another result", ["Sources/More.swift": FileEdit.file("1\n")], nil),
            ("another base", [:], ["Sources/Other.swift": FileEdit.file("1\n")]),
        ] as [(String, [String: FileEdit], [String: FileEdit]?)])
    func `anything else is not what was seen`(name: String, more: [String: FileEdit], base: [String: FileEdit]?) throws
    {
        let scene = try Self.seen()
        if let base {
            let commit = try scene.server.commit(base)
            #expect(try scene.server.push("refs/heads/main", environment: Self.dana).status == 0)
            #expect(try scene.server.tip(of: "refs/heads/main") == commit)
        }
        let tip = try scene.client.resolve(Scene.branch)
        try Self.rewrite(scene, [try scene.tree(of: tip, more)])
        let trial = try scene.server.trial("refs/heads/main", environment: Self.dana)
        #expect(trial.rules.contains("delegation.possession"), "\(trial.terminal)")
        #expect(trial.isUntouched)
    }

    @Test func `a squash that lost trailer and marks is the agent's all the same`() throws {
        let scene = try Self.seen()
        try Self.rewrite(scene, [try Self.tree(scene, Scene.branch)], message: "Retry (#42)\n")
        expectAllowed(
            try scene.server.trial("refs/heads/main", environment: Self.dana),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)

        let taken = try Self.seen()
        try taken.authority.revoke(.delegation(taken.delegation.id), cause: .compromised)
        try Self.rewrite(taken, [try Self.tree(taken, Scene.branch)], message: "Retry (#42)\n")
        expectRefused(
            try taken.server.trial("refs/heads/main", environment: Self.dana), by: ["delegation.revoked"])
    }

    @Test func `a person's own change is not an agent's, though it follows one`() throws {
        let scene = try Self.seen()
        try Self.rewrite(
            scene, [try scene.tree(of: try scene.client.resolve(Scene.branch), ["Sources/Own.swift": "1\n"])],
            message: "My own\n")
        let trial = try scene.server.trial("refs/heads/main", environment: Self.dana)
        expectAllowed(trial, saying: "")
    }

    @Test func `what was seen under another delegation proves nothing`() throws {
        let scene = try Self.seen()
        let other = try scene.authority.delegate { $0.task = "PAY-43" }
        let message = "Retry\n\nDelegation: \(other.id)\n\(TestServer.mark)\n"
        try Self.rewrite(scene, [try Self.tree(scene, Scene.branch)], message: message)
        let trial = try scene.server.trial("refs/heads/main", environment: Self.dana)
        expectRefused(trial, by: ["delegation.possession"])
    }

    @Test func `the agent itself may not push a rewriting`() throws {
        let scene = try Self.seen()
        let ref = "refs/heads/agent/PAY-42/again"
        try scene.client.setRef(ref, to: try scene.client.resolve("refs/heads/main"))
        try Self.rewrite(scene, [try Self.tree(scene, Scene.branch)], on: ref)
        expectRefused(try scene.server.trial(ref, environment: Self.dana), by: ["delegation.possession"])
    }

    @Test func `a refused push was not seen`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        let good = try scene.client.resolve(Scene.branch)
        try scene.agent(["Deploy/run.sh": "run\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
        try Self.rewrite(scene, [try Self.tree(scene, good.hex)])
        expectRefused(
            try scene.server.trial("refs/heads/main", environment: Self.dana), by: ["delegation.possession"])
    }
}
