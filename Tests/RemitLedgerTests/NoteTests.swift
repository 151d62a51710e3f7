import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct NoteTests {
    static let origin = "git.example.org/decisions"

    static func refusal<Value>(_ body: () throws -> Value) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    static func signer(seed: UInt8 = 1, name: String = origin) throws -> NoteSigner {
        let key = [1] + [UInt8](repeating: seed, count: 32)
        // The id is told by the refusal of a wrong one only; the vectors hold the right one for their own name.
        let id = seed == 1 && name == origin ? "4152877f" : "00000000"
        return try NoteSigner(
            file: Array("PRIVATE+KEY+\(name)+\(id)+\(Base64.text(key, padding: .required))\n".utf8))
    }

    @Test(.enabled(if: LogVectors.areThere))
    func `keys, notes and cosignatures are those of the vectors`() throws {
        let vectors = try LogVectors.read()
        let (log, witness) = (try NoteKey(vectors.checkpoint.log_vkey), try NoteKey(vectors.checkpoint.witness_vkey))
        #expect(witness.kind == .cosignature && log.kind == .ed25519)
        #expect([log.text, witness.text] == [vectors.checkpoint.log_vkey, vectors.checkpoint.witness_vkey])
        let note = try SignedNote(Array(vectors.checkpoint.note.utf8))
        #expect(note.bytes == Array(vectors.checkpoint.note.utf8))
        #expect(try note.signers(among: [log, witness]) == [log, witness])
        #expect(try note.signers(among: [witness]) == [witness])
        #expect(try note.signers(among: []) == [])
        let signer = try Self.signer()
        #expect(signer.publicKey == log)
        #expect(try NoteSigner(file: signer.file).publicKey == log)
        let head = try Checkpoint(text: note.text)
        #expect(head.origin == Self.origin && head.size == 8 && head.text == note.text)
        #expect(head.root.hex == vectors.roots_hex_by_size[8])
        // Ed25519 has one signature for one text, so that ours is the vector's.
        #expect(try signer.sign(head.text).signatures == [note.signatures[0]])
        let interop = vectors.note_interop
        let example = try SignedNote(Array("\(interop.text)\n\(interop.sigline)\n".utf8))
        #expect(try example.signers(among: [NoteKey(interop.vkey)]).map(\.text) == [interop.vkey])
    }

    static func note() throws -> SignedNote {
        try signer().sign(Checkpoint(origin: origin, size: 3, root: .leaf([7])).text)
    }

    @Test func `a bad signature of a known key refuses the note, an unknown key is passed over`() throws {
        let (note, signer) = (try Self.note(), try Self.signer())
        var bytes = note.bytes
        bytes[Self.origin.utf8.count + 1] = UInt8(ascii: "4")
        let changed = try SignedNote(bytes)
        #expect(
            Self.refusal { try changed.signers(among: [signer.publicKey]) }
                == "the signature of 'git.example.org/decisions' is not good for the text")
        let stranger = try NoteSigner(name: Self.origin).publicKey
        #expect(try changed.signers(among: [stranger]) == [])
        #expect(try note.signers(among: [stranger, signer.publicKey]) == [signer.publicKey])
    }

    @Test func `a signed note changed in any byte is refused or not signed by the key`() throws {
        let (note, key) = (try Self.note(), try Self.signer().publicKey)
        for place in note.bytes.indices {
            for bit in 0..<8 {
                var bytes = note.bytes
                bytes[place] ^= 1 << bit
                let signers = Self.signers(of: bytes, key)
                #expect(signers.isEmpty, "byte \(place), bit \(bit)")
            }
            #expect(Self.signers(of: Array(note.bytes[..<place]), key).isEmpty, "cut at \(place)")
        }
    }

    private static func signers(of bytes: [UInt8], _ key: NoteKey) -> [NoteKey] {
        do { return try SignedNote(bytes).signers(among: [key]) } catch { return [] }
    }

    @Test(
        arguments: [
            ("", "the note has no signatures after a blank line"),
            ("a\n", "the note has no signatures after a blank line"),
            ("a\n\n", "the note has no signatures after a blank line"),
            ("a\n\n\u{2014} b AAAAAAA=", "the note has no signatures after a blank line"),
            ("\n\n\u{2014} b AAAAAAA=\n", nil), ("a\n\n\u{2014} b AAAAAAA=\n", nil),
            ("a\n\nb\n\n\u{2014} b AAAAAAA=\n", nil),
            ("a\u{1}\n\n\u{2014} b AAAAAAA=\n", "the text holds what is not printable"),
            ("a\n\n- b AAAAAAA=\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
            ("a\n\n\u{2014} b AAAAAA==\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
            ("a\n\n\u{2014} b AAAAAAB=\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
            ("a\n\n\u{2014} b+c AAAAAAA=\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
            ("a\n\n\u{2014}  AAAAAAA=\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
            ("a\n\n\u{2014} b AAAAAAA=\r\n", "a signature is not of the form '\u{2014} <name> <base64>'"),
        ] as [(String, String?)])
    func `notes are read strictly`(text: String, refusal: String?) {
        #expect(Self.refusal { try SignedNote(Array(text.utf8)) } == refusal)
    }

    @Test func `a note is read out of what git showed of a push`() throws {
        let signer = try NoteSigner(name: Self.origin)
        let note = try signer.sign(
            Array("\(Self.origin)\n1\n\(Base64.text([UInt8](repeating: 7, count: 32), padding: .required))\n".utf8))
        let lines = String(decoding: note.bytes, as: UTF8.self).dropLast()
            .split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.map { $0.isEmpty ? "remote: \n" : "remote: \($0)        \n" }.joined()
        let before = "Enumerating objects: 5, done.\nremote: remit: allowed: 1 commit        \n"
        let mark = "remote: remit: checkpoint: keep what follows        \n"
        let after = "remote: older says hello        \nTo /srv/git/payments.git\n"
        #expect(try SignedNote(shown: Array((before + mark + shown + after).utf8)) == note)
        #expect(try SignedNote(shown: note.bytes) == note)
        for text in [
            before + shown + after, before + mark + after, before + mark + shown.replacing("remote: \n", with: ""),
        ] {
            #expect(throws: NoteError.self) { _ = try SignedNote(shown: Array(text.utf8)) }
        }
    }

    @Test func `a note has bounds`() {
        let line = "\u{2014} b AAAAAAA=\n"
        let many = Array(("a\n\n" + String(repeating: line, count: 101)).utf8)
        #expect(Self.refusal { try SignedNote(many) } == "the note has more than 100 signatures")
        let long = Array((String(repeating: "a", count: 65_536) + "\n\n" + line).utf8)
        #expect(Self.refusal { try SignedNote(long) } == "the note is longer than 65536 bytes")
    }

    @Test(arguments: [
        ("o\n1\n", "the checkpoint has not three lines"), ("o\n\n1\nA\n", "the checkpoint has not three lines"),
        ("o\n01\nA\n", "the checkpoint's size is no number"), ("o\n-1\nA\n", "the checkpoint's size is no number"),
        ("o\n+1\nA\n", "the checkpoint's size is no number"),
        ("o\n9223372036854775808\nA\n", "the checkpoint's size is no number"),
        ("o\n1\nAAAA\n", "the checkpoint's root is no hash"), ("o\n1\nA\n", "the checkpoint's root is no hash"),
        ("o", "the checkpoint is no text"),
    ])
    func `checkpoints are read strictly`(text: String, refusal: String) {
        #expect(Self.refusal { try Checkpoint(text: Array(text.utf8)) } == refusal)
    }

    @Test(arguments: [
        ("", "a verifier key is not of the form <name>+<id>+<base64>"),
        ("a b+00000000+AQ==", "a verifier key is not of the form <name>+<id>+<base64>"),
        ("a+000000+AQ==", "a verifier key is not of the form <name>+<id>+<base64>"),
        ("a+00000000+AQ==", "a public key has 32 bytes, not 0"),
        ("a+00000000+Ag==", "the verifier key is of a kind that is not known"),
        (
            "a+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "the verifier key's id is not that of its name and key"
        ),
    ])
    func `keys are read strictly`(text: String, refusal: String) {
        #expect(Self.refusal { try NoteKey(text) } == refusal)
        #expect(
            Self.refusal { try NoteKey(String(repeating: "a", count: 513)) }
                == "a verifier key is longer than 512 bytes")
    }

    @Test(arguments: [
        ("", "is not one line that begins with 'PRIVATE+KEY+'"),
        ("PRIVATE+KEY+a+00000000+AQ==", "is not one line that begins with 'PRIVATE+KEY+'"),
        ("PRIVATE+KEY+a+00000000+AQ==\n", "is no Ed25519 key for notes"),
        (
            "PRIVATE+KEY+a+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
            "has an id that is not that of its name and key"
        ),
    ])
    func `private keys are read strictly`(text: String, refusal: String) {
        #expect(Self.refusal { try NoteSigner(file: Array(text.utf8)) } == refusal)
    }

    @Test func `a proof goes through its file and holds for its entry alone`() throws {
        let entries = (0..<5).map { [UInt8]([$0]) }
        let tree = MemoryTree(leaves: entries.map(TreeHash.leaf))
        let signer = try Self.signer()
        let head = Checkpoint(origin: Self.origin, size: 5, root: try tree.root(size: 5))
        let proof = LogProof(
            index: 3, hashes: try tree.inclusionProof(of: 3, size: 5), checkpoint: try signer.sign(head.text))
        #expect(try LogProof(proof.bytes) == proof)
        #expect(try proof.proves([3], inLogOf: signer.publicKey))
        #expect(try !proof.proves([4], inLogOf: signer.publicKey))
        #expect(try !proof.proves([3], inLogOf: NoteSigner(name: Self.origin).publicKey))
        for place in proof.bytes.indices {
            for bit in 0..<8 {
                var bytes = proof.bytes
                bytes[place] ^= 1 << bit
                #expect(!Self.proves(bytes, [3], signer.publicKey), "byte \(place), bit \(bit)")
            }
            #expect(!Self.proves(Array(proof.bytes[..<place]), [3], signer.publicKey), "cut at \(place)")
        }
    }

    private static func proves(_ bytes: [UInt8], _ entry: [UInt8], _ key: NoteKey) -> Bool {
        do { return try LogProof(bytes).proves(entry, inLogOf: key) } catch { return false }
    }

    @Test(arguments: [
        ("", "the proof has no checkpoint after a blank line"),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\n", "the proof does not begin with 'c2sp.org/tlog-proof@v1'"),
        ("c2sp.org/tlog-proof@v1\nindex 00\n\n", "the proof has no index"),
        ("c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n", "the proof's extra line is not base64"),
        ("c2sp.org/tlog-proof@v1\nextra AAAA\n\n", "the proof has no index"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", "a line of the proof is no hash"),
        ("c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n\n", "the note has no signatures after a blank line"),
    ])
    func `proofs are read strictly`(text: String, refusal: String) {
        #expect(Self.refusal { try LogProof(Array(text.utf8)) } == refusal)
    }
}
