import RemitModel
import RemitTestSupport
import Testing

@globalActor actor SecureShells { static let shared = SecureShells() }

/// `sshd` with forced commands, where the server knows who pushes; and an account with a shell, where nobody does.
@SecureShells @Suite struct SecureShellTests {
    typealias SSHRow = ServedRow<Shells>

    /// The server, its authority, and the keys that it lets in.
    final class Shells {
        let authority: TestAuthority
        let ssh: SSHServer
        let keys: [String: SSHKey]

        init() throws {
            authority = try TestAuthority()
            // What only a careless server would take from its clients.
            let careless = "AcceptEnv \(SSHServer.variable)"
            var keys: [String: SSHKey] = [:]
            for account in ["dana", "ghost", "shell"] { keys[account] = try authority.newKey() }
            ssh = try SSHServer(
                keys.map { ($0.key == "shell" ? "" : SSHServer.forced($0.key), $0.value) }, settings: [careless])
            self.keys = keys
        }

        func login(_ account: String, sending variables: [String: String] = [:]) throws -> [String: String] {
            SSHServer.login(try #require(keys[account]), sending: variables)
        }
    }

    private static let shells = Result { try Shells() }
    private nonisolated static let host = ["remit.host": "ssh", "remit.pusherVariable": SSHServer.variable]
    private nonisolated static let branch = Scene.branch
    /// What makes git call no hook, where it comes to the server's git.
    private nonisolated static let noHooks = ["GIT_CONFIG_PARAMETERS": "'core.hooksPath'='/dev/null'"]

    private static func scene(_ settings: [String: String] = [:]) throws -> (Scene, Shells) {
        let shells = try shells.get()
        let scene = try Scene(shells.authority, settings: host.merging(settings) { $1 })
        try scene.server.reach(by: shells.ssh.url(scene.server.repository.path))
        return (scene, shells)
    }

    // MARK: Forced commands

