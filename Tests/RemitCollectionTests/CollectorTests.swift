import RemitCollection
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct CollectorTests {
    @Test(arguments: [0, 1, 3, 255, 256, 257, 600])
    func `everything is collected once, and what is new later`(entries: Int) throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: entries)
        let first = try server.collect(into: database)
        #expect(first.entries == Int64(entries) && first.total == Int64(entries) && first.erased == 0)
        // Of each entry the manifest and the document, and of all what they have in common.
        #expect(first.inputs == (entries == 0 ? 0 : 2 * entries + 1))
        #expect(try CollectionVerifier.words(database) == [])
        let before = try contents(of: database)
        let again = try server.collect(into: database)
        #expect(again.entries == 0 && again.inputs == 0 && again.total == Int64(entries))
        #expect(try contents(of: database) == before)
        try server.append(300)
        let more = try server.collect(into: database)
        #expect(
            more.entries == 300 && more.inputs == 600 + (entries == 0 ? 1 : 0) && more.total == Int64(entries + 300))
        let found = try #require(try CollectionVerifier.examine(database).first)
        #expect(found.faults.isEmpty && found.signed == found.entries && found.entries == Int64(entries + 300))
        #expect(try found.root == server.open().root(size: Int64(entries + 300)))
    }

    @Test func `two servers are told apart by their keys, and share what they have in common`() throws {
        let database = try TestPostgres.shared.get().database()
        let (one, two) = (
            try ServerLedger("git1.example.org/decisions", entries: 5),
            try ServerLedger("git2.example.org/decisions", entries: 7, mark: "two")
        )
        #expect(try one.collect(into: database).inputs == 11)
        #expect(try two.collect(into: database).inputs == 14)
        let found = try CollectionVerifier.examine(database)
        #expect(found.map(\.log) == [one.name, two.name] && found.map(\.entries) == [5, 7])
        #expect(found.flatMap(\.faults).isEmpty)
    }

    @Test func `a log's name belongs to one key`() throws {
        let database = try TestPostgres.shared.get().database()
        let (one, two) = (try ServerLedger(entries: 2), try ServerLedger(entries: 2, mark: "other"))
        try one.collect(into: database)
        let before = try contents(of: database)
        #expect(
            fault { try two.collect(into: database) }
                == CollectionError(
                    .key,
                    "the ledger 'here' says that it is the log '\(one.name)', which the collection has under another key: "
                        + one.signer.publicKey.text))
        #expect(try contents(of: database) == before)
    }

    @Test func `a ledger that was rolled back or rewritten is refused, the entry named, and nothing written`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 300)
        try server.collect(into: database)
        let before = try contents(of: database)
        let shorter = try ServerLedger(forging: server, entries: 299, mark: "")
        #expect(
            fault { try shorter.collect(into: database) }
                == CollectionError(
                    .rolledBack,
                    "the ledger 'here' has 299 entries of log '\(server.name)', and 300 were collected: entry 300 is missing "
                        + "from it"))
        // Whoever has the key can sign another past.
        let forged = try ServerLedger(forging: server, entries: 280, mark: "")
        try forged.append(40)
        #expect(
            fault { try forged.collect(into: database) }
                == CollectionError(
                    .rolledBack,
                    "entry 1 of log '\(server.name)' in the ledger 'here' is not the one that was collected"))
        #expect(try contents(of: database) == before)
        #expect(
            fault { try server.collect(into: database, source: try shorter.source()) }?.statement
                == "entries 1 to 299 of log '\(server.name)' in the ledger 'here' have another root than its signed checkpoint"
        )
        #expect(
            fault { try shorter.collect(into: database, source: try server.source()) }?.statement
                == "the ledger 'here' has 299 entries of log '\(server.name)', and 300 were collected: entry 300 is missing "
                + "from it")
        #expect(try contents(of: database) == before)
    }

    @Test func `a checkpoint that somebody else has overtaken is no rollback`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 300)
        let old = try server.source()
        try server.append(10)
        try server.collect(into: database)
        let before = try contents(of: database)
        let late = try server.collect(into: database, source: old)
        #expect(late.entries == 0 && late.total == 310)
        #expect(try contents(of: database) == before)
    }

    /// What was done to the ledger after it was published, and the words.
    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        let sql: String
        let code: CollectionError.Code
        let words: String

        init(_ name: String, _ sql: String, _ words: String, _ code: CollectionError.Code = .ledger) {
            (testDescription, self.sql, self.code, self.words) = (name, sql, code, words)
        }
    }

    @Test(arguments: [
        Damage(
            "an entry changed", "UPDATE entry SET bytes = x'00' WHERE sequence = 2",
            "the ledger 'here': corrupt: entry 2 is missing or differs from its digest"),
        Damage(
            "an entry exchanged with its digest",
            "UPDATE entry SET (digest, bytes) = (SELECT digest, bytes FROM entry WHERE sequence = 1) WHERE sequence = 2",
            "entry 2 of log 'git1.example.org/decisions' in the ledger 'here' is not the one in its tree"),
        Damage(
            "an entry removed", "DELETE FROM entry WHERE sequence = 2",
            "the ledger 'here': corrupt: entry 2 is missing or differs from its digest"),
        Damage(
            "the last entry removed", "DELETE FROM entry WHERE sequence = 4",
            "the ledger 'here' has 3 entries of log 'git1.example.org/decisions', and 4 were published: entry 4 is missing "
                + "from it", .rolledBack),
        Damage(
            "an input changed", "UPDATE input SET bytes = x'00' WHERE bytes = CAST('what all have' AS BLOB)",
            "the ledger 'here': corrupt: input \(EvidenceDigest(of: Array("what all have".utf8))) differs from its digest"
        ),
    ])
    func `a damaged ledger is refused, and none of its entries is written`(damage: Damage) throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 4)
        let source = try server.source()
        try server.damage(damage.sql)
        #expect(
            fault { try server.collect(into: database, source: source) } == CollectionError(damage.code, damage.words))
        #expect(try database.run("SELECT count(*) FROM remit.entry") == "0")
    }

    @Test func `an entry and its tree that were rewritten do not make the root that is signed`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 4)
        let source = try server.source()
        let other = try ServerLedger(forging: server, entries: 4, mark: "other")
        #expect(
            fault { try other.collect(into: database, source: source) }
                == CollectionError(
                    .ledger,
                    "entries 1 to 4 of log '\(server.name)' in the ledger 'here' have another root than its signed checkpoint"
                ))
        #expect(try database.run("SELECT count(*) FROM remit.log") == "0")
    }

    @Test func `a checkpoint must be signed by the log's key`() throws {
        let database = try TestPostgres.shared.get().database()
        let (server, stranger) = (try ServerLedger(entries: 2), try ServerLedger(entries: 2))
        let forged = Collector.Source(path: "here", note: try server.publish(), key: stranger.signer.publicKey)
        #expect(
            fault { try server.collect(into: database, source: forged) }
                == CollectionError(
                    .key,
                    "the published checkpoint of the ledger 'here' is not signed by \(stranger.signer.publicKey.text)"))
        let elsewhere = try ServerLedger("elsewhere.example", entries: 0)
        let other = Collector.Source(path: "here", note: try server.publish(), key: elsewhere.signer.publicKey)
        #expect(
            fault { try server.collect(into: database, source: other) }?.statement
                == "the published checkpoint of the ledger 'here' is of the log '\(server.name)', not of 'elsewhere.example'"
        )
    }

    @Test func `what was erased on the server, and what is erased here after it, is no fault`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 3)
        try server.erase(2)
        let collected = try server.collect(into: database)
        // Of three effects and the erasure; what is left of the erased one is its digest.
        #expect(collected.entries == 4 && collected.erased == 1 && collected.inputs == 7)
        let found = try #require(try CollectionVerifier.examine(database).first)
        #expect(found.faults.isEmpty && found.erased == 1 && found.inputs == 7)
        let manifest = try server.manifest(of: 3)
        try server.erase(3)
        #expect(try server.collect(into: database).entries == 1)
        try database.run(
            """
            DELETE FROM remit.input WHERE digest IN ('\\x\(manifest.hex)', '\\x\(server.document(3).hex)');
            DELETE FROM remit.about WHERE entry = 3 AND kind IN ('ref', 'update');
            """)
        #expect(try CollectionVerifier.words(database) == [])
        #expect(try server.collect(into: database).inputs == 0)
    }

    @Test func `a collection that was altered is not gone on with`() throws {
        let damages = [
            ("UPDATE remit.entry SET bytes = 'x' WHERE sequence = 300", "entry 300 is not the one that was collected"),
            ("DELETE FROM remit.entry WHERE sequence = 300", "entry 300 is missing"),
            ("DELETE FROM remit.entry WHERE sequence = 299", "entry 299 is not the one that was collected"),
            (
                "INSERT INTO remit.entry SELECT log, 301, kind, recorded_at, bytes FROM remit.entry WHERE sequence = 1",
                "entry 301 was not collected"
            ),
            ("DELETE FROM remit.batch WHERE last = 256", "entry 1 is in no batch"),
            (
                "UPDATE remit.batch SET peaks = sha256('x') || substring(peaks, 33) WHERE last = 300",
                "the tree over entries 1 to 300 is not the one that was collected"
            ),
        ]
        let server = try ServerLedger(entries: 300)
        for (sql, words) in damages {
            let database = try TestPostgres.shared.get().database()
            try server.collect(into: database)
            try database.damage(sql)
            #expect(
                fault { try server.collect(into: database) }
                    == CollectionError(
                        .corrupt, "the log '\(server.name)' in the collection is not as it was collected: \(words)"),
                "\(sql)")
        }
    }
}
