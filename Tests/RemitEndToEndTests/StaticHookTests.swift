import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What `make static` made.
private enum StaticHook {
    static let program: String? = {
        let path = "\(repositoryRoot())/.build/static/release/remit-hook"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()
}

/// The static `remit-hook` as GitHub Enterprise Server runs a hook: a directory that holds it, the repositories and the
/// ledger, and nothing else; no `/dev`, no `/proc`, no `/etc`, no shell.
@Suite(
    .enabled(if: StaticHook.program != nil, "needs 'make static'"),
    .enabled(if: geteuid() == 0, "needs to change the root directory"))
struct StaticHookTests {
    /// A scene whose repositories are copied to where the hook sees nothing else.
    private struct Cell {
        let scene: Scene
        let root: TemporaryDirectory

        init(_ edits: [String: FileEdit], settings: [String: String] = [:]) throws {
            scene = try Scene(
                try TestAuthority(), settings: ["remit.host": "ghes"].merging(settings) { $1 })
            root = try TemporaryDirectory()
            try scene.agent(edits)
            try copyProgram(try #require(StaticHook.program), to: "\(root.path)/remit-hook")
            try copy(scene.authority.path)
            try copy(scene.server.directory.path)
            try copy(scene.server.repository.path)
            // The objects that git would have put into quarantine.
            let quarantine = "\(inside)/objects/ghq_1"
            try FileManager.default.createDirectory(atPath: quarantine, withIntermediateDirectories: true)
            let revisions = Array("\(Scene.branch)\n^refs/heads/main\n".utf8)
            let pack = try scene.client.git(["pack-objects", "--stdout", "--revs", "-q"], input: revisions).stdout
            try scene.server.repository.git(
                ["unpack-objects", "-q"], input: pack,
                environment: [
                    "GIT_OBJECT_DIRECTORY": quarantine,
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\(scene.server.repository.gitDirectory)/objects",
                ])
        }

        private var repository: String { scene.server.repository.path }
        private var inside: String { root.path + repository }

        private func copy(_ path: String) throws {
            let target = root.path + path
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path, toPath: target)
        }

        func push(_ environment: [String: String] = ["GITHUB_USER_LOGIN": "dana"]) throws -> Output {
            let tip = try scene.client.resolve(Scene.branch)
            return try spawn(
                ["/usr/sbin/chroot", root.path, "/remit-hook", "pre-receive"],
                input: Array("\(ObjectID.zero.hex) \(tip.hex) \(Scene.branch)\n".utf8),
                environment: [
                    "GIT_DIR": repository, "GIT_OBJECT_DIRECTORY": "\(repository)/objects/ghq_1",
                    "GIT_QUARANTINE_PATH": "\(repository)/objects/ghq_1",
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\(repository)/objects",
                ].merging(environment) { $1 })
        }

        /// The outcomes of the decisions in the ledger within.
        func outcomes() throws -> [String] {
            try FileManager.default.removeItem(atPath: scene.server.ledgerPath)
            for suffix in ["", "-wal", "-shm"] {
                let file = scene.server.ledgerPath + suffix
                if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
                if FileManager.default.fileExists(atPath: root.path + file) {
                    try FileManager.default.copyItem(atPath: root.path + file, toPath: file)
                }
            }
            try expectSameAgain(inLedgerAt: scene.server.ledgerPath)
            return try scene.server.entries().filter { $0.kind == .decision }.map { entry in
                let text = String(decoding: entry.bytes, as: UTF8.self)
                return ["allowed", "refused", "undecided"].first { text.contains(#""outcome":"\#($0)""#) } ?? "?"
            }
        }
    }

    @Test func `a push within its remit is allowed where nothing else is`() throws {
        let cell = try Cell(["Sources/A.swift": "1\n"])
        let output = try cell.push()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            TestServer.words(of: output.errorText)
                == "allowed 1 commit of claude-code under delegation <delegation> of dana@example.org\ndecision recorded"
        )
        #expect(try cell.outcomes() == ["allowed"])
    }

    @Test func `a push outside its remit is refused where nothing else is`() throws {
        let cell = try Cell(["Deploy/x": "1\n"])
        let output = try cell.push()
        #expect(output.status == 1)
        #expect(
            TestServer.words(of: output.errorText).hasPrefix(
                """
                refused: nothing of this push was accepted
                error: commit <id> changes 'Deploy/x' outside its grant
                  rule     scope.path
                """), "\(output.errorText)")
        #expect(try cell.outcomes() == ["refused"])
    }

    @Test func `without an environment it says what is missing`() throws {
        let cell = try Cell(["Sources/A.swift": "1\n"])
        let output = try spawn(
            ["/usr/sbin/chroot", cell.root.path, "/remit-hook", "pre-receive"], environment: [:])
        #expect(output.status == 2)
        #expect(output.errorText.hasPrefix("remit: undecided: "), "\(output.errorText)")
    }

    @Test func `it loads nothing and opens nothing but what it judges`() throws {
        let cell = try Cell(["Sources/A.swift": "1\n"])
        let program = try #require(StaticHook.program)
        #expect(
            try spawn(["ldd", program], environment: HermeticGit.environment(home: "/")).errorText.contains(
                "not a dynamic executable"))
        let size = try FileManager.default.attributesOfItem(atPath: program)[.size] as? Int
        #expect(try #require(size) <= 30_000_000)
        #expect(try cell.push().status == 0)
    }
}