    private nonisolated static let rows = [
        SSHRow("an agent within its remit", nil, by: "ghost") {
            try $0.agent(Scene.good)
            return try $0.server.trial(branch, environment: try $1.login("ghost"))
        },
        SSHRow("an agent outside of it", ["scope.path"], by: "ghost") {
            try $0.agent(Scene.bad)
            return try $0.server.trial(branch, environment: try $1.login("ghost"))
        },
        SSHRow("a person whom the authority knows lands an agent's work", nil, by: "dana") {
            try $0.agent(Scene.good)
            _ = try $0.server.trial(branch, environment: try $1.login("ghost"))
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("an account that nobody knows lands it", ["approval.missing"], by: "ghost") {
            try $0.agent(Scene.good)
            _ = try $0.server.trial(branch, environment: try $1.login("ghost"))
            return try $0.server.trial(Scene.landing, environment: try $1.login("ghost"))
        },
        SSHRow("the same with the variable sent along", ["approval.missing"], by: "ghost") {
            try $0.agent(Scene.good)
            let login = try $1.login("ghost", sending: [SSHServer.variable: "dana"])
            _ = try $0.server.trial(branch, environment: login)
            return try $0.server.trial(Scene.landing, environment: login)
        },
        SSHRow("variables of git's are not taken from the client", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            return try $0.server.trial(branch, environment: try $1.login("dana", sending: noHooks))
        },
    ]

    @Test(arguments: rows)
    func `a forced command vouches for the pusher`(_ row: SSHRow) throws {
        let (scene, shells) = try Self.scene(row.settings)
        try row.run(scene, shells, log: shells.ssh.log)
    }

    @Test(arguments: [
        "\(SSHServer.variable)=dana git-receive-pack", "GL_USER=dana git-receive-pack",
        "git -c core.hooksPath=/dev/null receive-pack", "env -i git-receive-pack", "/bin/sh -c git-receive-pack",
    ])
    func `git's shell runs nothing else`(_ command: String) throws {
        let (scene, shells) = try Self.scene()
        try scene.agent(Scene.bad)
        let trial = try scene.server.trial(
            Self.branch, options: ["--receive-pack=\(command)"], environment: try shells.login("ghost"))
        #expect(trial.status == 128, "\(trial.terminal)")
        #expect(trial.terminal.contains("fatal: unrecognized command '\(command) "), "\(trial.terminal)")
        #expect(trial.hook == nil && trial.outcomes.isEmpty && trial.isUntouched)
    }

    /// `hooks/README.md` warns of it too: git's own variables decide whether git calls a hook at all.
    @Test func `a server that takes every variable of git's has no gate`() throws {
        let key = try Self.shells.get().authority.newKey()
        let ssh = try SSHServer([(SSHServer.forced("ghost"), key)], settings: ["AcceptEnv GIT_*"])
        let (scene, _) = try Self.scene()
        try scene.server.reach(by: ssh.url(scene.server.repository.path))
        let commit = try scene.agent(Scene.bad)
        let trial = try scene.server.trial(Self.branch, environment: SSHServer.login(key, sending: Self.noHooks))
        #expect(trial.status == 0, "\(trial.terminal)")
        #expect(trial.hook == nil && trial.outcomes.isEmpty)
        #expect(try scene.server.tip(of: Self.branch) == commit)
    }

    // MARK: An account with a shell

    /// `hooks/README.md` warns of it: a hook cannot see what it is not called for.
    @Test func `whoever has a shell can have git run no hook`() throws {
        let (scene, shells) = try Self.scene()
        let commit = try scene.agent(Scene.bad)
        let trial = try scene.server.trial(
            Self.branch, options: ["--receive-pack=git -c core.hooksPath=/dev/null receive-pack"],
            environment: try shells.login("shell"))
        #expect(trial.status == 0, "\(trial.terminal)")
        #expect(trial.hook == nil && trial.outcomes.isEmpty)
        #expect(try scene.server.tip(of: Self.branch) == commit)
    }

    private nonisolated static func spoof(_ scene: Scene, _ shells: Shells, _ variable: String) throws -> Trial {
        try scene.agent(Scene.good)
        let login = try shells.login("shell")
        _ = try scene.server.trial(branch, environment: login)
        return try scene.server.trial(
            Scene.landing, options: ["--receive-pack=\(variable)=dana git-receive-pack"], environment: login)
    }

    private nonisolated static let spoofs = [
        // The setting says that a forced command is what sets the variable: here that is not true.
        SSHRow("the variable that the administrator named", nil, by: "dana") { try spoof($0, $1, SSHServer.variable) },
        SSHRow("the variable of another server", ["approval.missing"], by: nil) { try spoof($0, $1, "GL_USER") },
        SSHRow(
            "every variable where none is named", ["approval.missing"], by: nil, settings: ["remit.host": "plain"]
        ) { try spoof($0, $1, SSHServer.variable) },
    ]

    @Test(arguments: spoofs)
    func `whoever has a shell can set variables`(_ row: SSHRow) throws {
        let shells = try Self.shells.get()
        var settings = Self.host
        if row.settings["remit.host"] == "plain" { settings = row.settings }
        let scene = try Scene(shells.authority, settings: settings)
        try scene.server.reach(by: shells.ssh.url(scene.server.repository.path))
        try row.run(scene, shells, log: shells.ssh.log)
    }

    // MARK: Ways round

    /// Writes a commit of the clone into the repository as the server itself does, by a fetch.
    private nonisolated static func write(_ ref: String, _ scene: Scene) throws {
        try scene.server.repository.git("fetch", "-q", scene.client.path, "\(branch):\(ref)")
    }

    private nonisolated static let ways = [
        SSHRow("by another branch", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            try write("refs/heads/hidden", $0)
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("by a pull ref that the server wrote", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            try write("refs/pull/7/head", $0)
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("by a tag that the server wrote", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            try write("refs/tags/v1", $0)
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("by a fork's objects", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            let pool = try TestRepository(name: "pool.git")
            try pool.git("fetch", "-q", $0.client.path, "\(branch):refs/heads/fork")
            let alternates = "\($0.server.repository.path)/objects/info/alternates"
            try writeFile(Array("\(pool.path)/objects\n".utf8), to: alternates)
            // A clone that knows the fork sends none of its objects.
            try $0.client.git("fetch", "-q", pool.path, "refs/heads/fork:refs/remotes/fork/fork")
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("by pushing once more what was refused", ["scope.path"], by: "dana") {
            try $0.agent(Scene.bad)
            let login = try $1.login("dana")
            expectRefused(try $0.server.trial(Scene.landing, environment: login), by: ["scope.path"])
            expectRefused(try $0.server.trial(branch, environment: login), by: ["scope.path"])
            return try $0.server.trial(Scene.landing, environment: login)
        },
        SSHRow("by a branch within the remit, and then into main", ["scope.path"], by: "dana") {
            try $0.server.configure("remit.mode", "monitor")
            try $0.agent(Scene.bad)
            _ = try $0.server.trial(branch, environment: try $1.login("ghost"))
            try $0.server.configure("remit.mode", "enforce")
            return try $0.server.trial(Scene.landing, environment: try $1.login("dana"))
        },
        SSHRow("by a merge whose other parent lies on the server", ["scope.path"], by: "dana") {
            let bad = try $0.agent(Scene.bad)
            try write("refs/pull/7/head", $0)
            let main = try $0.client.resolve("main")
            let merge = try $0.client.commitTree(
                try $0.client.resolve("\(bad.hex)^{tree}"), parents: [main, bad], message: "Merge\n")
            try $0.client.setRef("refs/heads/main", to: merge)
            return try $0.server.trial("refs/heads/main", environment: try $1.login("dana"))
        },
    ]

    @Test(arguments: ways)
    func `what lies on the server already is judged when it reaches main`(_ row: SSHRow) throws {
        let (scene, shells) = try Self.scene(row.settings)
        try row.run(scene, shells, log: shells.ssh.log)
    }
}
