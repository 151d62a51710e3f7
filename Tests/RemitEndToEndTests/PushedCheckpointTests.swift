import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `git push -o remit.checkpoint`: the pusher keeps what the log said.
@Suite struct PushedCheckpointTests {
    private static let option = ["-o", "remit.checkpoint"]

    private static func server() throws -> Installed {
        let installed = try Installed("--log-name", "git.example.org/decisions")
        try installed.server.configure("receive.advertisePushOptions", "true")
        return installed
    }

    /// What the client showed, without git's prefix, from the announcement on.
    private static func note(in push: Output) throws -> SignedNote {
        let lines = push.remote.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(
            lines.firstIndex(of: "remit: checkpoint: keep what follows, for 'remit log verify --checkpoint'"))
        return try SignedNote(Array(lines[(start + 1)...].joined(separator: "\n").utf8))
    }

    @Test func `what the client shows is the signed checkpoint, and the decision is proved to be in it`() throws {
        let installed = try Self.server()
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main", options: Self.option)
        #expect(push.status == 0, "\(push.errorText)")
        let note = try Self.note(in: push)
        let key = try installed.logKey()
        #expect(try note.signers(among: [key]) == [key])
        #expect(try Checkpoint(text: note.text).size == 3)
        let ledger = try Ledger.open(
            at: ByteString(installed.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        let decision = try #require(ledger.entries(from: 2, limit: 1).first)
        #expect(decision.kind == .decision)
        #expect(try ledger.proof(ofEntry: 2, in: note).proves(decision.bytes, inLogOf: key))

        // Later, from the file into which git's words went, and with the log grown: Go's verifier agrees.
        let kept = installed.server.directory.path + "/push.txt"
        try writeFile(push.stderr, to: kept)
        try installed.server.commit(["README.md": "3\n"])
        #expect(try installed.server.push("main").status == 0)
        let verified = try installed.log("verify", "--checkpoint", kept)
        #expect(verified.status == 0, "\(verified.text)")
        let proof = installed.server.directory.path + "/2.tlog-proof"
        #expect(try installed.log("prove", "2", "--checkpoint", kept, "-o", proof).status == 0)
        let checked = try installed.verifiedByGo(proof)
        #expect(checked.status == 0 && checked.text == "5 entries, entry 2 proved", "\(checked.errorText)")
        let late = try installed.log("prove", "4", "--checkpoint", kept)
        #expect(
            late.errorText.hasPrefix(
                "remit: error: the ledger '\(installed.server.ledgerPath)': noSuchEntry: entry 4 of 3"))
    }

    @Test func `a ledger that was rewritten does not agree with what a pusher kept`() throws {
        let installed = try Self.server()
        try installed.server.commit(["README.md": "2\n"])
        let kept = installed.server.directory.path + "/push.txt"
        try writeFile(try installed.server.push("main", options: Self.option).stderr, to: kept)
        let other = try Self.server()
        try other.server.commit(["README.md": "2\n"])
        #expect(try other.server.push("main").status == 0)
        let key = try installed.logKey().text
        let verified = try other.log("verify", "--key", key, "--checkpoint", kept)
        #expect(verified.status == 1)
        #expect(
            verified.lines.contains("FAIL the root over entries 1 to 3 is not that of the checkpoint given"),
            "\(verified.text)")
    }

    @Test func `many at once each see their own push in it`() async throws {
        let installed = try Self.server()
        let clients = try (0..<6).map { try TestRepository(copyOf: installed.server.client, name: "client\($0)") }
        let pushes = try await withThrowingTaskGroup(of: (number: Int, output: Output).self) { group in
            for (number, client) in clients.enumerated() {
                group.addTask {
                    _ = try client.commit(
                        ["a.txt": .file("\(number)\n")], on: "refs/heads/t\(number)", message: "a\n")
                    return (
                        number, try client.attempt(["push"] + Self.option + ["origin", "refs/heads/t\(number)"])
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let ledger = try Ledger.open(
            at: ByteString(installed.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        for (number, push) in pushes {
            #expect(push.status == 0, "\(push.errorText)")
            let head = try ledger.requireNotBehind(try Self.note(in: push))
            let about = try ledger.entries(about: .ref(ByteString("refs/heads/t\(number)"), in: nil), limit: 4)
            #expect(about.count == 2 && about.allSatisfy { $0 <= head.size }, "\(head.size) \(about)")
        }
    }

    @Test func `who asks where nothing can be shown is told so, in one line`() throws {
        let installed = try Self.server()
        let key = installed.server.ledgerPath + ".key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        try installed.server.commit(["README.md": "2\n"])
        let broken = try installed.server.push("main", options: Self.option)
        #expect(broken.status == 0)
        #expect(
            broken.remote.hasSuffix(
                "remit: warning: the log is not published: the key '\(key)' can be read by others than its owner: run "
                    + "'chmod 600 \(key)'\n"), "\(broken.remote)")
        try FileManager.default.removeItem(atPath: key)
        try installed.server.commit(["README.md": "3\n"])
        let none = try installed.server.push("main", options: Self.option)
        #expect(none.status == 0)
        #expect(
            none.remote.hasSuffix(
                "remit: warning: there is no checkpoint to show: the hook has no key of the log\n"), "\(none.remote)")
    }

    @Test func `a server that takes no push options is found`() throws {
        let installed = try Installed()
        #expect(
            try installed.diagnosis("push-options") == [
                "warn git takes no push options, such as remit.checkpoint; let it, with 'git config "
                    + "receive.advertisePushOptions true'"
            ])
    }
}

extension Installed {
    /// Checks what is published and a proof with the verifier of Go's module system.
    func verifiedByGo(_ proof: String) throws -> Output {
        let environment = HermeticGit.environment(home: server.directory.path).merging([
            "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": "/tmp/remit-go-cache", "GOFLAGS": "",
        ]) { $1 }
        return try spawn(
            [
                "go", "run", "\(repositoryRoot())/Tests/Scripts/verify-log/main.go", try logKey().text,
                server.ledgerPath + ".log", proof,
            ], environment: environment)
    }
}
