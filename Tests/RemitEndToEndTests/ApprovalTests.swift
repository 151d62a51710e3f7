import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Approvals { static let shared = Approvals() }

/// Work that needs the approval of persons, through real pushes.
///
/// Bob and Dana may approve; Sam pushes. One approval of anything that reaches `main` is demanded.
@Approvals @Suite struct ApprovalTests {
    private struct World {
        let authority: TestAuthority
        let bob: SSHKey
    }

    private static let demanding = Result {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { policy in
            policy.approvers = [.init("bob@example.org"), .init("dana@example.org")]
            policy.demands = [.init()]
        }
        return World(authority: authority, bob: bob)
    }

    private static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private static let land = "\(Scene.branch):refs/heads/main"
    private static let sam = Scene.pusher("sam")

    private func approve(
        _ scene: Scene, _ revision: String = Scene.branch, by person: String = "bob@example.org", with key: SSHKey,
        _ change: (inout TestApproval) -> Void = { _ in }
    ) throws {
        var approval = TestApproval(
            of: try scene.client.resolve(revision), tree: try scene.client.resolve("\(revision)^{tree}"), by: person,
            at: scene.authority.now)
        change(&approval)
        try scene.authority.approve(approval, signedBy: key)
    }

    private func landed(_ scene: Scene) throws -> Trial {
        try scene.server.trial(Self.land, environment: Self.sam)
    }

    @Test func `a demand is met by an approval of the tip, and told while it is not`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
        expectRefused(
            try landed(scene), by: ["approval.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> needs 1 approval for ref 'refs/heads/main' and has none
                  rule     approval.missing
                  ref      refs/heads/main
                  ask      bob@example.org
                hint: let bob@example.org look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
        try approve(scene, with: world.bob)
        expectAllowed(try landed(scene))
    }

    @Test func `people's own work needs none`() throws {
        let scene = try Scene(try Self.demanding.get().authority, settings: Scene.gitolite)
        try scene.advanceMain(["README.md": "by hand\n"])
    }

    @Test func `the delegator's own does not count`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        try approve(scene, by: "dana@example.org", with: world.authority.dana)
        let trial = try landed(scene)
        expectRefused(trial, by: ["approval.missing", "approval.self"])
        #expect(
            trial.said.contains(
                """
                error: commit <id> is approved by its own author: dana@example.org delegated it
                """), "\(trial.said)")
        try approve(scene, with: world.bob)
        expectAllowed(try landed(scene))
    }

    @Test func `the task key's does not count, whoever it names`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        try approve(scene, with: scene.delegation.taskKey)
        let trial = try landed(scene)
        expectRefused(trial, by: ["approval.missing", "approval.agent"])
        #expect(trial.said.contains("is approved by an agent: the task key of agent 'claude-code'"), "\(trial.said)")
    }

    @Test func `a commit on top makes it stale, an amended one needs a new one`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        try approve(scene, with: world.bob)
        try scene.client.git("update-ref", "refs/heads/approved", Scene.branch)
        try scene.agent(["Sources/More.swift": "1\n"])
        let trial = try landed(scene)
        expectRefused(trial, by: ["approval.missing", "approval.stale"])
        #expect(
            trial.said.contains("bob@example.org approved commit <id>, not what came after it"), "\(trial.said)")
        // The same tree under another message: it is another commit all the same.
        let amended = try scene.client.commitTree(
            try scene.client.resolve("refs/heads/approved^{tree}"),
            parents: [try scene.client.resolve("refs/heads/approved^")], message: "Amended\n\n" + scene.message,
            signedBy: scene.delegation.taskKey)
        expectRefused(
            try scene.server.trial("\(amended.hex):refs/heads/main", environment: Self.sam), by: ["approval.missing"])
        expectAllowed(try scene.server.trial("refs/heads/approved:refs/heads/main", environment: Self.sam))
    }

    @Test func `one of the branch lands a merge of the same tree, and nothing beside it`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        let head = try scene.agent(Self.edit)
        try approve(scene, with: world.bob)
        let main = try scene.client.resolve("main")
        let merge = try scene.host(head.hex, on: [main, head])
        expectAllowed(try scene.server.trial("\(merge.hex):refs/heads/main", environment: Self.sam))

        // Another branch comes in by a merge that keeps nothing of it.
        let other = try Scene(world.authority, settings: Scene.gitolite)
        let seen = try other.agent(Self.edit)
        try approve(other, with: world.bob)
        let unseen = try other.agent(["Sources/Unseen.swift": "1\n"], on: "refs/heads/agent/PAY-42/unseen")
        let ours = try other.host(seen.hex, on: [try other.client.resolve("main"), seen, unseen])
        let trial = try other.server.trial("\(ours.hex):refs/heads/main", environment: Self.sam)
        expectRefused(trial, by: ["approval.missing", "approval.stale"])
    }

    @Test func `an expired one and one of another tree are stale`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        try approve(scene, with: world.bob) { $0.expiresAt = world.authority.now.adding(seconds: -1) }
        expectRefused(try landed(scene), by: ["approval.missing", "approval.stale"])
        try approve(scene, with: world.bob) { $0.tree = $0.commit }
        let trial = try landed(scene)
        expectRefused(trial, by: ["approval.missing", "approval.stale"])
        #expect(trial.said.contains("bob@example.org approved another tree of this commit"), "\(trial.said)")
    }

    @Test func `a badly signed one counts for nothing and is named`() throws {
        let world = try Self.demanding.get()
        let scene = try Scene(world.authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        try approve(scene, with: world.authority.sam)
        let trial = try landed(scene)
        expectRefused(trial, by: ["approval.missing"])
        #expect(
            trial.said.contains("counts for nothing: <key> may not sign approvals as bob@example.org"), "\(trial.said)")
    }

    private static let open = Result { try TestAuthority() }

    @Test func `where nobody vouches for the pusher, an approval lands the work`() throws {
        let authority = try Self.open.get()
        let scene = try Scene(authority)
        try scene.agent(Self.edit)
        expectRefused(try scene.server.trial(Self.land), by: ["approval.missing"])
        try approve(scene, by: "sam@example.org", with: authority.sam)
        expectAllowed(try scene.server.trial(Self.land))
    }

    @Test func `compromised work lands once an approver has looked at it anew`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { $0.approvers = [.init("bob@example.org")] }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
        try approve(scene, with: bob)
        try authority.revoke(
            .delegation(scene.delegation.id), cause: .compromised, at: authority.now.adding(seconds: -30))
        let refused = try landed(scene)
        expectRefused(refused, by: ["approval.stale", "delegation.revoked"])
        #expect(refused.said.contains("that of bob@example.org is from before the revocation"), "\(refused.said)")
        try approve(scene, with: bob) { $0.issuedAt = authority.now }
        expectAllowed(try landed(scene))
    }

    @Test func `an assistant's draft of a protected path lands with an approval`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { $0.approvers = [.init("bob@example.org")] }
        try authority.register { $0.autonomy = "assistant" }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.server.commit(
            ["AGENTS.md": "be kind\n"], on: "refs/heads/draft", message: "Advise\n\n\(TestServer.mark)\n",
            signedBy: authority.sam)
        let draft = "refs/heads/draft:refs/heads/main"
        let refused = try scene.server.trial(draft, environment: Self.sam)
        expectRefused(refused, by: ["scope.protected"])
        #expect(
            refused.said.contains("hint: or let an approver look at it and run 'remit approve <id> --reason WHY'"),
            "\(refused.said)")
        try approve(scene, "refs/heads/draft", with: bob)
        expectAllowed(try scene.server.trial(draft, environment: Self.sam))
    }
}
