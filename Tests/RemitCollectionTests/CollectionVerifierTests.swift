import RemitCollection
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

extension SQLDamage: CustomTestStringConvertible {}

@Suite struct CollectionVerifierTests {
    @Test(arguments: [
        SQLDamage(
            "a byte flipped",
            "UPDATE remit.entry SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) WHERE sequence = 2", entry: 2,
            "entry 2 is not the one that was collected"),
        SQLDamage("removed", "DELETE FROM remit.entry WHERE sequence = 2", entry: 2, "entry 2 is missing"),
        SQLDamage(
            "removed, the rest moved up",
            "DELETE FROM remit.entry WHERE sequence = 2; UPDATE remit.entry SET sequence = 2 WHERE sequence = 3",
            entry: 2,
            "entry 2 is not the one that was collected"),
        SQLDamage("removed at the end", "DELETE FROM remit.entry WHERE sequence = 4", entry: 4, "entry 4 is missing"),
        SQLDamage(
            "inserted at the end",
            "INSERT INTO remit.entry SELECT log, 5, kind, recorded_at, bytes FROM remit.entry WHERE sequence = 1",
            entry: 5,
            "entry 5 was not collected: the log ends with 4"),
        SQLDamage(
            "inserted before the first",
            "INSERT INTO remit.entry SELECT log, 0, kind, recorded_at, bytes FROM remit.entry WHERE sequence = 1",
            entry: 0,
            "entry 0 was not collected: the log ends with 4"),
        SQLDamage(
            "reordered",
            "UPDATE remit.entry SET sequence = 9 WHERE sequence = 2; UPDATE remit.entry SET sequence = 2 WHERE sequence = 3; "
                + "UPDATE remit.entry SET sequence = 3 WHERE sequence = 9", entry: 2,
            "entry 2 is not the one that was collected"),
        SQLDamage(
            "of another kind", "UPDATE remit.entry SET kind = 'decision' WHERE sequence = 3", entry: 3,
            "entry 3 is not of the kind 'decision'"),
        SQLDamage(
            "at another time", "UPDATE remit.entry SET recorded_at = 0 WHERE sequence = 3", entry: 3,
            "entry 3 is kept as of 1970-01-01T00:00:00Z, and is of 2026-11-20T09:00:03Z"),
        SQLDamage(
            "changed with its hash",
            "UPDATE remit.entry SET bytes = 'x' WHERE sequence = 2; UPDATE remit.batch SET leaves = "
                + "substring(leaves, 1, 32) || sha256('\\x0078') || substring(leaves, 65) WHERE first = 1", entry: 1,
            "the tree over entries 1 to 3 is not the one that was collected"),
        SQLDamage(
            "a batch less", "DELETE FROM remit.batch WHERE first = 1", entry: 1,
            "what was collected between entries 0 and 4 is missing"),
        SQLDamage(
            "no batch", "DELETE FROM remit.batch", entry: 1, "entry 1 was not collected: the log ends with 0"),
        SQLDamage(
            "a batch cut",
            "ALTER TABLE remit.batch DROP CONSTRAINT batch_check1; UPDATE remit.batch SET leaves = "
                + "substring(leaves, 1, 32) WHERE first = 1", entry: 1,
            "what was collected of entries 1 to 3 of log 'git1.example.org/decisions' is no batch"),
        SQLDamage(
            "taken out of the index", "DELETE FROM remit.about WHERE entry = 2 AND kind = 'commit'", entry: 2,
            "entry 2 is about commit \(String(repeating: "02", count: 20)), and the index does not say so"),
        SQLDamage(
            "taken out of the index, and what was written of it with it",
            "DELETE FROM remit.about WHERE entry <= 3; UPDATE remit.batch SET lines = sha256('') WHERE first = 1",
            entry: 1,
            "entry 1 is about commit \(String(repeating: "01", count: 20)), and the index does not say so"),
        SQLDamage(
            "put into the index",
            "INSERT INTO remit.about SELECT log, 4, recorded_at, kind, 'other', repository FROM remit.about "
                + "WHERE entry = 4 AND kind = 'commit'", entry: 4,
            "the index has entry 4 under what it says nothing of"),
        SQLDamage(
            "twice in the index",
            "INSERT INTO remit.about SELECT * FROM remit.about WHERE entry = 4 AND kind = 'commit'",
            entry: 4, "the index has entry 4 under what it says nothing of"),
        SQLDamage(
            "an input exchanged",
            "ALTER TABLE remit.input DROP CONSTRAINT input_check; UPDATE remit.input SET bytes = 'x' "
                + "WHERE bytes = convert_to('what all have', 'UTF8')", entry: 1,
            "input \(EvidenceDigest(of: Array("what all have".utf8))) of entry 1 differs from its digest"),
        SQLDamage(
            "an input removed", "DELETE FROM remit.input WHERE bytes = convert_to('what all have', 'UTF8')", entry: 1,
            "entry 1 lost an input, which no erasure takes alone"),
        SQLDamage(
            "everything removed that entries rest on", "DELETE FROM remit.input", entry: 1,
            "entries 1 to 4 lost what they rest on, and no erasure says why"),
        SQLDamage(
            "no checkpoint", "DELETE FROM remit.checkpoint", entry: 1,
            "entries 1 to 4 are under no signed checkpoint: collect the log again"),
        SQLDamage(
            "the newer checkpoint away", "DELETE FROM remit.checkpoint WHERE size = 4", entry: 4,
            "entries 4 to 4 are under no signed checkpoint: collect the log again"),
        SQLDamage(
            "a checkpoint moved",
            "UPDATE remit.checkpoint SET size = 2 WHERE size = 3", entry: nil,
            "the checkpoint of 2 entries is of 3 entries"),
        SQLDamage(
            "a checkpoint forged",
            "ALTER TABLE remit.checkpoint DROP CONSTRAINT checkpoint_check; UPDATE remit.checkpoint SET note = "
                + "set_byte(note, 0, get_byte(note, 0) # 1) WHERE size = 3", entry: nil,
            "the checkpoint of 3 entries: the signature of 'git1.example.org/decisions' is not good for the text"),
        SQLDamage(
            "the end of the log away",
            "DELETE FROM remit.entry WHERE sequence = 4; DELETE FROM remit.batch WHERE last = 4; "
                + "DELETE FROM remit.about WHERE entry = 4", entry: 4,
            "the collection has 3 entries, and the checkpoint of 4 entries says 4"),
    ])
    func `what was altered by hand is found and named`(damage: SQLDamage) throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 3)
        try server.collect(into: database)
        try server.append(1)
        try server.collect(into: database)
        #expect(try CollectionVerifier.words(database) == [])
        try database.damage(damage.sql)
        let fault = try #require(try CollectionVerifier.examine(database).first?.faults.first)
        #expect(fault.words == damage.words)
        #expect(fault.entry == damage.entry)
    }

    @Test func `a collection that was rewritten as a whole does not agree with what somebody kept`() throws {
        let (database, rewritten) = (
            try TestPostgres.shared.get().database(), try TestPostgres.shared.get().database()
        )
        let server = try ServerLedger(entries: 5)
        let kept = try server.publish()
        try server.collect(into: database)
        #expect(try CollectionVerifier.words(database, keys: [server.signer.publicKey], kept: [kept]) == [])
        // With the key, everything that lies here can be made again.
        let forged = try ServerLedger(forging: server, entries: 6, mark: "other")
        try forged.collect(into: rewritten)
        #expect(try CollectionVerifier.words(rewritten, keys: [server.signer.publicKey]) == [])
        #expect(
            try CollectionVerifier.words(rewritten, kept: [kept])
                == ["the root over entries 1 to 5 is not that of the checkpoint given"])
        // Without it, not even that.
        let stranger = try ServerLedger(entries: 5)
        let elsewhere = try TestPostgres.shared.get().database()
        try stranger.collect(into: elsewhere)
        let words = try CollectionVerifier.words(elsewhere, keys: [server.signer.publicKey])
        #expect(words.first == "the collection has the log under another key: \(stranger.signer.publicKey.text)")
        #expect(
            words.dropFirst().first == "the checkpoint of 5 entries is not signed by \(server.signer.publicKey.text)")
    }

    @Test func `a log that somebody knows of and that is gone is named`() throws {
        let database = try TestPostgres.shared.get().database()
        try ServerLedger(entries: 1).collect(into: database)
        let other = try ServerLedger("git2.example.org/decisions", entries: 1)
        let words = ["the log 'git2.example.org/decisions' is not in the collection"]
        #expect(try CollectionVerifier.words(database, keys: [other.signer.publicKey]) == words)
        #expect(try CollectionVerifier.words(database, kept: [try other.publish()]) == words)
    }
}
