import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What is sent to a witness and what of its answer counts (C2SP tlog-witness).
@Suite struct WitnessAnswerTests {
    private static let key = Result {
        try NoteKey(name: "w.example.net", kind: .cosignature, publicKey: [UInt8](repeating: 1, count: 32))
    }
    private static let type = "text/x.tlog.size"

    @Test func `a request has the old size, the proof and the checkpoint, each in its lines`() throws {
        let note = try NoteTests.note()
        let hash = TreeHash.leaf([1])
        let request = WitnessRequest(old: 2, proof: [hash, .empty], checkpoint: note)
        let lines = [
            "old 2", Base64.text(hash.bytes, padding: .required), Base64.text(TreeHash.empty.bytes, padding: .required),
            "", "",
        ]
        #expect(request.bytes == Array(lines.joined(separator: "\n").utf8) + note.bytes)
        #expect(
            WitnessRequest(old: 0, proof: [], checkpoint: note).bytes == Array("old 0\n\n".utf8) + note.bytes)
    }

    @Test(.enabled(if: LogVectors.areThere))
    func `the cosignature of the vectors counts, with its moment`() throws {
        let vectors = try LogVectors.read()
        let key = try NoteKey(vectors.checkpoint.witness_vkey)
        let text = vectors.checkpoint.note
        let line = try #require(text.split(separator: "\n").last { $0.hasPrefix("\u{2014} \(key.name)") })
        let bare = try SignedNote(Array(text.replacing("\(line)\n", with: "").utf8))
        let answer = try WitnessAnswer(
            status: 200, type: "", body: Array("\(line)\n".utf8), to: bare, by: key)
        guard case .cosigned(let signature) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(signature.cosignedAt == Instant("2026-01-01T00:00:00Z") ?? Instant(seconds: 0))
        #expect(try bare.adding([signature]).signers(among: [key]) == [key])
        // Once more, it takes the place of the first.
        let whole = try SignedNote(Array(text.utf8))
        #expect(try whole.adding([signature]).signatures.count == whole.signatures.count)
        // What the checkpoint carries already is no answer.
        #expect(
            NoteTests.refusal { try WitnessAnswer(status: 200, type: "", body: [], to: whole, by: key) }
                == "it holds no cosignature of '\(key.text)'")
    }

    static let answers: [(status: Int, type: String, body: String, answer: WitnessAnswer)] = [
        (409, type, "7\n", .hasSeen(7)), (409, "\(type); charset=utf-8", "0\n", .hasSeen(0)),
        (403, "", "", .badLogSignature), (404, "text/html", "<html>", .unknownLog), (422, "", "", .inconsistent),
        (500, "", "", .other(500)), (201, "", "", .other(201)),
    ]

    @Test(arguments: answers)
    func `each status says its own`(status: Int, type: String, body: String, answer: WitnessAnswer) throws {
        #expect(
            try WitnessAnswer(
                status: status, type: type, body: Array(body.utf8), to: NoteTests.note(), by: Self.key.get()) == answer)
    }

    @Test(arguments: [
        ("text/plain", "7\n"), ("", "7\n"), (type, "7"), (type, "07\n"), (type, "-1\n"), (type, "7\n\n"), (type, ""),
        (type, "9223372036854775808\n"), ("\(type)2", "7\n"),
    ])
    func `a size that was seen has one spelling`(type: String, body: String) throws {
        #expect(
            NoteTests.refusal {
                try WitnessAnswer(
                    status: 409, type: type, body: Array(body.utf8), to: NoteTests.note(), by: Self.key.get())
            } == "it answers 409 without the size that it has seen")
    }

    @Test func `an alarm stops everything, and stays until it is taken away`() throws {
        let log = try LogFixture(entries: 2)
        let directory = try log.directory
        #expect(try directory.standingAlarm() == nil)
        try directory.raiseAlarm("somebody has seen 9 entries")
        try directory.raiseAlarm("another")
        #expect(try directory.standingAlarm() == "somebody has seen 9 entries")
        let ledger = try log.ledger.get().open(create: false)
        #expect(LedgerTests.code { () throws(LedgerError) in try ledger.requireNotBehind(directory) } == .alarm)
        #expect(log.publishing() == LedgerError(.alarm, "somebody has seen 9 entries"))
        #expect(try log.words() == ["an alarm stands: somebody has seen 9 entries"])
        try directory.clearAlarm()
        try ledger.requireNotBehind(directory)
        #expect(try log.words() == [])
        // One that nobody can read is one all the same.
        try log.write([UInt8](repeating: 0x41, count: 5000), to: "alarm")
        #expect(LedgerTests.code { () throws(LedgerError) in try ledger.requireNotBehind(directory) } == .corrupt)
        #expect(try log.words() == ["'\(directory.path)/alarm' is longer than 4096 bytes"])
    }

    @Test func `what was cosigned is kept where the published checkpoint has moved on, and never goes back`() throws {
        let log = try LogFixture(entries: 2)
        let older = try log.publish()
        try log.append(1)
        let newer = try log.publish()
        let directory = try log.directory
        // Whose signature it is does not matter to what is kept: the command has checked it.
        let other = try NoteSigner(name: "w.example.net")
        let (first, second) = (try other.sign(older.text).signatures, try other.sign(newer.text).signatures)
        let ledger = try log.ledger.get().open(create: false)
        _ = try ledger.keep(first, under: older, in: directory)
        #expect(try directory.publishedCheckpoint() == newer)
        #expect(try directory.witnessedCheckpoint() == older.adding(first))
        let whole = try ledger.keep(second, under: newer, in: directory)
        #expect(try directory.publishedCheckpoint() == whole)
        #expect(try directory.witnessedCheckpoint() == whole)
        _ = try ledger.keep(first, under: older, in: directory)
        #expect(try directory.witnessedCheckpoint() == whole)
        #expect(try log.publish() == whole)
        #expect(try log.words() == [])
        #expect(try ledger.checkpoint(cosignedBy: [other.publicKey], in: directory) == whole)
        #expect(try ledger.checkpoint(cosignedBy: [other.publicKey, Self.key.get()], in: directory) == nil)
        try log.append(1)
        let grown = try log.ledger.get().open(create: false)
        #expect(try grown.checkpoint(cosignedBy: [other.publicKey], in: directory) == nil)
        // A cosigned checkpoint that the ledger does not agree with is found.
        let forged = try log.signer.sign(Checkpoint(origin: NoteTests.origin, size: 1, root: .empty).text)
        try log.write(forged.bytes, to: "checkpoint.witnessed")
        #expect(try log.words() == ["the root over entries 1 to 1 is not that of the cosigned checkpoint"])
    }
}
