import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit log witness`, against a witness that was written after the specification and knows nothing of our code.
@Suite struct WitnessTests {
    private static let name = "git.example.org/decisions"
    private static let hint = "remit: hint: ask its operator whether its key has changed\n"

    /// A gate with some entries, and a witness that knows its log.
    private struct Witnessed {
        let installed: Installed
        let witness: WitnessServer

        init() throws {
            installed = try Installed("--log-name", WitnessTests.name)
            witness = try WitnessServer(of: try installed.logKey().text)
            try push()
        }

        /// Lets one push land: two entries more.
        func push() throws {
            try installed.server.commit(["README.md": .file("\(UUID())\n")])
            let push = try installed.server.push("main")
            #expect(push.status == 0, "\(push.errorText)")
        }

        func run(_ options: String...) throws -> Output {
            try installed.remit(
                ["log", "witness", "--ledger", installed.server.ledgerPath]
                    + (options.isEmpty ? [witness.url, "--key", witness.key] : options),
                environment: witness.environment)
        }

        var ledger: String { installed.server.ledgerPath }
        var alarm: String { ledger + ".log/alarm" }

        func anchors() throws -> [Anchor] {
            try installed.recorded().filter { $0.leaf.kind == .anchor }.map { try Anchor($0.document, of: "it") }
        }
    }

    @Test func `a witness cosigns, and what it signed is checked, kept, published and recorded`() throws {
        let scene = try Witnessed()
        let output = try scene.run()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText
                == "remit: the witness '\(WitnessServer.name)' cosigned 3 entries, entry 4\n")
        let (log, key) = (try scene.installed.logKey(), try NoteKey(scene.witness.key))
        let note = try SignedNote(output.stdout)
        #expect(try note.signers(among: [log, key]) == [log, key])
        // The other signature that the witness gave says nothing to us and is not kept.
        #expect(note.signatures.count == 2)
        let directory = LogDirectory(ofLedgerAt: ByteString(scene.ledger))
        #expect(try directory.publishedCheckpoint() == note)
        #expect(try directory.witnessedCheckpoint() == note)
        let head = try Checkpoint(text: note.text)
        let anchor = try #require(try scene.anchors().first)
        #expect(anchor.checkpoint == head && head.size == 3)
        #expect(
            anchor.keeper
                == .witness(key, url: scene.witness.url, cosignature: try #require(note.signatures.last).bytes))
        #expect(try scene.installed.recorded().last?.leaf.summary == .anchor(size: 3))
        #expect(try scene.witness.request().hasPrefix("old 0\n\n\(Self.name)\n3\n"))

        // The log goes on, from where the witness was left.
        try scene.push()
        let next = try scene.run()
        #expect(
            next.errorText == "remit: the witness '\(WitnessServer.name)' cosigned 6 entries, entry 7\n")
        #expect(try scene.witness.request().hasPrefix("old 3\n"))
        let verified = try scene.installed.log("verify")
        #expect(verified.status == 0, "\(verified.text)")
        #expect(verified.lines.contains("2 anchors"))
        let proof = scene.installed.server.directory.path + "/2.tlog-proof"
        #expect(try scene.installed.log("prove", "2", "-o", proof).status == 0)
        #expect(try scene.installed.verifiedByGo(proof).text == "7 entries, entry 2 proved")
        // What witnesses have signed goes into a proof as well, and Go's verifier passes over what it does not know.
        let cosigned = try scene.installed.log(
            "prove", "2", "--checkpoint", scene.ledger + ".log/checkpoint.witnessed", "-o", proof)
        #expect(cosigned.status == 0, "\(cosigned.errorText)")
        #expect(try LogProof(readFile(proof)).checkpoint.signers(among: [log, key]) == [log, key])
        #expect(try scene.installed.verifiedByGo(proof).text == "7 entries, entry 2 proved")
        let anchors = try scene.installed.log("anchors")
        #expect(anchors.lines.count == 2)
        #expect(anchors.lines.first?.hasPrefix("4 20") == true)
        #expect(
            anchors.lines.last?.hasSuffix(" 6 entries, kept by the witness '\(WitnessServer.name)'") == true,
            "\(anchors.text)")
        // Coverage and trace pass over anchors.
        #expect(try scene.installed.remit(["log", "coverage", scene.installed.path]).status == 0)
        #expect(try scene.installed.remit(["trace", "refs/heads/main", "--ledger", scene.ledger]).status == 0)
        #expect(try scene.installed.remit(["replay", "--all", "--ledger", scene.ledger]).status == 0)
    }

    @Test func `where only anchors are new the last checkpoint is cosigned again, and nothing is recorded`() throws {
        let scene = try Witnessed()
        let first = try SignedNote(try scene.run().stdout)
        let again = try scene.run()
        #expect(
            again.errorText == "remit: the witness '\(WitnessServer.name)' cosigned 3 entries again\n")
        #expect(try SignedNote(again.stdout).text == first.text)
        #expect(try SignedNote(again.stdout).signatures.count == 2)
        #expect(try scene.witness.request().hasPrefix("old 3\n\n"))
        #expect(try scene.anchors().count == 1)
        // Another witness has not seen it: that is news.
        let other = try WitnessServer(of: try scene.installed.logKey().text)
        let both = try scene.installed.remit(
            [
                "log", "witness", "--ledger", scene.ledger, scene.witness.url, other.url, "--key", scene.witness.key,
                "--key", other.key,
            ], environment: scene.witness.environment)
        #expect(both.status == 2)
        #expect(both.errorText.contains("remit: error: cannot ask '\(other.url)/add-checkpoint': curl: (60) "))
        #expect(both.errorText.hasPrefix("remit: the witness '\(WitnessServer.name)' cosigned 4 entries, entry 5\n"))
    }

    @Test func `a witness that was left elsewhere is asked from where it is`() throws {
        let scene = try Witnessed()
        #expect(try scene.run().status == 0)
        try scene.push()
        // As if it had lost what it knew, and as if somebody else had brought it further.
        try FileManager.default.removeItem(atPath: "\(scene.witness.directory.path)/state")
        #expect(try scene.run().status == 0)
        #expect(try scene.witness.request().hasPrefix("old 0\n"))
        try scene.push()
        let ledger = try Ledger.open(
            at: ByteString(scene.ledger), create: false, deadline: .now.advanced(by: .seconds(10)))
        try scene.witness.remember(8, ledger.root(size: 8).bytes)
        let output = try scene.run()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(try scene.witness.request().hasPrefix("old 8\n"))
    }

    static let refusals: [(mode: String, says: String)] = [
        (
            "404",
            "does not know the log '\(name)'\nremit: hint: give its operator the log's key, which 'remit log key' prints\n"
        ),
        (
            "403",
            "does not accept the signature of '\(name)'\nremit: hint: give its operator the log's key, which 'remit log "
                + "key' prints\n"
        ),
        ("422", "does not accept a first checkpoint, with status 422\nremit: hint: tell its operator\n"),
        ("400", "answers with status 400\nremit: hint: look whether 'URL' is its submission prefix\n"),
        ("500", "answers with status 500\nremit: hint: look whether 'URL' is its submission prefix\n"),
        ("302", "answers with status 302\nremit: hint: look whether 'URL' is its submission prefix\n"),
        ("wrong-key", "gives no answer that counts: it holds no cosignature of 'KEY'\n\(hint)"),
        ("empty", "gives no answer that counts: it holds no cosignature of 'KEY'\n\(hint)"),
        (
            "forged",
            "gives no answer that counts: the signature of '\(WitnessServer.name)' is not good for the text\n\(hint)"
        ),
        ("timeless", "gives no answer that counts: its cosignature has no time\n\(hint)"),
        (
            "garbage",
            "gives no answer that counts: a signature is not of the form '\u{2014} <name> <base64>'\n\(hint)"
        ),
        (
            "smuggling",
            "gives no answer that counts: a signature is not of the form '\u{2014} <name> <base64>'\n\(hint)"
        ),
        ("untyped", "gives no answer that counts: it answers 409 without the size that it has seen\n\(hint)"),
        (
            "lost",
            "contradicts itself: it has seen 0 entries and does not go on from there\nremit: hint: tell its operator\n"
        ),
    ]

    @Test(arguments: refusals)
    func `an answer that does not count is told, and nothing is recorded`(mode: String, says: String) throws {
        let scene = try Witnessed()
        try scene.witness.behave(mode)
        let output = try scene.run()
        #expect(output.status == 2)
        let words = says.replacing("URL", with: scene.witness.url).replacing("KEY", with: scene.witness.key)
        #expect(output.errorText == "remit: error: the witness '\(WitnessServer.name)' \(words)")
        #expect(output.text.isEmpty)
        #expect(try scene.anchors().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: scene.alarm))
        #expect(!FileManager.default.fileExists(atPath: scene.ledger + ".log/checkpoint.witnessed"))
        // It can be mended, and the gate goes on meanwhile.
        try scene.push()
        try scene.witness.behave("")
        #expect(try scene.run().status == 0)
    }

    @Test func `an endless answer, and a witness that is down`() throws {
        let scene = try Witnessed()
        try scene.witness.behave("endless")
        let url = "\(scene.witness.url)/add-checkpoint"
        let long = try scene.run()
        #expect(long.status == 2)
        #expect(long.errorText == "remit: error: cannot ask '\(url)': it is longer than 65536 bytes\n")
        scene.witness.stop()
        let down = try scene.run()
        #expect(down.status == 2)
        #expect(down.errorText.hasPrefix("remit: error: cannot ask '\(url)': curl: (7) "), "\(down.errorText)")
        #expect(try scene.anchors().isEmpty)
    }

    @Test func `a witness that has seen more raises the alarm, and everything stops until an operator has looked`()
        throws
    {
        let scene = try Witnessed()
        try scene.witness.behave("larger")
        let output = try scene.run()
        #expect(output.status == 1)
        let words = "the witness '\(WitnessServer.name)' has seen 1000000 entries, and the ledger has 3"
        #expect(
            output.errorText == """
                remit: error: ALARM: \(words)
                remit: hint: the ledger was rolled back or rewritten: look for the newer one, and for who did it
                remit: hint: every push is refused from now on; see 'remit log alarm --ledger \(scene.ledger)'

                """)
        // Pushes, publication, witnesses, doctor, verify: all stop at the same door.
        let tip = try scene.installed.server.tip(of: "refs/heads/main")
        try scene.installed.server.commit(["README.md": "late\n"])
        let push = try scene.installed.server.push("main")
        #expect(push.status == 1)
        #expect(
            push.errorText.contains("an alarm stands about the ledger '\(scene.ledger)': \(words)"), "\(push.errorText)"
        )
        #expect(try scene.installed.server.tip(of: "refs/heads/main") == tip)
        try scene.witness.behave("")
        let stopped = "remit: error: the ledger '\(scene.ledger)': alarm: \(words); seen at 20"
        for stopping in [try scene.run(), try scene.installed.log("publish"), try scene.installed.log("checkpoint")] {
            #expect(stopping.status == 2)
            #expect(stopping.errorText.hasPrefix(stopped), "\(stopping.errorText)")
            #expect(
                stopping.errorText.hasSuffix(
                    "remit: hint: look at it with 'remit log alarm --ledger \(scene.ledger)'\n"))
        }
        let verified = try scene.installed.log("verify")
        #expect(verified.status == 1)
        #expect(verified.lines.first?.hasPrefix("FAIL an alarm stands: \(words)") == true)
        #expect(
            try scene.installed.diagnosis("log").first?.hasPrefix("FAIL an alarm stands: \(words); seen at 20") == true)

        let shown = try scene.installed.log("alarm")
        #expect(shown.status == 1 && shown.text.hasPrefix("\(words); seen at 20"), "\(shown.text)")
        let mute = try scene.installed.log("alarm", "--clear")
        #expect(mute.status == 64 && mute.errorText.contains("--clear and --reason go together"))
        let cleared = try scene.installed.log("alarm", "--clear", "--reason", "OPS-12")
        #expect(
            cleared.status == 0 && cleared.errorText == "remit: took the alarm away, entry 4\n", "\(cleared.errorText)")
        #expect(try scene.installed.kinds().last == "alarm-cleared")
        let document = String(decoding: try #require(try scene.installed.recorded().last).document, as: UTF8.self)
        #expect(document.contains(words) && document.contains(#""new":"OPS-12""#), "\(document)")
        #expect(try scene.installed.log("alarm").errorText == "remit: no alarm stands\n")
        #expect(try scene.installed.server.push("main").status == 0)
        #expect(try scene.run().status == 0)
        #expect(try scene.installed.remit(["log", "coverage", scene.installed.path]).status == 0)
    }

    private static let asSomebodyElse = ["setpriv", "--reuid", "65534", "--clear-groups"]

    /// Root alone can be somebody else, who may be kept from the directory in which this was built.
    private static var canBeSomebodyElse: Bool {
        get throws {
            try spawn(
                asSomebodyElse + [BuiltProducts.remit, "--version"], environment: HermeticGit.environment(home: "/")
            ).status == 0
        }
    }

    @Test(.enabled("needs to be somebody else who may run remit") { try canBeSomebodyElse })
    func `an alarm that cannot be recorded is told all the same, and that pushes go on`() throws {
        let scene = try Witnessed()
        #expect(try scene.run().status == 0)
        try scene.witness.behave("larger")
        // Somebody who may use the ledger and its key, but not write what is published of it.
        let directory = scene.installed.server.directory.path
        func root(_ command: String...) throws {
            let done = try spawn(command, environment: HermeticGit.environment(home: "/"))
            #expect(done.status == 0, "\(done.errorText)")
        }
        try root("chown", "65534", directory, scene.ledger, scene.ledger + ".key")
        let output = try spawn(
            Self.asSomebodyElse + [
                try BuiltProducts.remit, "log", "witness", "--ledger",
                scene.ledger, scene.witness.url, "--key", scene.witness.key,
            ], environment: HermeticGit.environment(home: "/").merging(scene.witness.environment) { $1 })
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: ALARM: the witness '\(WitnessServer.name)' has seen 1000000 entries, and the ledger has 4
                remit: hint: the ledger was rolled back or rewritten: look for the newer one, and for who did it
                remit: hint: PUSHES GO ON: the alarm cannot be recorded, cannot write '\(scene.ledger).log/alarm': \
                permission denied

                """)
        #expect(!FileManager.default.fileExists(atPath: scene.alarm))
    }

    @Test func `a ledger that was put back, and one that grew anew since, are both noticed`() throws {
        let scene = try Witnessed()
        let copy = scene.installed.server.directory.path + "/copy"
        func sqlite(_ command: String, _ file: String) throws {
            let done = try spawn(["sqlite3", file, command], environment: HermeticGit.environment(home: "/"))
            #expect(done.status == 0, "\(done.errorText)")
        }
        try sqlite(".backup '\(copy)'", scene.ledger)
        try scene.push()
        #expect(try scene.run().status == 0)

        // The older ledger and what was published with it: nothing on this machine knows better.
        try sqlite(".restore '\(copy)'", scene.ledger)
        try FileManager.default.removeItem(atPath: scene.ledger + ".log")
        let shorter = try scene.run()
        #expect(shorter.status == 1)
        #expect(
            shorter.errorText.hasPrefix(
                "remit: error: ALARM: the witness '\(WitnessServer.name)' has seen 5 entries, and the ledger has 3\n"),
            "\(shorter.errorText)")
        #expect(try scene.installed.log("alarm", "--clear", "--reason", "a test").status == 0)
        try scene.push()
        let rewritten = try scene.run()
        #expect(rewritten.status == 1)
        #expect(
            rewritten.errorText.hasPrefix(
                "remit: error: ALARM: the witness '\(WitnessServer.name)' holds another past: its first 5 entries are no "
                    + "beginning of the ledger's 6\n"), "\(rewritten.errorText)")
        #expect(FileManager.default.fileExists(atPath: scene.alarm))
    }

    @Test func `an anchor that tells of something else is found`() throws {
        let scene = try Witnessed()
        #expect(try scene.run().status == 0)
        let good = try #require(try scene.anchors().first)
        var ledger = try Ledger.open(
            at: ByteString(scene.ledger), create: false, deadline: .now.advanced(by: .seconds(10)))
        func append(_ size: Int64, _ root: TreeHash, _ keeper: Anchor.Keeper) throws {
            let anchor = Anchor(
                of: Checkpoint(origin: Self.name, size: size, root: root), keptBy: keeper, at: Instant(seconds: 0))
            _ = try ledger.transaction { (transaction) throws(LedgerError) in
                try transaction.append(EntryDraft(of: anchor, by: "remit 0"))
            }
        }
        let two = try ledger.root(size: 2)
        try append(3, two, good.keeper)
        try append(2, two, good.keeper)
        try append(99, two, good.keeper)
        let verified = try scene.installed.log("verify")
        #expect(verified.status == 1)
        #expect(
            verified.lines.prefix(3) == [
                "FAIL entry 5 tells of 3 entries with another root than the first 3 of the ledger",
                "FAIL entry 6 holds a cosignature of '\(WitnessServer.name)' that is not good",
                "FAIL entry 7 tells of 99 entries with another root than the first 99 of the ledger",
            ], "\(verified.text)")
    }

    static let wrong: [(arguments: [String], says: String)] = [
        (
            ["https://w.example.net"],
            "Missing expected argument '--key <vkey> ...'"
        ),
        (
            ["https://w.example.net", "https://x.example.net", "--key", "KEY"],
            "remit: error: 2 witnesses and 1 keys are named\nremit: hint: give each witness its key, with --key, in the "
                + "same order\n"
        ),
        (
            ["http://w.example.net", "--key", "KEY"],
            "remit: error: 'http://w.example.net' is not the prefix of a witness\nremit: hint: write an https URL without "
                + "user, query and fragment\n"
        ),
        (
            ["https://me:secret@w.example.net", "--key", "KEY"],
            "remit: error: 'https://me:secret@w.example.net' is not the prefix of a witness\n"
        ),
        (
            ["https://w.example.net", "--key", "nonsense"],
            "remit: error: --key: a verifier key is not of the form <name>+<id>+<base64>\n"
        ),
        (
            [
                "https://w.example.net", "--key",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            ],
            "remit: error: --key: 'example.com/foo' signs notes, and a witness's key makes cosignatures\n"
        ),
    ]

    @Test(arguments: wrong)
    func `what cannot be a witness is told at once`(arguments: [String], says: String) throws {
        let installed = try Installed()
        let key = try NoteKey(name: WitnessServer.name, kind: .cosignature, publicKey: [UInt8](repeating: 1, count: 32))
        let output = try installed.remit(
            ["log", "witness", "--ledger", installed.server.ledgerPath]
                + arguments.map { $0 == "KEY" ? key.text : $0 })
        #expect(output.status == 64)
        #expect(output.errorText.contains(says), "\(output.errorText)")
    }
}
