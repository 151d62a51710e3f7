import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct AnchorTests {
    private static let at = Instant(seconds: 1_800_000_000)
    private static let head = Checkpoint(origin: "git.example.org/decisions", size: 3, root: .leaf([1]))

    private static func key() throws -> NoteKey {
        try NoteKey(name: "w.example.net", kind: .cosignature, publicKey: [UInt8](repeating: 1, count: 32))
    }

    @Test func `an anchor is read back as it was written`() throws {
        let key = try Self.key()
        let witness = Anchor(
            of: Self.head,
            keptBy: .witness(key, url: "https://w.example.net", cosignature: [UInt8](repeating: 0, count: 72)),
            at: Self.at)
        #expect(
            String(decoding: witness.bytes, as: UTF8.self) == """
                {"schema":"anchor/v1","at":"\(Self.at)","origin":"git.example.org/decisions","size":3,"root":\
                "\(Self.head.root.hex)","keeper":{"kind":"witness","name":"w.example.net","key":"\(key.text)","url":\
                "https://w.example.net","cosignature":"\(String(repeating: "A", count: 96))"}}
                """)
        #expect(try Anchor(witness.bytes, of: "it") == witness)
        let remote = Anchor(
            of: Self.head, keptBy: .remote(url: "/srv/other.git", ref: "refs/remit/checkpoints", commit: "ab"),
            at: Self.at)
        #expect(try Anchor(remote.bytes, of: "it") == remote)
        #expect(remote.checkpoint == Self.head)
        #expect(remote.keeper.words == "'refs/remit/checkpoints' of '/srv/other.git'")
        #expect(remote.fault(root: Self.head.root) == nil)
        #expect(
            remote.fault(root: nil) == "tells of 3 entries with another root than the first 3 of the ledger")
        #expect(witness.fault(root: Self.head.root) == "holds a cosignature of 'w.example.net' that is not good")
    }

    private static let start = #"{"schema":"anchor/v1","at":"2026-01-01T00:00:00Z","origin":"o","size":1,"root":""#
    private static let root = String(repeating: "0", count: 64)

    static let faults: [(text: String, statement: String)] = [
        (#"{"schema":"effect/v1"}"#, "it: it is no anchor"),
        (#"{"schema":"anchor/v1"}"#, "it: 'at' is missing"),
        (start + "00\"}", "it: 'root' is not a hash in hexadecimal"),
        (start + root + "\"}", "it: 'keeper' is missing"),
        (start + root + #"","keeper":{"kind":"friend"}}"#, "it, 'keeper': 'kind' is 'friend', which is not known"),
        (
            start + root + #"","keeper":{"kind":"witness","key":"x"}}"#,
            "it, 'keeper': 'key': a verifier key is not of the form <name>+<id>+<base64>"
        ),
        (start.replacing(":1,", with: ":-1,") + root + "\"}", "it: 'size' is negative"),
    ]

    @Test(arguments: faults)
    func `what is no anchor says so`(text: String, statement: String) {
        #expect(throws: EvidenceError(statement)) { try Anchor(Array(text.utf8), of: "it") }
    }

    @Test func `an anchor whose document was erased is there, and says nothing`() throws {
        let directory = try TemporaryDirectory()
        let path = ByteString("\(directory.path)/ledger.db")
        let anchor = Anchor(of: Self.head, keptBy: .remote(url: "/o", ref: "refs/x", commit: "ab"), at: Self.at)
        do {
            var ledger = try Ledger.open(at: path, create: true, deadline: .now.advanced(by: .seconds(10)))
            _ = try ledger.transaction { transaction throws(LedgerError) in
                _ = try transaction.append(EntryDraft(of: anchor, by: "remit 0"))
                let other = Effect(repository: "payments", pusher: nil, at: Self.at, landed: [])
                _ = try transaction.append(EntryDraft(of: other, by: "remit 0"))
            }
            #expect(try ledger.anchor(1) == anchor)
            #expect(throws: EvidenceError("entry 2 is no anchor")) { try ledger.anchor(2) }
            #expect(throws: EvidenceError("the ledger has no entry 3")) { try ledger.anchor(3) }
        }
        let erased = try spawn(
            ["sqlite3", "\(directory.path)/ledger.db", "DELETE FROM input"],
            environment: HermeticGit.environment(home: "/"))
        #expect(erased.status == 0, "\(erased.errorText)")
        let ledger = try Ledger.open(at: path, create: false, deadline: .now.advanced(by: .seconds(10)))
        #expect(try ledger.anchor(1) == nil)
    }
}
