import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor MatrixFormats { static let shared = MatrixFormats() }

/// The same pushes into repositories that are not judged, and in clear words.
@MatrixFormats @Suite struct MatrixFormatTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let keeping: Keeping
        let act: Act

        var testDescription: String { "\(act.rawValue), \(keeping)" }

        static let all = Keeping.allCases.flatMap { keeping in
            Act.allCases.map { Row(keeping: keeping, act: $0) }
        }
    }

    private static let agents = Result { try MatrixScene.Agents() }

    private static func settings(_ row: Row) -> [String: String] {
        Scene.gitolite.merging(["receive.unpackLimit": row.keeping.unpackLimit]) { $1 }
    }

    private static func scene(_ row: Row, _ server: TestServer, isShallow: Bool = false) throws -> MatrixScene {
        MatrixScene(
            server: server, act: row.act, agents: try agents.get(), isWithin: true, isShallow: isShallow)
    }

    private static let hint = "ask the administrators to look with 'git fsck' and 'remit doctor' on the server"

    private func expectUnread(
        _ scene: MatrixScene, _ refspec: String, saying reason: String, hint: String = MatrixFormatTests.hint,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let trial = try scene.server.trial(refspec, environment: scene.environment)
        expectUndecided(
            trial, by: ["undecided.repository"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the repository could not be read: \(reason)
                  rule     undecided.repository
                hint: \(hint)
                """, isRecorded: false, at: location)
        #expect(try !scene.server.hasLeftovers(), sourceLocation: location)
    }

    // MARK: SHA-256

    @Test(arguments: Row.all)
    func `a repository of SHA-256 objects is refused`(_ row: Row) throws {
        let format = ["--object-format=sha256"]
        let (repository, client) = (
            try TestRepository(arguments: format), try TestRepository(bare: false, arguments: format)
        )
        try client.git("commit", "-q", "--allow-empty", "-m", "begin")
        try client.git("remote", "add", "origin", repository.path)
        try repository.git("fetch", "-q", client.path, "main:main")
        let server = try TestServer(
            try Self.agents.get().authority, guarding: repository, client: client, settings: Self.settings(row))
        let scene = try Self.scene(row, server)
        try expectUnread(
            scene, try scene.prepare(),
            saying: "object format 'sha256' is not supported: use a repository made with --object-format=sha1")
    }

    // MARK: Reftable

    /// Git before 2.45 has no such format, and passes over the extension where the repository's version is 0.
    @Test(arguments: Row.all)
    func `a repository whose refs are in a reftable is refused`(_ row: Row) throws {
        let server = try TestServer(try Self.agents.get().authority, settings: Self.settings(row))
        let scene = try Self.scene(row, server)
        let refspec = try scene.prepare()
        try server.configure("extensions.refStorage", "reftable")
        try expectUnread(
            scene, refspec,
            saying: "reference storage 'reftable' is not supported: run 'git refs "
                + "migrate --ref-format=files'")
    }

    // MARK: Shallow

    @Test(arguments: Row.all)
    func `a push from a shallow clone is judged only when it brings whole history`(_ row: Row) throws {
        let settings = Self.settings(row).merging(["receive.shallowUpdate": "true"]) { $1 }
        let server = try TestServer(try Self.agents.get().authority, settings: settings)
        let scene = try Self.scene(row, server, isShallow: true)
        let refspec = try scene.prepare()
        if row.act.bringsCommits {
            try expectUnread(
                scene, refspec, saying: "the push would make this repository shallow; push full history",
                hint: "fetch all of the history with 'git fetch --unshallow'")
        } else {
            try expect(scene, refspec, row.keeping)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: server.repository.path)
        #expect(!files.contains { $0.hasPrefix("shallow") }, "\(files)")
    }

    /// Git's own default: it calls the hook, which lacks the history, and then refuses as well.
    @Test func `without receive.shallowUpdate git refuses such a push too`() throws {
        let row = Row(keeping: .loose, act: .create)
        let server = try TestServer(try Self.agents.get().authority, settings: Self.settings(row))
        let scene = try Self.scene(row, server, isShallow: true)
        let trial = try server.trial(try scene.prepare())
        expectUndecided(trial, by: ["undecided.repository"])
        #expect(trial.terminal.contains("shallow update not allowed"), "\(trial.terminal)")
    }
}
