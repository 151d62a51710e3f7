import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit log push`: real git keeps the checkpoints in another repository.
@Suite struct CheckpointRemoteTests {
    private static let ref = "refs/remit/checkpoints"

    private struct Scene {
        let installed: Installed
        let other: TestRepository
        var ledger: String { installed.server.ledgerPath }

        init() throws {
            installed = try Installed("--log-name", "git.example.org/decisions")
            other = try TestRepository()
            try land()
        }

        /// Lets one push land: two entries more.
        func land() throws {
            try installed.server.commit(["README.md": .file("\(UUID())\n")])
            let push = try installed.server.push("main")
            #expect(push.status == 0, "\(push.errorText)")
        }

        func push(_ options: String...) throws -> Output {
            try installed.remit(["log", "push", other.path, "--ledger", ledger] + options)
        }

        func kept(_ revision: String = ref) throws -> SignedNote {
            try SignedNote(try other.git("cat-file", "blob", "\(revision):checkpoint").stdout)
        }

        /// Puts something else on the ref, as whoever can write over there could.
        func put(_ bytes: [UInt8], as name: String = "checkpoint") throws {
            let commit = try other.commit(
                [name: .file(String(decoding: bytes, as: UTF8.self))], on: "refs/heads/x", message: "x\n", parents: [])
            try other.git("update-ref", ref, commit.hex)
        }
    }

    @Test func `the ref goes forward by a commit for each checkpoint, and anchors record it`() throws {
        let scene = try Scene()
        let words = "'\(Self.ref)' of '\(scene.other.path)'"
        let first = try scene.push()
        #expect(
            first.status == 0 && first.errorText == "remit: \(words) holds 3 entries, entry 4\n", "\(first.errorText)")
        let key = try scene.installed.logKey()
        #expect(try scene.kept().signers(among: [key]) == [key])
        #expect(try Checkpoint(text: scene.kept().text).size == 3)
        let again = try scene.push()
        #expect(
            again.status == 0 && again.errorText == "remit: \(words) holds 3 entries already\n", "\(again.errorText)")
        try scene.land()
        #expect(try scene.push().errorText == "remit: \(words) holds 6 entries, entry 7\n")
        #expect(try scene.other.git("rev-list", "--count", Self.ref).text == "2")
        #expect(try Checkpoint(text: scene.kept("\(Self.ref)~1").text).size == 3)
        #expect(
            try scene.other.git("log", "-1", "--format=%s|%an", Self.ref).text
                == "6 entries of git.example.org/decisions|Dana Example")
        #expect(try scene.other.git("ls-tree", "--name-only", Self.ref).text == "checkpoint")

        let anchors = try scene.installed.recorded().filter { $0.leaf.kind == .anchor }
        let last = try Anchor(try #require(anchors.last).document, of: "it")
        #expect(
            last.keeper
                == .remote(
                    url: scene.other.path, ref: Self.ref, commit: try scene.other.git("rev-parse", Self.ref).text))
        #expect(last.checkpoint == (try Checkpoint(text: scene.kept().text)))
        let verified = try scene.installed.log("verify")
        #expect(verified.status == 0 && verified.lines.contains("2 anchors"), "\(verified.text)")
        #expect(try scene.installed.log("anchors").lines.last?.hasSuffix("6 entries, kept by \(words)") == true)
        // Whoever has the other repository holds the log to it, with nothing but what lies there.
        let kept = scene.installed.server.directory.path + "/kept"
        try writeFile(try scene.kept("\(Self.ref)~1").bytes, to: kept)
        #expect(try scene.installed.log("verify", "--key", key.text, "--checkpoint", kept).status == 0)
    }

    @Test func `what witnesses have signed goes with it`() throws {
        let scene = try Scene()
        let witness = try WitnessServer(of: try scene.installed.logKey().text)
        let witnessed = try scene.installed.remit(
            ["log", "witness", witness.url, "--key", witness.key, "--ledger", scene.ledger],
            environment: witness.environment)
        #expect(witnessed.status == 0, "\(witnessed.errorText)")
        #expect(try scene.push().status == 0)
        #expect(try scene.kept().signers(among: [NoteKey(witness.key)]).count == 1)
        #expect(try scene.kept() == SignedNote(witnessed.stdout))
    }

    @Test func `a signature that came later is added, without another anchor`() throws {
        let scene = try Scene()
        #expect(try scene.push().status == 0)
        // As if a witness had signed under the very checkpoint that was pushed.
        let other = try NoteSigner(name: "w.example.net")
        let ledger = try Ledger.open(
            at: ByteString(scene.ledger), create: false, deadline: .now.advanced(by: .seconds(10)))
        let note = try scene.kept()
        _ = try ledger.keep(
            other.sign(note.text).signatures, under: note, in: LogDirectory(ofLedgerAt: ByteString(scene.ledger)))
        let output = try scene.push()
        #expect(
            output.errorText
                == "remit: '\(Self.ref)' of '\(scene.other.path)' holds 3 entries, with what witnesses have signed since\n"
        )
        #expect(try scene.kept().signatures.count == 2)
        #expect(try scene.installed.recorded().filter { $0.leaf.kind == .anchor }.count == 1)
    }

    enum Held: CaseIterable {
        case more, anotherPast
    }

    @Test(arguments: Held.allCases)
    func `a repository that holds more than the ledger raises the alarm`(_ held: Held) throws {
        let scene = try Scene()
        let signer = try NoteSigner(file: readFile(scene.ledger + ".key"))
        let size: Int64 = held == .more ? 9 : 2
        let head = Checkpoint(origin: signer.publicKey.name, size: size, root: .leaf([1]))
        try scene.put(try signer.sign(head.text).bytes)
        let tip = try scene.other.git("rev-parse", Self.ref).text
        let output = try scene.push()
        #expect(output.status == 1)
        let words =
            switch held {
            case .more: "'\(Self.ref)' of '\(scene.other.path)' holds a checkpoint of 9 entries, and the ledger has 3"
            case .anotherPast:
                "'\(Self.ref)' of '\(scene.other.path)' holds another past: its first 2 entries are not those of the "
                    + "ledger"
            }
        #expect(
            output.errorText == """
                remit: error: ALARM: \(words)
                remit: hint: the ledger was rolled back or rewritten: look for the newer one, and for who did it
                remit: hint: every push is refused from now on; see 'remit log alarm --ledger \(scene.ledger)'

                """)
        #expect(try scene.other.git("rev-parse", Self.ref).text == tip)
        try scene.installed.server.commit(["README.md": "late\n"])
        let push = try scene.installed.server.push("main")
        #expect(push.status == 1 && push.errorText.contains("an alarm stands about the ledger"), "\(push.errorText)")
        let again = try scene.push()
        #expect(again.status == 2)
        #expect(again.errorText.hasPrefix("remit: error: the ledger '\(scene.ledger)': alarm: \(words); seen at 20"))
    }

    @Test func `what is of another log, or no checkpoint, is left alone and raises nothing`() throws {
        let scene = try Scene()
        let words = "'\(Self.ref)' of '\(scene.other.path)'"
        let other = try NoteSigner(name: "git.example.org/decisions")
        let head = Checkpoint(origin: other.publicKey.name, size: 99, root: .empty)
        let cases: [(bytes: [UInt8], name: String, says: String)] = [
            (
                try other.sign(head.text).bytes, "checkpoint",
                "\(words) holds the checkpoint of another log, 'git.example.org/decisions'\n"
            ),
            (
                Array("hello\n".utf8), "checkpoint",
                "\(words) holds no checkpoint: the note has no signatures after a blank line\n"
            ),
            (Array("hello\n".utf8), "README", "\(words) holds no file 'checkpoint'\n"),
            (
                [UInt8](repeating: 0x41, count: 70_000), "checkpoint",
                "\(words): the checkpoint is longer than 65536 bytes\n"
            ),
        ]
        for (bytes, name, says) in cases {
            try scene.put(bytes, as: name)
            let tip = try scene.other.git("rev-parse", Self.ref).text
            let output = try scene.push()
            #expect(output.status == 2)
            #expect(output.errorText.hasPrefix("remit: error: \(says)"), "\(output.errorText)")
            #expect(try scene.other.git("rev-parse", Self.ref).text == tip)
        }
        // Another ref of the same repository is free.
        #expect(try scene.push("--ref", "refs/remit/decisions").status == 0)
        #expect(try scene.installed.log("alarm").status == 0)
    }

    @Test func `a repository that refuses, cannot be read, or whose ref is no name is told`() throws {
        let scene = try Scene()
        try scene.other.installHook("pre-receive", "#!/bin/sh\necho no room >&2\nexit 1\n")
        let refused = try scene.push()
        #expect(refused.status == 2)
        #expect(
            refused.errorText.hasPrefix("remit: error: cannot push to '\(scene.other.path)': "), "\(refused.errorText)")
        #expect(refused.errorText.hasSuffix("remit: server: no room\n"), "\(refused.errorText)")
        let none = try scene.installed.remit(["log", "push", "/nowhere.git", "--ledger", scene.ledger])
        #expect(none.status == 2)
        #expect(none.errorText.hasPrefix("remit: error: cannot read '/nowhere.git': "), "\(none.errorText)")
        let named = try scene.push("--ref", "main")
        #expect(named.status == 64)
        #expect(
            named.errorText == """
                remit: error: --ref 'main' is not the full name of a ref
                remit: hint: write one such as 'refs/remit/checkpoints'

                """)
        #expect(try scene.installed.recorded().filter { $0.leaf.kind == .anchor }.isEmpty)
    }

    @Test(arguments: [
        ("https://me:hush@127.0.0.1:1/x.git", "https://127.0.0.1:1/x.git"),
        ("https://hush@127.0.0.1:1/x.git", "https://127.0.0.1:1/x.git"),
        ("ssh://git:hush@127.0.0.1:1/x.git", "ssh://git@127.0.0.1:1/x.git"),
    ])
    func `what is a secret in a URL is not said`(url: String, shown: String) throws {
        let scene = try Scene()
        let output = try scene.installed.remit(["log", "push", url, "--ledger", scene.ledger])
        #expect(output.status == 2)
        #expect(output.errorText.hasPrefix("remit: error: cannot read '\(shown)': "), "\(output.errorText)")
        #expect(!output.errorText.contains("hush"), "\(output.errorText)")
    }

    @Test func `a repository that lost what it held is given it again, and that is told`() throws {
        let scene = try Scene()
        #expect(try scene.push().status == 0)
        try scene.other.git("update-ref", "-d", Self.ref)
        let words = "'\(Self.ref)' of '\(scene.other.path)'"
        let output = try scene.push()
        #expect(output.status == 0)
        #expect(
            output.errorText == """
                remit: warning: \(words) held 3 entries and holds 0: somebody took it back
                remit: \(words) holds 4 entries, entry 5

                """)
    }

    @Test func `somebody who was first is gone on from`() throws {
        let scene = try Scene()
        // The hook lets another run of the same command go first, once.
        let once = scene.installed.server.directory.path + "/once"
        let rival =
            "env -i PATH=\"$PATH\" HOME=/ \(try BuiltProducts.remit) log push \(scene.other.path) --ledger \(scene.ledger)"
        try scene.other.installHook(
            "pre-receive", "#!/bin/sh\n[ -e \(once) ] && exit 0\ntouch \(once)\n\(rival) >&2\n")
        let output = try scene.push()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.hasSuffix("holds 3 entries already\n"), "\(output.errorText)")
        #expect(try scene.other.git("rev-list", "--count", Self.ref).text == "1")
        #expect(try scene.installed.recorded().filter { $0.leaf.kind == .anchor }.count == 1)
    }
}
