import RemitModel
import RemitTestSupport
import Testing

/// Squashes and rebases by a host, traced to the commits that they were made of.
@MergeGates @Suite struct MergeGateRewritingTests {
    private static let authority = MergeGateTests.authority

    /// An approved branch of two commits of the agent's.
    private static func branch(
        _ authority: TestAuthority? = nil, _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> Scene {
        let scene = try Scene(try authority ?? Self.authority.get(), settings: Scene.gitolite, change)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        try scene.agent(["Sources/Backoff.swift": "let backoff = 2\n"])
        try scene.approve()
        return scene
    }

    private static func squash(_ scene: Scene, message: String? = nil) throws -> ObjectID {
        let (base, head) = (try scene.client.resolve("main"), try scene.client.resolve(Scene.branch))
        let tree = ObjectID(hex: try scene.merged(base, head)) ?? head
        return try scene.client.commitTree(tree, parents: [base], message: message ?? scene.message)
    }

    private static let allowed = """
        allowed to land 3 commits of claude-code under delegation <delegation> of dana@example.org
        approved by sam@example.org
        """

    @Test func `a squash is traced to its branch, up to date or not, with its trailer or without`() throws {
        let scene = try Self.branch()
        expectAllowed(try scene.gate(result: try Self.squash(scene)), saying: Self.allowed)
        expectAllowed(try scene.gate(result: try Self.squash(scene, message: "Retry (#42)\n")), saying: Self.allowed)
        try scene.advanceMain(["README.md": "payments, with limits\n"])
        expectAllowed(try scene.gate(result: try Self.squash(scene)), saying: Self.allowed)
    }

    @Test func `a rebase is traced commit by commit`() throws {
        let scene = try Self.branch()
        try scene.advanceMain(["README.md": "payments, with limits\n"])
        let base = try scene.client.resolve("main")
        let one = try scene.client.commitTree(
            try scene.tree(of: base, ["Sources/Retry.swift": "let retries = 3\n"]), parents: [base],
            message: scene.message)
        let two = try scene.client.commitTree(
            try scene.tree(of: one, ["Sources/Backoff.swift": "let backoff = 2\n"]), parents: [one],
            message: scene.message)
        expectAllowed(try scene.gate(result: two))
    }

    @Test func `one byte more is not what the branch proves`() throws {
        let scene = try Self.branch()
        let base = try scene.client.resolve("main")
        let tree = try scene.tree(
            of: try scene.client.resolve(Scene.branch), ["Sources/Retry.swift": "let retries = 33\n"])
        let squash = try scene.client.commitTree(tree, parents: [base], message: scene.message)
        let refused = try scene.gate(result: squash)
        expectRefused(refused, by: ["approval.missing", "approval.stale", "delegation.possession"])
        #expect(
            refused.said.contains(
                """
                error: commit <id> claims delegation <delegation> without a signature that proves it: it is not signed, \
                and neither a ledger nor commits that the host keeps prove exactly this change
                  rule     delegation.possession
                  ref      refs/heads/main
                  granted  <key>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: bring the branch up to date with 'git rebase --gpg-sign <base>', and let the host land it unchanged
                """), "\(refused.said)")
        // The approval of the branch is not one of this.
        let plain = try scene.client.commitTree(tree, parents: [base], message: "Retry (#42)\n")
        expectRefused(try scene.gate(result: plain), by: ["approval.missing", "approval.stale"])
    }

    @Test func `a squash that names another delegation proves nothing`() throws {
        let scene = try Self.branch()
        let other = try scene.authority.delegate { $0.task = "PAY-43" }
        let message = "Retry\n\nDelegation: \(other.id)\n\(TestServer.mark)\n"
        expectRefused(
            try scene.gate(result: try Self.squash(scene, message: message)), by: ["delegation.possession"])
    }

    @Test func `a squash of what two delegations did answers for neither`() throws {
        let scene = try Self.branch()
        let other = try scene.authority.delegate { $0.task = "PAY-43" }
        try scene.server.commit(["Sources/Third.swift": "3\n"], under: other)
        try scene.approve()
        let refused = try scene.gate(result: try Self.squash(scene, message: "Retry (#42)\n"))
        expectRefused(refused, by: ["attribution.mismatch"])
        #expect(
            refused.said.contains("error: commit <id> has marks that disagree: it names more than one delegation"),
            "\(refused.said)")
    }

    @Test func `a source that is not signed with the task key proves nothing`() throws {
        let scene = try Self.branch()
        try scene.server.commit(["Sources/Third.swift": "3\n"], under: scene.delegation, isSigned: false)
        try scene.approve()
        let refused = try scene.gate(result: try Self.squash(scene))
        expectRefused(refused, by: ["delegation.possession"])
        #expect(refused.said.contains("error: 2 commits claim") || refused.said.contains("error: commit <id> claims"))
    }

    @Test func `compromised sources are refused in the squash too`() throws {
        let scene = try Self.branch(try TestAuthority())
        try scene.authority.revoke(.delegation(scene.delegation.id), cause: .compromised)
        let refused = try scene.gate(result: try Self.squash(scene, message: "Retry (#42)\n"))
        #expect(refused.status == 1)
        #expect(refused.rules.contains("delegation.revoked"), "\(refused.said)")
        #expect(refused.said.contains("commits  <id> <id> <id>"), "\(refused.said)")
    }

    @Test func `a squash after the agent's time needs a ledger`() throws {
        let scene = try Self.branch()
        let later = try FakeTime.environment(secondsLater: 20 * 3600)
        let squash = try Self.squash(scene)
        let refused = try scene.gate(result: squash, environment: later)
        expectRefused(refused, by: ["delegation.expired"])
        #expect(refused.said.contains("no allowed decision shows that it was seen in time"), "\(refused.said)")

        let seen = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try seen.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try seen.server.trial(Scene.branch))
        try seen.approve()
        let landed = try Self.squash(seen)
        expectAllowed(try seen.gate(result: landed, options: "--ledger", seen.server.ledgerPath, environment: later))
    }

    @Test func `sources are looked for under the refs where the host keeps them`() throws {
        let scene = try Self.branch()
        let squash = try Self.squash(scene, message: "Retry (#42)\n\nDelegation: \(scene.delegation.id)\n")
        try scene.client.setRef("refs/heads/queue", to: squash)
        try scene.approve("refs/heads/queue")
        expectRefused(try scene.gate("refs/heads/queue"), by: ["delegation.possession"])
        try scene.client.setRef("refs/pull/42/head", to: try scene.client.resolve(Scene.branch))
        expectRefused(
            try scene.gate("refs/heads/queue", options: "--sources", "refs/pull/43/head"), by: ["delegation.possession"]
        )
        expectAllowed(try scene.gate("refs/heads/queue", options: "--sources", "refs/pull/*/head"))
    }

    @Test func `a proposal that copies a person's change makes nobody an agent`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        let own = try scene.server.commit(["Sources/Own.swift": "1\n"], on: "refs/heads/topic")
        let copy = try scene.client.commitTree(
            try scene.client.resolve("\(own.hex)^{tree}"), parents: [try scene.client.resolve("main")],
            message: scene.message)
        try scene.client.setRef("refs/pull/1/head", to: copy)
        let gated = try scene.gate("refs/heads/topic", options: "--sources", "refs/pull/*/head")
        expectAllowed(gated)
        #expect(gated.output.text == "remit: allowed, without a mark of an agent; commits judged: 1")
    }
}
