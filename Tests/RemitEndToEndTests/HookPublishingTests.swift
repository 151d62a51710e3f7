import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What `post-receive` publishes of the ledger, and what installing and looking have to do with it.
@Suite struct HookPublishingTests {
    private static let main = "refs/heads/main"
    private static let name = "git.example.org/decisions"

    @Test func `a push that landed is published with its effect`() throws {
        let installed = try Installed()
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main")
        #expect(push.status == 0 && !push.remote.contains("warning"), "\(push.remote)")
        #expect(try installed.published()?.size == 3)
        let verified = try installed.log("verify")
        #expect(verified.status == 0 && verified.lines.last == "published: 3 entries, signature checked")
        #expect(try installed.diagnosis("log") == ["ok '\(try installed.logName())' is published: 3 of 3 entries"])
    }

    @Test func `without a key nothing is published and nothing is said`() throws {
        let installed = try Installed()
        let key = installed.server.ledgerPath + ".key"
        try FileManager.default.removeItem(atPath: key)
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main")
        #expect(push.status == 0 && !push.remote.contains("log"), "\(push.remote)")
        #expect(try installed.published()?.size == 1)
        #expect(
            try installed.diagnosis("log") == [
                "warn the key '\(key)' is gone: the hook publishes nothing; put it back, or publish from where it is"
            ])
        // A log whose key is elsewhere does not get another one.
        #expect(try installed.install().status == 0)
        #expect(!FileManager.default.fileExists(atPath: key))
    }

    enum Fault: CaseIterable {
        case notADirectory, openKey, noKey, otherKey

        /// Breaks what is beside the ledger, and gives what the pusher is told.
        func apply(_ ledger: String) throws -> String {
            let files = FileManager.default
            switch self {
            case .notADirectory:
                try files.removeItem(atPath: ledger + ".log")
                try writeFile([], to: ledger + ".log")
                return "cannot open '\(ledger).log': not a directory"
            case .openKey:
                try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: ledger + ".key")
                return "the key '\(ledger).key' can be read by others than its owner: run 'chmod 600 \(ledger).key'"
            case .noKey:
                try Data("nonsense\n".utf8).write(to: URL(fileURLWithPath: ledger + ".key"))
                return "the key '\(ledger).key' is not one line that begins with 'PRIVATE+KEY+'"
            case .otherKey:
                let other = try NoteSigner(name: HookPublishingTests.name)
                try Data(other.file).write(to: URL(fileURLWithPath: ledger + ".key"))
                return "the published checkpoint is not signed by \(other.publicKey.text)"
            }
        }
    }

    @Test(arguments: Fault.allCases)
    func `a fault is told in one line, and the push stands`(_ fault: Fault) throws {
        let installed = try Installed()
        let new = try installed.server.commit(["README.md": "2\n"])
        // Only what comes after the decision is of interest: a gate whose log goes back refuses.
        try FileManager.default.removeItem(atPath: installed.hook)
        let says = try fault.apply(installed.server.ledgerPath)
        let push = try installed.server.push("main")
        #expect(push.status == 0)
        let warnings = push.remote.split(separator: "\n").filter { $0.contains("published") }
        #expect(warnings == ["remit: warning: the log is not published: \(says)"], "\(push.remote)")
        #expect(try installed.server.tip(of: Self.main) == new)
        #expect(try installed.kinds() == ["installed", "effect"])
        #expect(try installed.diagnosis("log").first?.hasPrefix("warn ") == true)
        // Of git's own run nothing is different.
        let hook = "\(installed.path)/hooks/post-receive"
        var environment = HermeticGit.environment(home: installed.server.client.directory.path)
        environment["GIT_DIR"] = installed.path
        let line = Array("\(ObjectID.zero) \(new) refs/heads/x\n".utf8)
        #expect(try spawn([hook], input: line, environment: environment).status == 0)
    }

    @Test func `two gates that share a ledger publish one log, whoever comes when`() async throws {
        let installed = try Installed()
        let clients = try (0..<8).map { try TestRepository(copyOf: installed.server.client, name: "client\($0)") }
        let outputs = try await withThrowingTaskGroup(of: Output.self) { group in
            for (number, client) in clients.enumerated() {
                group.addTask {
                    _ = try client.commit(["a.txt": .file("\(number)\n")], on: "refs/heads/t\(number)", message: "a\n")
                    return try client.attempt(["push", "origin", "refs/heads/t\(number)"])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for output in outputs {
            #expect(output.status == 0 && !output.remote.contains("published"), "\(output.errorText)")
        }
        #expect(try installed.published()?.size == 17)
        #expect(try installed.log("verify").lines.last == "published: 17 entries, signature checked")
    }

    @Test func `the key is made once, for the ledger's user alone, under the name that is given`() throws {
        let installed = try Installed("--log-name", Self.name)
        let path = installed.server.ledgerPath + ".key"
        #expect(try installed.logName() == Self.name)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let key = try readFile(path)
        #expect(try installed.install(["--log-name", Self.name]).status == 0)
        #expect(try installed.install().errorText.contains("log's key") == false)
        #expect(try readFile(path) == key)
        let other = try installed.install(["--log-name", "git.example.org/others"])
        #expect(other.status == 64)
        #expect(
            other.errorText == """
                remit: error: --log-name: the log of '\(installed.server.ledgerPath)' is called '\(Self.name)'
                remit: hint: leave --log-name away: one log has one name for good

                """)
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"))
    func `what root makes beside the ledger is the server's user's`() throws {
        let installed = try Installed()
        let ledger = installed.server.ledgerPath
        let user = 65_534
        try FileManager.default.removeItem(atPath: ledger + ".key")
        try FileManager.default.removeItem(atPath: ledger + ".log")
        let given = try spawn(["chown", "\(user)", ledger], environment: HermeticGit.environment(home: "/"))
        #expect(given.status == 0, "\(given.errorText)")
        #expect(try installed.log("key", "--name", Self.name).status == 0)
        #expect(try installed.log("publish").status == 0)
        let made = [".key", ".log", ".log/checkpoint", ".log/tile", ".log/tile/0", ".log/tile/0/000.p/1"]
        for name in [""] + made {
            let owner = try FileManager.default.attributesOfItem(atPath: ledger + name)[.ownerAccountID] as? Int
            #expect(owner == user, "\(name)")
        }
    }

    @Test func `a log is called after its host where nothing else is said, and never by what is no name`() throws {
        let host = try spawn(["hostname"], environment: HermeticGit.environment(home: "/")).text
        #expect(try Installed().logName() == "\(host)/decisions")
        let none = try Installed(installs: false)
        let output = try none.install(["--log-name", "two words"])
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: --log-name: 'two words' is no name of a key
                remit: hint: write a host and a path, such as 'git.example.org/decisions'

                """)
        #expect(!FileManager.default.fileExists(atPath: none.server.ledgerPath))
    }

    /// The newest decisions may stand in the write-ahead log alone: whoever takes that away takes them away.
    @Test func `a ledger without its write-ahead log is behind what was published`() throws {
        let installed = try Installed()
        let ledger = installed.server.ledgerPath
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("main").status == 0)
        #expect(try installed.published()?.size == 3)
        for end in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: ledger + end) }
        let old = try installed.server.tip(of: Self.main)
        try installed.server.commit(["README.md": "3\n"])
        let push = try installed.server.push("main")
        #expect(push.status != 0)
        #expect(
            push.remote.contains(
                "remit: error: the decision could not be recorded: the ledger '\(ledger)' is not the one that was "
                    + "published: it has 1 entries, and 3 were published"), "\(push.remote)")
        #expect(try installed.server.tip(of: Self.main) == old)
    }

    @Test func `a log that lags behind what landed is told, and one that went back`() throws {
        let installed = try Installed()
        let ledger = installed.server.ledgerPath
        let old = try readFile(ledger + ".log/checkpoint")
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("main").status == 0)
        let new = try readFile(ledger + ".log/checkpoint")
        try writeFile(old, to: ledger + ".log/checkpoint")
        #expect(
            try installed.diagnosis("log") == [
                "warn 1 of 3 entries are published, and pushes have landed since then; run 'remit log publish', "
                    + "and look what a push says of it"
            ])
        try FileManager.default.removeItem(atPath: ledger + ".log")
        try FileManager.default.removeItem(atPath: ledger + ".key")
        #expect(
            try installed.diagnosis("log") == [
                "warn there is no key '\(ledger).key': nothing is published; make it with 'remit log key --ledger "
                    + "\(ledger) --name \(try spawn(["hostname"], environment: HermeticGit.environment(home: "/")).text)"
                    + "/decisions'"
            ])

        let other = try Installed()
        let key = try readFile(other.server.ledgerPath + ".key")
        #expect(try other.remit(["log", "publish", "--ledger", other.server.ledgerPath]).status == 0)
        let signer = try NoteSigner(file: key)
        let ahead = Checkpoint(origin: signer.publicKey.name, size: 9, root: .empty)
        try writeFile(try signer.sign(ahead.text).bytes, to: other.server.ledgerPath + ".log/checkpoint")
        #expect(
            try other.diagnosis("log") == [
                "FAIL '\(other.server.ledgerPath)' is not the ledger that was published: it has 1 entries, and 9 were "
                    + "published; look for the newer one: every push is refused"
            ])
        #expect(new != old)
    }
}

extension Installed {
    /// Runs a log command on the server's ledger.
    func log(_ arguments: String..., environment: [String: String] = [:]) throws -> Output {
        try remit(
            ["log", arguments[0], "--ledger", server.ledgerPath] + arguments.dropFirst(), environment: environment)
    }

    /// The checkpoint that lies beside the ledger.
    func published() throws -> Checkpoint? {
        let directory = LogDirectory(ofLedgerAt: ByteString(server.ledgerPath))
        return try directory.publishedCheckpoint().map { try Checkpoint(text: $0.text) }
    }

    func logKey() throws -> NoteKey { try NoteSigner(file: readFile(server.ledgerPath + ".key")).publicKey }

    func logName() throws -> String { try logKey().name }
}
