import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

extension SQLDamage: CustomTestStringConvertible {}

@Suite struct VerificationTests {
    @Test(arguments: [0, 1, 3, 255, 256, 257, 600])
    func `an untouched ledger has no fault`(entries: Int) throws {
        let log = try LogFixture(entries: entries)
        let found = try log.examine()
        #expect(found.faults.map(\.words) == [])
        #expect(found.entries == Int64(entries) && found.inputs == entries && found.erased == 0 && found.isSigned)
        #expect(found.published?.root == found.root)
        try log.append(300)
        #expect(try log.words() == [])
    }

    @Test func `what was never published is verified too, and an erased input is none`() throws {
        let log = try LogFixture(entries: 4, publish: false)
        try log.damage("DELETE FROM input WHERE bytes = CAST('manifest 2' AS BLOB)")
        let found = try log.examine()
        #expect(found.faults.isEmpty && found.published == nil && found.inputs == 3 && found.erased == 1)
    }

    @Test(arguments: [
        SQLDamage(
            "changed", "UPDATE entry SET bytes = x'00' WHERE sequence = 2", entry: 2, "entry 2 differs from its digest"),
        SQLDamage(
            "exchanged with its digest",
            "UPDATE entry SET (digest, bytes) = (SELECT digest, bytes FROM entry WHERE sequence = 1) WHERE sequence = 2",
            entry: 2, "the file 'tile/0/000.p/3' has another hash of entry 2"),
        SQLDamage("removed", "DELETE FROM entry WHERE sequence = 2", entry: 2, "entry 2 is missing: number 3 follows"),
        SQLDamage(
            "removed, the rest moved up",
            "DELETE FROM entry WHERE sequence = 2; UPDATE entry SET sequence = 2 WHERE sequence = 3",
            entry: 2, "tile 0/0 of the ledger has another hash of entry 2"),
        SQLDamage(
            "removed at the end", "DELETE FROM entry WHERE sequence = 3", entry: 3,
            "tile 0/0 of the ledger goes on with entry 3, which is missing"),
        SQLDamage(
            "rolled back", "DELETE FROM entry WHERE sequence = 3; UPDATE tile SET hashes = substr(hashes, 1, 64)",
            entry: 3,
            "the ledger has 2 entries, and the published checkpoint says 3"),
        SQLDamage(
            "reordered",
            "UPDATE entry SET sequence = 9 WHERE sequence = 1; UPDATE entry SET sequence = 1 WHERE sequence = 2; "
                + "UPDATE entry SET sequence = 2 WHERE sequence = 9",
            entry: 1, "the file 'tile/0/000.p/3' has another hash of entry 1"),
        SQLDamage(
            "inserted", "INSERT INTO entry SELECT 4, kind, 0, digest, bytes FROM entry WHERE sequence = 1", entry: 4,
            "tile 0/0 of the ledger ends before entry 4"),
        SQLDamage(
            "inserted before the first",
            "INSERT INTO entry SELECT 0, kind, 0, digest, bytes FROM entry WHERE sequence = 1",
            entry: 1, "entry 1 is missing: number 0 follows"),
        SQLDamage(
            "of another kind", "UPDATE entry SET kind = 'effect' WHERE sequence = 3", entry: 3,
            "entry 3 is not of the kind 'effect'"),
        SQLDamage(
            "a tile less", "DELETE FROM tile", entry: 1,
            "tile 0/0 of the ledger is missing or cannot be read, from entry 1 on"),
        SQLDamage(
            "a tile cut", "UPDATE tile SET hashes = substr(hashes, 1, 40)", entry: 1,
            "tile 0/0 of the ledger is missing or cannot be read, from entry 1 on"),
        SQLDamage(
            "a tile more", "INSERT INTO tile VALUES (1, 0, zeroblob(32))", entry: 4,
            "the tree has 2 tiles, its entries make 1"),
    ])
    func `damage is found and the entry named`(damage: SQLDamage) throws {
        let log = try LogFixture()
        try log.damage(damage.sql)
        let fault = try log.examine().faults.first
        #expect(fault?.words == damage.words)
        #expect(fault?.entry == damage.entry)
    }

    @Test func `an input that was exchanged is named with its entry`() throws {
        let log = try LogFixture()
        try log.damage("UPDATE input SET bytes = x'00' WHERE bytes = CAST('manifest 2' AS BLOB)")
        let fault = try #require(try log.examine().faults.first)
        let digest = EvidenceDigest(of: Array("manifest 2".utf8))
        #expect(fault == LogFault("input \(digest) of entry 2 differs from its digest", entry: 2))
    }

