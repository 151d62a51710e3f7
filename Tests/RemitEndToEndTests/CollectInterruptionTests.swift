import Foundation
import RemitCollection
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Collecting that is killed, that loses its server, that meets another collector, or a push.
@Suite struct CollectInterruptionTests {
    private static let name = "git.example.org/decisions"

    /// A ledger of an installed gate with 600 entries, which takes three batches.
    private struct Server {
        let installed: Installed
        let database: TestDatabase
        var path: String { installed.server.ledgerPath }

        init(_ postgres: TestPostgres) throws {
            installed = try Installed("--log-name", CollectInterruptionTests.name)
            database = try postgres.database()
            try append(599)
            _ = try Collection(try CollectionAddress(database.address()), create: true, say: { _ in })
        }

        func append(_ count: Int) throws {
            var ledger = try Ledger.open(
                at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(30)))
            try ledger.transaction { transaction throws(LedgerError) in
                for number in 0..<count {
                    let manifest = try transaction.store(input: Array("manifest \(number)".utf8))
                    let text = #"{"schema":"entry/v1","kind":"anchor","evidence":"\#(manifest)"}"#
                    let entry = try transaction.append(
                        kind: .anchor, at: Instant(seconds: 0), bytes: Array(text.utf8))
                    try transaction.index(entry, about: [.agent("codex-cli", in: "payments")])
                }
            }
        }

        var command: [String] {
            get throws { [try BuiltProducts.remit, "collect", "--to", database.address(), "--ledger", path] }
        }

        var environment: [String: String] { HermeticGit.environment(home: installed.server.directory.path) }

        func begin() throws -> BackgroundProcess { try BackgroundProcess(command, environment: environment) }

        func collect() throws -> Output { try spawn(command, environment: environment) }

