import Foundation
import RemitLedger
import RemitModel
import Testing

@Suite struct PublishingTests {
    @Test func `what is published is what others' readers look for`() throws {
        let log = try LogFixture(entries: 3)
        #expect(try log.files() == ["checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"])
        let note = try SignedNote(log.read("checkpoint"))
        #expect(try note.signers(among: [log.signer.publicKey]) == [log.signer.publicKey])
        let ledger = try log.ledger.get().open(create: false)
        #expect(try Checkpoint(text: note.text) == ledger.checkpoint(origin: NoteTests.origin))
        let entries = try ledger.entries(from: 1, limit: 3)
        #expect(try log.read("tile/0/000.p/3") == entries.flatMap { TreeHash.leaf($0.bytes).bytes })
        #expect(
            try log.read("tile/entries/000.p/3")
                == entries.flatMap { [UInt8($0.bytes.count >> 8), UInt8($0.bytes.count & 0xFF)] + $0.bytes })
    }

    @Test func `it grows, and full tiles take the place of partial ones`() throws {
        let log = try LogFixture(entries: 3)
        try log.append(600)
        let note = try log.publish()
        #expect(
            try log.files() == [
                "checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/91", "tile/1/000.p/2", "tile/entries/000",
                "tile/entries/001", "tile/entries/002.p/91",
            ])
        #expect(try log.publish() == note)
        #expect(try log.words() == [])
        let ledger = try log.ledger.get().open(create: false)
        for sequence in [1, 256, 257, 603] as [Int64] {
            let proof = try ledger.proof(ofEntry: sequence, in: note)
            let entry = try #require(ledger.entries(from: sequence, limit: 1).first)
            #expect(try proof.proves(entry.bytes, inLogOf: log.signer.publicKey))
        }
        #expect(
            LedgerTests.code { () throws(LedgerError) in _ = try ledger.proof(ofEntry: 604, in: note) } == .noSuchEntry)
    }

    @Test func `an interrupted publication is taken up again`() throws {
        let log = try LogFixture(entries: 3)
        let before = try log.read("checkpoint")
        try log.append(2)
        _ = try log.publish()
        // As if the crash came before the checkpoint, and before one of the files.
        try log.write(before, to: "checkpoint")
        try FileManager.default.removeItem(atPath: log.directory.path + "/tile/0/000.p/5")
        #expect(try Checkpoint(text: log.publish().text).size == 5)
        #expect(try log.words() == [])
    }

    @Test func `it never goes back`() throws {
        let log = try LogFixture(entries: 3)
        try log.damage("DELETE FROM entry WHERE sequence = 3; UPDATE tile SET hashes = substr(hashes, 1, 64)")
        #expect(log.publishing() == LedgerError(.rolledBack, "it has 2 entries, and 3 were published"))
        do {
            var other = try log.ledger.get().open(create: false)
            for _ in 0..<2 { _ = try LedgerTests.append([1], to: &other) }
        }
        #expect(
            log.publishing() == LedgerError(.rolledBack, "its first 3 entries are not those that were published"))
        let ledger = try log.ledger.get().open(create: false)
        let directory = try log.directory
        #expect(LedgerTests.code { () throws(LedgerError) in try ledger.requireNotBehind(directory) } == .rolledBack)
    }

    @Test func `a ledger that goes on, or was never published, is not behind`() throws {
        let log = try LogFixture(entries: 1)
        try log.append(1)
        let ledger = try log.ledger.get().open(create: false)
        try ledger.requireNotBehind(log.directory)
        try ledger.requireNotBehind(LogDirectory(log.directory.path + "/nowhere"))
        try log.write(Array("nonsense".utf8), to: "checkpoint")
        let directory = try log.directory
        #expect(LedgerTests.code { () throws(LedgerError) in try ledger.requireNotBehind(directory) } == .corrupt)
        #expect(log.publishing()?.code == .corrupt)
    }

    @Test func `another key does not go on with the log`() throws {
        let log = try LogFixture(entries: 1)
        try log.append(1)
        let other = try NoteSigner(name: NoteTests.origin)
        let ledger = try log.ledger.get().open(create: false)
        let directory = try log.directory
        #expect(
            LedgerTests.code { () throws(LedgerError) in _ = try ledger.publish(to: directory, signer: other) }
                == .wrongKey)
    }

    /// What a hook has no time for is published by the next one, or by hand.
    @Test func `publishing ends with its time, and goes on later`() throws {
        let log = try LogFixture(entries: 1)
        try log.append(1)
        let ledger = try log.ledger.get().open(create: false)
        let directory = try log.directory
        let before = try directory.publishedCheckpoint()
        do throws(LedgerError) {
            _ = try ledger.publish(to: directory, signer: log.signer, until: .now)
            Issue.record("it was published")
        } catch {
            #expect(error.code == .busy)
            #expect(
                error.reason == "the time for publishing is over, 'remit log publish' takes as long as it needs")
        }
        #expect(try directory.publishedCheckpoint() == before)
        _ = try ledger.publish(to: directory, signer: log.signer)
        #expect(try directory.publishedCheckpoint() != before)
    }
}