    @Test func `a rewritten ledger does not agree with what was published or kept`() throws {
        let log = try LogFixture(entries: 300)
        let kept = try SignedNote(log.read("checkpoint"))
        let forger = try LogFixture(entries: 301)
        // The forger has the key, and rewrites everything that lies on the server.
        let ledger = try forger.ledger.get().open(create: false)
        try FileManager.default.removeItem(atPath: forger.directory.path)
        _ = try ledger.publish(to: forger.directory, signer: log.signer)
        #expect(try forger.words(key: log.signer.publicKey) == [])
        #expect(try forger.words(key: log.signer.publicKey, kept: kept) == [])
        let other = try LogFixture(entries: 2)
        try other.append(298)
        try other.damage("UPDATE entry SET bytes = x'00' WHERE sequence = 7; DELETE FROM tile")
        #expect(
            try other.words(key: log.signer.publicKey, kept: kept).contains(
                "the root over entries 1 to 300 is not that of the checkpoint given"))
    }

    @Test func `a forged checkpoint and a wrong key are faults`() throws {
        let log = try LogFixture()
        let stranger = try NoteSigner(name: NoteTests.origin)
        #expect(
            try log.words(key: stranger.publicKey)
                == ["the published checkpoint is not signed by \(stranger.publicKey.text)"])
        let elsewhere = try NoteSigner(name: "elsewhere.example")
        #expect(
            try log.words(key: elsewhere.publicKey) == [
                "the published checkpoint is not signed by \(elsewhere.publicKey.text)",
                "the published checkpoint is of the log '\(NoteTests.origin)', not of 'elsewhere.example'",
            ])
        let forged = try stranger.sign(Checkpoint(origin: NoteTests.origin, size: 3, root: .empty).text)
        try log.write(forged.bytes, to: "checkpoint")
        #expect(
            try log.words() == [
                "the published checkpoint is not signed by \(log.signer.publicKey.text)",
                "the root over entries 1 to 3 is not that of the published checkpoint",
            ])
    }

    @Test func `a changed or cut byte in any published file is found`() throws {
        let log = try LogFixture()
        for name in try log.files() {
            let good = try log.read(name)
            for place in good.indices {
                var bytes = good
                bytes[place] ^= 1
                try log.write(bytes, to: name)
                #expect(try !log.words().isEmpty, "\(name), byte \(place)")
            }
            for count in [0, 1, good.count - 1] {
                try log.write(Array(good[..<count]), to: name)
                #expect(try !log.words().isEmpty, "\(name) cut at \(count)")
            }
            try log.write(good + [0], to: name)
            #expect(try !log.words().isEmpty, "\(name) with one byte more")
            if name != "checkpoint" {
                try FileManager.default.removeItem(atPath: log.directory.path + "/" + name)
                #expect(try !log.words().isEmpty, "\(name) removed")
            }
            try log.write(good, to: name)
        }
        #expect(try log.words() == [])
    }

    @Test func `a changed byte in any row is found and its entry named`() throws {
        let log = try LogFixture()
        try log.damage("SELECT 1")
        let columns = [
            ("entry", "kind", "TEXT"), ("entry", "digest", "BLOB"), ("entry", "bytes", "BLOB"),
            ("tile", "hashes", "BLOB"),
        ]
        for (table, column, type) in columns {
            let rows = try log.ledger.get().shell("SELECT rowid || ' ' || hex(\(column)) FROM \(table)").text
            for row in rows.split(separator: "\n") {
                let parts = row.split(separator: " ")
                let good = try #require(Hex.decode(parts[1].lowercased().utf8))
                for place in good.indices {
                    var bytes = good
                    bytes[place] ^= 1
                    func set(_ bytes: [UInt8]) throws {
                        try log.damage(
                            "UPDATE \(table) SET \(column) = CAST(x'\(Hex.text(bytes))' AS \(type)) WHERE rowid = \(parts[0])"
                        )
                    }
                    try set(bytes)
                    let named = try log.examine().faults.compactMap(\.entry)
                    let expected = table == "entry" ? Int64(parts[0]) : Int64(place / 32 + 1)
                    #expect(named.first == expected, "\(table) \(column) \(row) byte \(place)")
                    try set(good)
                }
            }
        }
        #expect(try log.words() == [])
    }
}
