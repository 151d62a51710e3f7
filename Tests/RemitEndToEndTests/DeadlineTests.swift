import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Deadlines { static let shared = Deadlines() }

/// Whatever takes too long ends in a refusal that says so with the figure; nothing is allowed by it, and the next push
/// is judged as if there had been none.
@Deadlines @Suite struct DeadlineTests {
    private nonisolated static let limit =
        "judging this push took longer than the 1 second that git config remit.deadline gives it"
    private nonisolated static let hint =
        "push fewer commits at once with 'git push origin <commit>:<ref>', or ask the administrators for a longer deadline"

    /// A second to judge, and generously one more for a machine that is busy with other tests.
    private nonisolated static let patience = Duration.seconds(6)

    private static func scene() throws -> BadInputScene {
        let scene = try BadInputScene()
        try scene.server.configure("remit.deadline", "1")
        return scene
    }

    /// Runs the hook into its deadline; `entries` are on record then.
    private static func expectLate(
        _ scene: BadInputScene, _ during: String? = nil, entries: Int64, at location: SourceLocation = #_sourceLocation
    ) throws {
        let start = ContinuousClock.now
        try scene.expectUndecided(
            .undecidedDeadline,
            "the check did not end in time: " + limit + (during.map { "; \($0)" } ?? ""), hint: hint, entries: entries,
            location: location)
        let took = ContinuousClock.now - start
        #expect(took < patience, sourceLocation: location)
        #expect(took >= .milliseconds(900), sourceLocation: location)
        try expectSameAgain(inLedgerAt: scene.server.ledgerPath, at: location)
    }

    /// The same server judges a small push with the time that a plain server has.
    private static func expectNextPushFine(
        _ scene: BadInputScene, entries: Int64, at location: SourceLocation = #_sourceLocation
    ) throws {
        try scene.server.repository.git("config", "--unset", "remit.deadline")
        scene.redirection = ""
        scene.input = BadInputScene.line(to: try scene.server.repository.resolve("refs/heads/main"))
        let output = try scene.run()
        #expect(output.status == 0, "\(output.errorText)", sourceLocation: location)
        let decisions = try scene.server.entries().filter { $0.kind == .decision }.count
        #expect(decisions == Int(entries) + 1, sourceLocation: location)
    }

    /// What whoever reads it waits for without end.
    private static func makePipe(_ path: String) throws {
        let status = unsafe mkfifo(path, 0o600)
        guard status == 0 else { throw CommandFailure(command: ["mkfifo", path], status: status, stderr: "") }
    }

    // MARK: What the judge notices itself

    /// Libgit2 walks the history in one call, and the judge then goes through it.
    @Test func `a long history`() throws {
        let scene = try Self.scene()
        let repository = scene.server.repository
        var stream = "reset refs/heads/slow\nfrom refs/heads/main\n"
        for number in 1...20_000 {
            stream += "commit refs/heads/slow\nmark :\(number)\n"
            stream += "committer A <a@example.org> 1 +0000\ndata 1\nm\n"
            if number == 1 { stream += "from refs/heads/main\n" }
        }
        try repository.fastImport(Array(stream.utf8))
        scene.input = BadInputScene.line(to: try repository.resolve("refs/heads/slow"))
        try repository.git("update-ref", "-d", "refs/heads/slow")
        try Self.expectLate(scene, entries: 1)
        try Self.expectNextPushFine(scene, entries: 1)
    }

