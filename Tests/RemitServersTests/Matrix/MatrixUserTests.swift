import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor MatrixUsers { static let shared = MatrixUsers() }

/// The same pushes where the server's process, its HOME and the repository are not one user's.
@MatrixUsers @Suite(.enabled(if: geteuid() == 0, "needs root, to give files away and to run as another user"))
struct MatrixUserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let keeping: Keeping
        let act: Act
        let isWithin: Bool

        var testDescription: String { "\(act.rawValue), \(isWithin ? "within" : "outside"), \(keeping)" }

        static let all = Keeping.allCases.flatMap { keeping in
            Act.allCases.flatMap { act in
                [true, false].map { Row(keeping: keeping, act: act, isWithin: $0) }
            }
        }
    }

    /// `nobody`, as far as this machine is concerned.
    private static let user = 65_534
    private static let agents = Result { try MatrixScene.Agents() }
    /// An authority that belongs to the server's user.
    private static let users = Result {
        let agents = try MatrixScene.Agents()
        try give(agents.authority.repository.directory.path)
        return agents
    }

    private static func give(_ path: String) throws {
        let output = try spawn(["chown", "-R", "\(user):\(user)", path], environment: ["PATH": HermeticGit.path])
        #expect(output.status == 0, "\(output.errorText)")
    }

    private static func scene(_ row: Row, _ agents: MatrixScene.Agents) throws -> (MatrixScene, String) {
        let settings = Scene.gitolite.merging(["receive.unpackLimit": row.keeping.unpackLimit]) { $1 }
        let server = try TestServer(agents.authority, settings: settings)
        let scene = MatrixScene(
            server: server, act: row.act, agents: agents, isWithin: row.isWithin, isShallow: false)
        return (scene, try scene.prepare())
    }

    /// As `fcgiwrap` and systemd have it: an unprivileged user with the HOME of another one, who lets nobody in.
    @Test(arguments: Row.all)
    func `a HOME that cannot be read does not matter`(_ row: Row) throws {
        let (scene, refspec) = try Self.scene(row, try Self.users.get())
        let home = try TemporaryDirectory()
        try home.write("[core]\n\thooksPath = /dev/null\n", to: ".gitconfig")
        #expect(unsafe chmod(home.path, 0o700) == 0)
        try Self.give(scene.server.repository.directory.path)
        try Self.give(scene.server.directory.path)
        let user = "setpriv --reuid=\(Self.user) --regid=\(Self.user) --clear-groups"
        try expect(
            scene, refspec, row.keeping,
            options: ["--receive-pack=\(user) env -u GIT_CONFIG_GLOBAL HOME=\(home.path) git-receive-pack"])
    }

    @Test(arguments: Row.all)
    func `a repository of another user is not judged`(_ row: Row) throws {
        let (scene, refspec) = try Self.scene(row, try Self.agents.get())
        let path = scene.server.repository.path
        try Self.give(path)
        // Git itself refuses first, unless somebody told it to trust the directory.
        let untrusted = try scene.server.trial(refspec, environment: scene.environment)
        #expect(untrusted.terminal.contains("fatal: detected dubious ownership"), "\(untrusted.terminal)")
        #expect(untrusted.hook == nil && untrusted.isUntouched)
        let trial = try scene.server.trial(
            refspec, options: ["--receive-pack=git -c 'safe.directory=*' receive-pack"], environment: scene.environment)
        expectUndecided(trial, by: ["undecided.repository"], isRecorded: false)
        #expect(
            trial.terminal.contains(
                "remit: error: the repository could not be read: \(path) is owned by uid \(Self.user), and this process "
                    + "runs as uid 0: run it as the owner, or give the directory to uid 0"), "\(trial.terminal)")
        #expect(try !scene.server.hasLeftovers())
    }
}
