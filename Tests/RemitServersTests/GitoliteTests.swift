import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Gitolites { static let shared = Gitolites() }

/// Gitolite 3 over SSH: Remit as its common hook, the pusher from `GL_USER`.
@Gitolites @Suite struct GitoliteTests {
    typealias GitoliteRow = ServedRow<Gitolite>

    private static let authority = Result { try TestAuthority() }
    private nonisolated static let branch = Scene.branch

    private static func scene() throws -> (Scene, Gitolite) {
        let scene = try Scene(try authority.get(), settings: Scene.gitolite)
        return (scene, try Gitolite(scene.server, users: ["dana", "ghost"]))
    }

    private nonisolated static let rows = [
        GitoliteRow("an agent within its remit", nil, by: "ghost") {
            try $0.agent(Scene.good)
            return try $1.push(branch, by: "ghost")
        },
        GitoliteRow("an agent outside of it", ["scope.path"], by: "ghost") {
            try $0.agent(Scene.bad)
            return try $1.push(branch, by: "ghost")
        },
        GitoliteRow("a person whom the authority knows lands an agent's work", nil, by: "dana") {
            try $0.agent(Scene.good)
            _ = try $1.push(branch, by: "ghost")
            return try $1.push(Scene.landing, by: "dana")
        },
        GitoliteRow("a user whom the authority does not know lands it", ["approval.missing"], by: "ghost") {
            try $0.agent(Scene.good)
            _ = try $1.push(branch, by: "ghost")
            return try $1.push(Scene.landing, by: "ghost")
        },
    ]

    @Test(arguments: rows)
    func `gitolite vouches for the pusher`(_ row: GitoliteRow) throws {
        let (scene, gitolite) = try Self.scene()
        try row.run(scene, gitolite, log: gitolite.ssh.log)
    }

    @Test func `a user cannot be another`() throws {
        let (scene, gitolite) = try Self.scene()
        try scene.agent(Scene.good)
        let trial = try gitolite.push(
            Scene.landing, by: "ghost", options: ["--receive-pack=GL_USER=dana git-receive-pack"])
        #expect(trial.status == 128, "\(trial.terminal)")
        #expect(trial.hook == nil && trial.outcomes.isEmpty && trial.isUntouched)
    }

    /// What gitolite itself forbids stays forbidden: it asks before git starts, and for each ref after the hook.
    @Test func `gitolite's own rules hold as well`() throws {
        let (scene, gitolite) = try Self.scene()
        try gitolite.configure("repo payments\n    - refs/heads/agent/ = ghost\n    RW+ = @all\n")
        try scene.agent(Scene.good)
        let trial = try gitolite.push(Self.branch, by: "ghost")
        #expect(trial.terminal.contains("DENIED by refs/heads/agent/"), "\(trial.terminal)")
        #expect(trial.outcomes == ["allowed"])
        #expect(try scene.server.tip(of: Self.branch) == nil)
    }

    /// Gitolite's `UMASK` is 0077 unless somebody changes it.
    @Test func `what is pushed is readable by the server's user alone`() throws {
        let (scene, gitolite) = try Self.scene()
        let commit = try scene.agent(Scene.good)
        expectAllowed(try gitolite.push(Self.branch, by: "dana"))
        let path = "\(scene.server.repository.path)/objects/\(commit.hex.prefix(2))"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        expectAllowed(try gitolite.push(Scene.landing, by: "dana"))
    }

    @Test func `push options reach the hook where git offers them`() throws {
        let (scene, gitolite) = try Self.scene()
        try scene.server.makeLogKey()
        try scene.agent(Scene.good)
        let refused = try gitolite.push(Self.branch, by: "dana", options: ["-o", "delegation=\(scene.delegation.id)"])
        #expect(refused.terminal.contains("fatal: the receiving end does not support push options"))
        #expect(refused.hook == nil && refused.isUntouched)
        try scene.server.configure("receive.advertisePushOptions", "true")
        expectAllowed(
            try gitolite.push(Self.branch, by: "dana", options: ["-o", "delegation=\(scene.delegation.id)"]))
    }

    @Test func `a repository that gitolite makes later is closed until it is set up`() throws {
        let (scene, gitolite) = try Self.scene()
        try gitolite.configure("repo payments\n    RW+ = @all\nrepo later\n    RW+ = @all\n")
        let path = "\(scene.server.repository.directory.path)/later.git"
        let hook = try FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/hooks/pre-receive")
        #expect(hook.hasSuffix("/local/hooks/common/pre-receive"))
        let push = try scene.client.attempt(
            ["push", gitolite.ssh.url("/later"), "main"], environment: try gitolite.login("dana"))
        #expect(push.status == 1)
        #expect(
            push.errorText.contains(
                "remit: error: the configuration cannot be used: git config remit.authority: is not set in this repository"
            ),
            "\(push.errorText)")
    }
}