    /// Few objects that refer to each other unfold to more directories than can be visited in a second.
    @Test func `a tree without end`() throws {
        let scene = try Scene(try TestAuthority(), settings: ["remit.deadline": "1"])
        let client = scene.client
        let blob = try client.write("blob", Array("1\n".utf8))
        let names = (0..<64).map { String(format: "n%02d", $0) }
        var tree = try client.writeTree(names.map { (mode: "100644", name: Array($0.utf8), id: blob) })
        for _ in 0..<3 {
            let below = tree
            tree = try client.writeTree(names.map { (mode: "40000", name: Array($0.utf8), id: below) })
        }
        try scene.agent(tree: tree, parents: [try client.resolve("main")])
        let start = ContinuousClock.now
        expectUndecided(
            try scene.server.trial(Scene.branch), by: ["undecided.deadline"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the check did not end in time: \(Self.limit)
                  rule     undecided.deadline
                hint: \(Self.hint)
                decision recorded
                """)
        #expect(ContinuousClock.now - start < Self.patience)
        try scene.server.repository.git("config", "--unset", "remit.deadline")
        try client.setRef(Scene.branch, to: try client.resolve("main"))
        try scene.agent(["Sources/A.swift": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
    }

    @Test func `a ledger that another process holds`() throws {
        let scene = try Self.scene()
        var ledger = try Ledger.open(
            at: ByteString(scene.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        try ledger.transaction { (_) throws(LedgerError) in
            do {
                try Self.expectLate(scene, "the ledger 'LEDGER' was busy until then", entries: 0)
            } catch {
                Issue.record(error)
            }
        }
        try Self.expectNextPushFine(scene, entries: 0)
    }

    // MARK: What only the watchdog can end

    @Test func `input that does not end`() throws {
        let scene = try Self.scene()
        let pipe = "\(scene.server.directory.path)/input"
        try Self.makePipe(pipe)
        // Open for writing too, so that its end never comes.
        scene.redirection = "<>\(pipe)"
        try Self.expectLate(scene, "git has not ended its input", entries: 0)
        try Self.expectNextPushFine(scene, entries: 0)
    }

    /// A file system that hangs, as a pipe in the place of a file does.
    @Test(arguments: ["authority", "repository"])
    func `an object that cannot be read to its end`(_ place: String) throws {
        let scene = try Self.scene()
        let repository = place == "authority" ? scene.authority.repository : scene.server.repository
        let main = try repository.resolve("refs/heads/main").hex
        let file = try Self.loose(main, in: repository)
        let aside = "\(scene.server.directory.path)/aside"
        try FileManager.default.moveItem(atPath: file, toPath: aside)
        try Self.makePipe(file)
        let start = ContinuousClock.now
        let output = try scene.run()
        #expect(ContinuousClock.now - start < Self.patience)
        #expect(output.status == 2, "\(output.errorText)")
        #expect(
            scene.normalised(output.errorText).split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedDeadline, "the check did not end in time: " + Self.limit, hint: Self.hint))
        #expect(try scene.server.entries().isEmpty)
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.moveItem(atPath: aside, toPath: file)
        try Self.expectNextPushFine(scene, entries: 0)
    }

    /// The file of an object, unpacked where it lies in a pack.
    private static func loose(_ id: String, in repository: TestRepository) throws -> String {
        let objects = "\(repository.gitDirectory)/objects"
        let file = "\(objects)/\(id.prefix(2))/\(id.dropFirst(2))"
        guard !FileManager.default.fileExists(atPath: file) else { return file }
        let packs = "\(repository.directory.path)/packs"
        try FileManager.default.moveItem(atPath: "\(objects)/pack", toPath: packs)
        for name in try FileManager.default.contentsOfDirectory(atPath: packs) where name.hasSuffix(".pack") {
            try repository.git(["unpack-objects", "-q"], input: try readFile("\(packs)/\(name)"))
        }
        return file
    }

    @Test func `what the watchdog says has the host's prefix, and JSON where JSON is asked for`() throws {
        let scene = try Self.scene()
        let pipe = "\(scene.server.directory.path)/input"
        try Self.makePipe(pipe)
        scene.redirection = "<>\(pipe)"
        try scene.server.configure("remit.host", "gitlab")
        let text = try scene.run()
        #expect(text.status == 2)
        #expect(
            text.errorText.hasPrefix(
                "GL-HOOK-ERR: remit: undecided: this push could not be checked, nothing of it was accepted\n"),
            "\(text.errorText)")
        scene.arguments += ["--format", "json"]
        let json = try scene.run()
        #expect(json.status == 2)
        #expect(json.errorText.isEmpty)
        let object = try JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any]
        #expect(object?["outcome"] as? String == "undecided")
        #expect(json.text.contains("git has not ended its input"))
    }

    /// Monitor mode lets through what cannot be judged, and says so: in time as well as late.
    @Test func `in monitor mode a push that is late is let through and told`() throws {
        let scene = try Self.scene()
        try scene.server.configure("remit.mode", "monitor")
        let pipe = "\(scene.server.directory.path)/input"
        try Self.makePipe(pipe)
        scene.redirection = "<>\(pipe)"
        let output = try scene.run()
        #expect(output.status == 0)
        #expect(
            output.errorText.hasPrefix("remit: monitor: could not check this push and would not have accepted it\n"),
            "\(output.errorText)")
    }

    // MARK: The figure

    @Test(arguments: [("ghes", "4 seconds", 10), ("gerrit", "25 seconds", 30)])
    func `a host with a figure of its own has it told`(_ host: String, _ figure: String, _ leap: Int) throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.host", host)
        scene.environment.merge(try FakeClock.environment(secondsLater: leap)) { $1 }
        let output = try scene.run()
        #expect(output.status == 2, "\(output.errorText)")
        #expect(
            output.errorText.contains(
                "the check did not end in time: judging this push took longer than the \(figure) that it has with "
                    + "remit.host \(host); git config remit.deadline sets another time"), "\(output.errorText)")
        try expectSameAgain(inLedgerAt: scene.server.ledgerPath)
    }
}

/// A process whose clock leaps, but for its first reading: its time is over when it looks again.
private enum FakeClock {
    static func environment(secondsLater seconds: Int) throws -> [String: String] {
        ["LD_PRELOAD": try library.get().path, "CLOCK_LEAP": String(seconds)]
    }

    private static let library = Result {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/clock.so"
        let source = "\(repositoryRoot())/Tests/Scripts/fault-injection/clock.c"
        let made = try spawn(
            ["clang", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", path, source, "-ldl"],
            environment: HermeticGit.environment(home: directory.path))
        guard made.status == 0 else {
            throw CommandFailure(command: ["clang", source], status: made.status, stderr: made.errorText)
        }
        return (directory: directory, path: path)
    }
}
