import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit log` on the ledger of an installed gate.
@Suite struct LogCommandTests {
    private static let name = "git.example.org/decisions"

    /// Runs a log command on the server's ledger.
    private static func log(_ installed: Installed, _ arguments: String...) throws -> Output {
        try installed.remit(["log", arguments[0], "--ledger", installed.server.ledgerPath] + arguments.dropFirst())
    }

    private static func append(_ count: Int, to installed: Installed) throws {
        var ledger = try Ledger.open(
            at: ByteString(installed.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        try ledger.transaction { (transaction) throws(LedgerError) in
            for number in 0..<count {
                _ = try transaction.append(
                    kind: .lifecycle, at: Instant(seconds: 0), bytes: Array(#"{"number":\#(number)}"#.utf8))
            }
        }
    }

    @Test func `a verifier of others accepts what is published and proved`() throws {
        let installed = try Installed("--log-name", Self.name)
        try Self.append(300, to: installed)
        for entry in ["1", "256", "301"] {
            let proof = installed.server.directory.path + "/\(entry).tlog-proof"
            let proved = try Self.log(installed, "prove", entry, "-o", proof)
            #expect(proved.status == 0, "\(proved.errorText)")
            let checked = try installed.verifiedByGo(proof)
            #expect(checked.status == 0, "\(checked.errorText)")
            #expect(checked.text == "301 entries, entry \(entry) proved")
        }
    }

    @Test func `the key is made once and told again`() throws {
        let installed = try Installed()
        let path = installed.server.ledgerPath + ".key"
        try FileManager.default.removeItem(atPath: path)
        let missing = try Self.log(installed, "publish")
        #expect(missing.status == 1)
        #expect(
            missing.errorText == """
                remit: error: there is no key '\(path)'
                remit: hint: make it with 'remit log key --name git.example.org/decisions'

                """)
        let bad = try Self.log(installed, "key", "--name", "two words")
        #expect(bad.errorText.hasPrefix("remit: error: --name: 'two words' is no name of a key\n"))
        let made = try Self.log(installed, "key", "--name", Self.name)
        #expect(made.status == 0 && made.text.hasPrefix("\(Self.name)+"), "\(made.errorText)")
        #expect(try Self.log(installed, "key").text == made.text)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let again = try Self.log(installed, "key", "--name", Self.name)
        #expect(again.errorText.hasPrefix("remit: error: '\(path)' exists already\n"))
    }

    @Test func `verify says what it found, and holds the log against a checkpoint that was kept`() throws {
        let installed = try Installed("--log-name", Self.name)
        try FileManager.default.removeItem(atPath: installed.server.ledgerPath + ".log")
        #expect(try Self.log(installed, "verify").lines.last == "nothing is published")
        let key = try Self.log(installed, "key").text
        let kept = installed.server.directory.path + "/kept"
        try writeFile(Array((try Self.log(installed, "checkpoint").text + "\n").utf8), to: kept)
        try Self.append(2, to: installed)
        let good = try Self.log(installed, "verify", "--key", key, "--checkpoint", kept)
        #expect(good.status == 0, "\(good.text)\(good.errorText)")
        #expect(good.lines.first?.hasPrefix("3 entries, root ") == true)
        #expect(good.lines.last == "published: 1 entries, signature checked")
        let other = try Self.log(installed, "verify", "--key", NoteSigner(name: Self.name).publicKey.text)
        #expect(other.status == 1)
        #expect(other.lines.first?.hasPrefix("FAIL the published checkpoint is not signed by ") == true)
        let json = try Self.log(installed, "verify", "--format", "json").text
        #expect(json.hasPrefix(#"{"schema":"log-verification/v1","entries":3,"root":""#))
        #expect(json.hasSuffix(#""published":1,"signature_checked":true,"further_faults":0,"faults":[]}"#))
        let none = try Self.log(installed, "prove", "4")
        #expect(
            none.errorText.hasPrefix(
                "remit: error: the ledger '\(installed.server.ledgerPath)': noSuchEntry: entry 4 of 3"))
    }
}
