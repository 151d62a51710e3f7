import RemitCollection
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A store over a collection says what the stores over its ledgers say.
@Suite struct CollectionStoreTests {
    private static func store(_ database: TestDatabase) throws -> CollectionStore {
        CollectionStore(try Collection(try CollectionAddress(database.address()), say: { _ in }))
    }

    private static func subjects(_ effect: Effect) -> [Subject] {
        ["payments", "billing", nil].flatMap { (repository: ByteString?) in
            effect.landed.map(\.update).flatMap {
                [.commit($0.new, in: repository), .ref($0.ref, in: repository), .update($0, in: repository)]
            } + [.agent("refs/heads/main", in: repository), .ref("", in: repository)]
        }
    }

    @Test func `it answers as the ledger does`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 300)
        try server.collect(into: database)
        let (ours, theirs) = (try Self.store(database), LedgerStore(try server.open(), log: server.name))
        #expect(try ours.logs() == theirs.logs())
        for sequence: Int64 in [-1, 0, 1, 2, 256, 300, 301, .max] {
            let name = Trace.Entry(log: server.name, sequence: sequence)
            #expect(try ours.entry(name) == (sequence < 1 ? nil : theirs.entry(name)), "\(sequence)")
        }
        #expect(try ours.entry(Trace.Entry(log: "elsewhere", sequence: 1)) == nil)
        for (after, limit): (Int64, Int) in [
            (0, 1), (0, 256), (0, 5000), (255, 2), (299, 9), (300, 9), (0, 0), (5, -1),
        ] {
            let found = try ours.entries(in: server.name, after: after, limit: limit)
            #expect(try found == theirs.entries(in: server.name, after: after, limit: limit), "\(after) \(limit)")
        }
        for subject in ([0, 1, 7, 256, 300, 301] as [Int64]).flatMap({ Self.subjects(server.effect($0)) }) {
            for limit in [0, 1, 2, 1000] {
                let found = try ours.entries(about: subject, limit: limit)
                #expect(try found == theirs.entries(about: subject, limit: limit), "\(subject) \(limit)")
            }
        }
        let ends: [(ByteString, ByteString)] = [
            ("", ByteString([UInt8](repeating: 255, count: 400))), (ByteString([3]), ByteString([9])),
            (ByteString([3]), ByteString([2])), ("refs/heads/main", "refs/heads/main"), ("", ""),
            (ByteString("refs/heads/" + String(repeating: "r", count: 300) + "17"), "refs/heads/s"),
        ]
        for kind in Subject.Kind.allCases {
            for (first, last) in ends {
                for limit in [0, 1, 7, 10_000] {
                    let found = try ours.values(of: kind, from: first, through: last, limit: limit)
                    #expect(try found == theirs.values(of: kind, from: first, through: last, limit: limit))
                }
            }
        }
        let entry = try #require(try ours.entry(Trace.Entry(log: server.name, sequence: 7)))
        #expect(try ours.read(entry, of: server.name) == theirs.read(entry, of: server.name))
        #expect(try ours.input(EvidenceDigest(of: [])) == nil)
    }

    @Test func `of several logs the newest come first, whichever log they are in`() throws {
        let database = try TestPostgres.shared.get().database()
        let (one, two) = (
            try ServerLedger("git1.example.org/decisions", entries: 3),
            try ServerLedger("git2.example.org/decisions", entries: 5, mark: "two")
        )
        try two.collect(into: database)
        try one.collect(into: database)
        let store = try Self.store(database)
        #expect(try store.logs() == [one.name, two.name])
        let found = try store.entries(about: .ref(ServerLedger.branch, in: nil), limit: 5)
        #expect(found.map(\.sequence) == [5, 4, 3, 3, 2])
        #expect(Set(found.prefix(2).map(\.log)) == [two.name] && Set(found[2...3].map(\.log)) == [one.name, two.name])
        #expect(try store.entries(in: two.name, after: 4, limit: 9).map(\.sequence) == [5])
    }

    @Test func `an altered entry or input is an error, not an answer`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 3)
        try server.collect(into: database)
        try database.damage(
            """
            UPDATE remit.entry SET bytes = 'x' WHERE sequence = 2;
            ALTER TABLE remit.input DROP CONSTRAINT input_check;
            UPDATE remit.input SET bytes = 'x' WHERE digest = '\\x\(server.document(3).hex)';
            """)
        let place = "the collection '\(database.name)' at '\(database.server.socket)' cannot be read: "
        let store = try Self.store(database)
        let words = "entry 2 of log '\(server.name)' is missing, or is not the one that was collected"
        #expect(throws: EvidenceError(place + words)) {
            try store.entry(Trace.Entry(log: server.name, sequence: 2))
        }
        #expect(throws: EvidenceError(place + words)) { try store.entries(in: server.name, after: 0, limit: 3) }
        let digest = server.document(3)
        #expect(throws: EvidenceError(place + "input \(digest) of the collection differs from its digest")) {
            try store.input(digest)
        }
    }
}