        /// Everything is there once, and as it should be.
        func expectWhole(_ entries: Int = 600) throws {
            let verified = try spawn(
                [BuiltProducts.remit, "collect", "verify", "--collection", database.address()], environment: environment
            )
            #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
            #expect(
                verified.lines.first?.hasPrefix(
                    "\(CollectInterruptionTests.name): \(entries) entries, \(entries) under a signed checkpoint, root ")
                    == true)
            #expect(try database.run("SELECT count(*) FROM remit.about WHERE kind = 'agent'") == "599")
        }
    }

    @Test(arguments: [
        ("log", "true"), ("input", "true"), ("entry", "NEW.sequence = 1"), ("about", "NEW.entry = 200"),
        ("batch", "NEW.last = 256"), ("entry", "NEW.sequence = 300"), ("batch", "NEW.last = 512"),
        ("batch", "NEW.last = 600"), ("checkpoint", "true"),
    ])
    func `after kill -9 the next run completes it`(table: String, condition: String) throws {
        let server = try Server(try TestPostgres.shared.get())
        try server.database.hold(table, when: condition)
        let killed = try server.begin()
        try server.database.waitUntilHeld()
        killed.kill()
        // The server's side notices late; what it was doing is taken back.
        try server.database.endConnections()
        try server.database.removeHold(table)
        let rest = try server.collect()
        #expect(rest.status == 0, "\(rest.errorText)")
        #expect(rest.errorText.hasSuffix(" of \(Self.name): 600 entries in all\n"))
        try server.expectWhole()
    }

    @Test func `after the server died in the middle of a batch the next run completes it`() throws {
        let postgres = try TestPostgres()
        let server = try Server(postgres)
        try server.database.hold("batch", when: "NEW.last = 512")
        let held = try server.begin()
        try server.database.waitUntilHeld()
        try postgres.crash()
        let output = try held.output()
        #expect(output.status == 2)
        #expect(output.errorText.contains("remit: error: the connection was lost: "), "\(output.errorText)")
        #expect(
            output.errorText.hasSuffix("remit: hint: run it again: it goes on where it was interrupted\n"))
        let away = try server.collect()
        #expect(away.status == 2)
        #expect(
            away.errorText.hasPrefix("remit: error: the collection cannot be reached: connection to server on socket "))
        try postgres.start()
        try server.database.removeHold("batch")
        let rest = try server.collect()
        #expect(rest.status == 0 && rest.errorText.contains("collected 344 entries"), "\(rest.errorText)")
        try server.expectWhole()
    }

    @Test func `of two collectors of one log one waits, and finds nothing left to do`() throws {
        let server = try Server(try TestPostgres.shared.get())
        try server.database.hold("batch", when: "NEW.last = 512")
        let first = try server.begin()
        try server.database.waitUntilHeld()
        let second = try server.begin()
        try wait(until: "the second waits") {
            try server.database.run(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'")
                == "1"
        }
        try server.database.release()
        let (one, two) = (try first.output(), try second.output())
        #expect(one.status == 0 && two.status == 0, "\(one.errorText)\(two.errorText)")
        #expect(one.errorText == "remit: collected 600 entries and 602 inputs of \(Self.name): 600 entries in all\n")
        #expect(
            two.errorText == """
                remit: waiting for another collector of '\(Self.name)'
                remit: collected 0 entries and 0 inputs of \(Self.name): 600 entries in all

                """)
        try server.expectWhole()
    }

    @Test func `who waits too long for another collector is told`() throws {
        let server = try Server(try TestPostgres.shared.get())
        try server.database.hold("batch", when: "NEW.last = 512")
        let first = try server.begin()
        try server.database.waitUntilHeld()
        let address = server.database.address("&options=-c%20lock_timeout%3D50ms")
        let second = try spawn(
            [BuiltProducts.remit, "collect", "--to", address, "--ledger", server.path], environment: server.environment)
        #expect(second.status == 2)
        #expect(
            second.errorText == """
                remit: waiting for another collector of '\(Self.name)'
                remit: error: somebody else collects the log '\(Self.name)' and has not finished
                remit: hint: run it again: it goes on where it was interrupted

                """)
        try server.database.release()
        #expect(try first.output().status == 0)
        try server.expectWhole()
    }

    @Test func `a statement that takes too long is ended, and a push is let through while somebody collects`() throws {
        let server = try Server(try TestPostgres.shared.get())
        try server.database.hold("batch", when: "NEW.last = 512")
        let held = try server.begin()
        try server.database.waitUntilHeld()
        try server.installed.server.commit(["README.md": "later\n"])
        let pushed = try server.installed.server.push("refs/heads/main")
        #expect(pushed.status == 0, "\(pushed.errorText)")
        held.kill()
        try server.database.endConnections()
        let address = server.database.address("&options=-c%20statement_timeout%3D200ms")
        let slow = try spawn(
            [BuiltProducts.remit, "collect", "--to", address, "--ledger", server.path], environment: server.environment)
        #expect(slow.status == 2)
        #expect(
            slow.errorText == """
                remit: error: the server refuses: canceling statement due to statement timeout (SQLSTATE 57014)
                remit: hint: run it again: it goes on where it was interrupted

                """)
        try server.database.release()
        let rest = try server.collect()
        #expect(rest.status == 0, "\(rest.errorText)")
        try server.expectWhole(Int(try server.installed.server.entries().count))
    }

    @Test func `progress is shown on a terminal, and nowhere else`() throws {
        let server = try Server(try TestPostgres.shared.get())
        let command = try server.command.map { "'\($0)'" }.joined(separator: " ")
        let shown = try spawn(["script", "-qec", command, "/dev/null"], environment: server.environment)
        #expect(shown.status == 0, "\(shown.text)")
        #expect(shown.text.contains("\rshipping '\(Self.name)': 600 of 600 entries, "))
        #expect(shown.text.contains("remit: collected 600 entries and 602 inputs of \(Self.name): 600 entries in all"))
        let verified = try spawn(
            [BuiltProducts.remit, "collect", "verify", "--collection", server.database.address()],
            environment: server.environment)
        #expect(verified.status == 0 && verified.errorText.isEmpty)
    }
}
