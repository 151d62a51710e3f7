import RemitCollection
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport

/// The ledger of one server, with its key and what is published of it, to be collected.
final class ServerLedger {
    static let at = Instant(seconds: 1_795_165_200)

    let directory: TemporaryDirectory
    let signer: NoteSigner
    /// What sets its entries apart from those of other ledgers with as many.
    let mark: String

    var name: String { signer.publicKey.name }
    var path: String { "\(directory.path)/ledger.sqlite" }
    var log: LogDirectory { LogDirectory(ofLedgerAt: ByteString(path)) }

    init(_ name: String = "git1.example.org/decisions", entries: Int = 3, mark: String = "") throws {
        directory = try TemporaryDirectory()
        signer = try NoteSigner(name: name)
        self.mark = mark
        _ = try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        try append(entries)
    }

    /// Another ledger with the key of this one.
    init(forging other: ServerLedger, entries: Int, mark: String) throws {
        directory = try TemporaryDirectory()
        signer = other.signer
        self.mark = mark
        _ = try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        try append(entries)
    }

    func open() throws -> Ledger {
        try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(30)))
    }

    static let branch: ByteString = "refs/heads/main"

    /// What the entry with this number tells of: a commit of its own, on a branch of all and on one whose name is long.
    func effect(_ number: Int64) -> Effect {
        let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 20)
        let commit = ObjectID(bytes: bytes) ?? .zero
        let long = ByteString("refs/heads/\(mark)" + String(repeating: "r", count: 300) + "\(number)")
        return Effect(
            repository: "payments", pusher: nil, at: Self.at.adding(seconds: number),
            landed: [
                .init(RefUpdate(ref: Self.branch, old: .zero, new: commit), by: nil),
                .init(RefUpdate(ref: long, old: .zero, new: commit), by: nil),
            ])
    }

    /// The digest of what an entry rests on, as SQLite and PostgreSQL write it.
    func document(_ number: Int64) -> EvidenceDigest { EvidenceDigest(of: effect(number).bytes) }

    /// Entries that rest on an input of their own and on one that all have in common.
    func append(_ count: Int) throws {
        guard count > 0 else { return }
        var ledger = try open()
        let first = try ledger.count() + 1
        try ledger.transaction { transaction throws(LedgerError) in
            for number in first..<first + Int64(count) {
                var draft = EntryDraft(of: effect(number), by: "remit-hook 0.1.0")
                draft.inputs = [(role: "authority", bytes: Array("what all have".utf8))]
                _ = try transaction.append(draft)
            }
        }
    }

    @discardableResult
    func publish() throws -> SignedNote {
        try open().publish(to: log, signer: signer)
    }

    func source() throws -> Collector.Source {
        Collector.Source(path: "here", note: try publish(), key: signer.publicKey)
    }

    /// Collects what is new into a database.
    @discardableResult
    func collect(into database: TestDatabase, user: String = "remit", source: Collector.Source? = nil) throws
        -> Collector.Collected
    {
        let collection = try Collection(
            try CollectionAddress(database.address(user: user)), create: user == "remit", say: { _ in })
        return try Collector(try source ?? self.source(), into: collection).collect(
            try Ledger.open(readingAt: ByteString(path), deadline: .now.advanced(by: .seconds(30))))
    }

    func manifest(of entry: Int64) throws -> EvidenceDigest {
        try EntryLeaf(try open().entries(from: entry, limit: 1)[0]).evidence
    }

    /// Erases what an entry rests on, and says so in another.
    func erase(_ entry: Int64) throws {
        var ledger = try open()
        let plan = try ledger.reading { ledger throws(EvidenceError) in try ErasurePlan(.entries([entry]), in: ledger) }
        _ = try plan.carryOut(
            in: &ledger, by: "dana", reason: "kept for one year", at: Self.at.adding(seconds: 1000), program: "remit")
    }

    /// Does to the ledger what only somebody can do who goes round the triggers.
    func damage(_ sql: String) throws {
        let triggers = [
            "entry_in_sequence", "entry_never_updated", "entry_never_deleted", "input_never_updated", "tile_only_grows",
            "tile_never_deleted",
        ]
        let dropped = triggers.map { "DROP TRIGGER IF EXISTS \($0);" }.joined()
        let done = try spawn(
            ["sqlite3", "-batch", "-bail", path, dropped + sql], environment: HermeticGit.environment(home: "/"))
        guard done.status == 0 else {
            throw CommandFailure(command: ["sqlite3", sql], status: done.status, stderr: done.errorText)
        }
    }
}

/// Everything that a database has in the collection's tables, but for the moments at which it was written.
func contents(of database: TestDatabase) throws -> String {
    try database.run(
        """
        SELECT * FROM remit.collection; SELECT id, name, key FROM remit.log ORDER BY id;
        SELECT * FROM remit.entry ORDER BY log, sequence;
        SELECT log, first, last, leaves, peaks, lines FROM remit.batch ORDER BY log, last;
        SELECT log, size, note FROM remit.checkpoint ORDER BY log, size; SELECT * FROM remit.input ORDER BY digest;
        SELECT * FROM remit.about ORDER BY log, entry, kind, value;
        """)
}

/// The words of the error that something ends with.
func fault(_ body: () throws -> Void) -> CollectionError? {
    do {
        try body()
        return nil
    } catch {
        return error as? CollectionError
    }
}

extension CollectionVerifier {
    /// Everything that is wrong in a database.
    static func words(
        _ database: TestDatabase, keys: [NoteKey] = [], kept: [SignedNote] = []
    ) throws -> [String] {
        try examine(database, keys: keys, kept: kept).flatMap(\.faults).map(\.words)
    }

    static func examine(
        _ database: TestDatabase, keys: [NoteKey] = [], kept: [SignedNote] = []
    ) throws -> [CollectionExamination] {
        let collection = try Collection(try CollectionAddress(database.address()), say: { _ in })
        return try CollectionVerifier(collection, keys: keys, kept: kept).examine()
    }
}
