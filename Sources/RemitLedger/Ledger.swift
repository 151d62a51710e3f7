import CSQLite
package import RemitModel

/// The append-only evidence of one git server: one database file, written by one process for each push.
package struct Ledger: ~Copyable {
    /// The size of an entry: what the length of one in a bundle of entries can say (C2SP tlog-tiles).
    ///
    /// What does not fit is stored as an input and named by its digest.
    package static let maximumEntryByteCount = 65_535
    /// The size of one input: 64 MiB, far above any record or hook input, far below what SQLite can hold.
    package static let maximumInputByteCount = 64 * 1024 * 1024
    /// How many pages of 4 KiB the write-ahead log has before what it holds goes into the file.
    ///
    /// The next process to open it reads all of it, so it stays below what SQLite would let it grow to (1,000).
    private static let logPageCount = 256
    /// How many entries one call returns at most.
    package static let maximumPageCount = 1024

    /// Until when a lock is waited for.
    ///
    /// Past it every transaction is `busy`.
    package var deadline: ContinuousClock.Instant

    /// The connection and its statements; lent to a caller only between `BEGIN` and `COMMIT`.
    let session: LedgerTransaction

    /// Opens the ledger at an absolute path.
    ///
    /// With `create` a missing or empty file becomes a ledger; without, it is a fault, so that a hook whose ledger
    /// was moved away refuses instead of starting anew. `databasePages` bounds the file's growth, in pages of 4 KiB.
    ///
    /// `keepsLog` leaves what was written in the write-ahead log when this is closed: a decision is durable there, and
    /// a push does not wait until it is in the file as well. Whoever closes it otherwise puts it there.
    package static func open(
        at path: ByteString, create: Bool, deadline: ContinuousClock.Instant, databasePages: Int? = nil,
        keepsLog: Bool = false
    ) throws(LedgerError) -> Ledger {
        if create { try LedgerFile.createIfMissing(at: path) }
        let database = try Database(openingFileAt: path)
        guard !database.isReadOnly else { throw LedgerError(.readOnly, "the ledger's file may not be written") }
        database.setBusyTimeout(milliseconds: try milliseconds(until: deadline))
        do throws(LedgerError) {
            try prepare(database, create: create, until: deadline)
            if keepsLog { database.keepLogAtClose(true) }
            if let databasePages { try database.execute("PRAGMA max_page_count = \(databasePages)") }
            return Ledger(deadline: deadline, session: try LedgerTransaction(database))
        } catch {
            // The file itself is open. What SQLite says of another is why it could not be read after it was not made.
            guard error.code == .cannotOpen else { throw error }
            throw LedgerError(.cannotOpen, "no file can be made beside it, such as its write-ahead log")
        }
    }

    /// Makes sure that the file is a ledger, of this version, with a write-ahead log.
    private static func prepare(
        _ database: borrowing Database, create: Bool, until deadline: ContinuousClock.Instant
    ) throws(LedgerError) {
        // Durable before the answer (invariant 7); and what the schema says is data, not code to run for whoever
        // wrote it.
        try database.execute(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                + "PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = \(logPageCount);")
        switch try Schema.identity(of: database) {
        case .present: break
        case .older: try Schema.bringUp(database)
        case .empty:
            guard create else { throw LedgerError(.notALedger, "the file is empty") }
            try Schema.bringUp(database)
        }
        try enterWriteAheadLog(database, until: deadline)
    }

    /// Opens the ledger for reading alone: no writer waits for whoever reads, and nothing can be changed by mistake.
    ///
    /// `deadline` bounds how long a lock is waited for. A ledger of an older Remit is a fault: it is brought up by the
    /// first program that may write it.
    package static func open(
        readingAt path: ByteString, deadline: ContinuousClock.Instant
    ) throws(LedgerError) -> Ledger {
        let database = try Database(openingFileAt: path, forReading: true)
        database.setBusyTimeout(milliseconds: try milliseconds(until: deadline))
        try database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        switch try Schema.identity(of: database) {
        case .present: break
        case .older(let found):
            throw LedgerError(
                .readOnly, "it is of version \(found), and nothing has written version \(Schema.version) yet")
        case .empty: throw LedgerError(.notALedger, "the file is empty")
        }
        return Ledger(deadline: deadline, session: try LedgerTransaction(database))
    }

    private init(deadline: ContinuousClock.Instant, session: consuming LedgerTransaction) {
        self.deadline = deadline
        self.session = session
    }

    /// Does everything in `body`, or nothing of it; no other writer comes in between (invariant 12).
    ///
    /// When this returns, what was written is on the disk.
    package mutating func transaction<Value>(
        _ body: (borrowing LedgerTransaction) throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        session.database.setBusyTimeout(milliseconds: try Self.milliseconds(until: deadline))
        try session.database.execute("BEGIN IMMEDIATE")
        do {
            let value = try body(session)
            try session.database.execute("COMMIT")
            return value
        } catch {
            // A commit that the disk did not confirm may be whole in the log all the same, and the next to open it would
            // find it there: what was told to have failed must not stand.
            session.database.keepLogAtClose(false)
            try session.database.rollBack(after: error)
        }
    }

    /// Lends the ledger for several reads, between which others may write.
    package func reading<Value, Fault: Error>(
        _ body: (borrowing LedgerTransaction) throws(Fault) -> Value
    ) throws(Fault) -> Value { try body(session) }

    /// Switches a new file to its write-ahead log; an old one is there already.
    private static func enterWriteAheadLog(
        _ database: borrowing Database, until deadline: ContinuousClock.Instant
    ) throws(LedgerError) {
        while true {
            do throws(LedgerError) {
                let mode = try database.text("PRAGMA journal_mode = WAL")
                guard mode == "wal" else {
                    throw LedgerError(.io, "no write-ahead log on this file system: \(mode)")
                }
                return
            } catch {
                guard error.code == .busy else { throw error }
                // The switch does not wait for a lock by itself: two processes may be making the same new file.
                _ = try milliseconds(until: deadline)
                sqlite3_sleep(5)
            }
        }
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant) throws(LedgerError) -> Int32 {
        let (seconds, attoseconds) = (deadline - .now).components
        let left = min(seconds, 3600) * 1000 + attoseconds / 1_000_000_000_000_000
        guard left > 0 else { throw LedgerError(.busy, "the deadline has passed") }
        return Int32(left)
    }
}

extension Ledger {
    package func count() throws(LedgerError) -> Int64 { try session.count() }

    package func entries(from first: Int64, limit: Int) throws(LedgerError) -> [LedgerEntry] {
        try session.entries(from: first, limit: limit)
    }

    package func entries(about subject: Subject, limit: Int) throws(LedgerError) -> [Int64] {
        try session.entries(about: subject, limit: limit)
    }

    package func values(
        of kind: Subject.Kind, from first: ByteString, through last: ByteString, limit: Int
    ) throws(LedgerError) -> [ByteString] {
        try session.values(of: kind, from: first, through: last, limit: limit)
    }

    package func firstSeen(
        repository: ByteString, delegation: RecordID, commit: ObjectID
    ) throws(LedgerError) -> Seen? {
        try session.firstSeen(repository: repository, delegation: delegation, commit: commit)
    }

    package func spent(_ delegation: RecordID) throws(LedgerError) -> Spent { try session.spent(delegation) }

    package func firstSeen(
        repository: ByteString, delegation: RecordID, change: TreeChange
    ) throws(LedgerError) -> Seen? {
        try session.firstSeen(repository: repository, delegation: delegation, change: change)
    }

    package func delegations(
        of change: TreeChange, in repository: ByteString, limit: Int
    ) throws(LedgerError) -> [RecordID] {
        try session.delegations(of: change, in: repository, limit: limit)
    }

    package func hasChanges() throws(LedgerError) -> Bool { try session.hasChanges() }

    package func input(_ digest: EvidenceDigest) throws(LedgerError) -> [UInt8]? { try session.input(digest) }

    package func state(_ name: String) throws(LedgerError) -> [UInt8]? { try session.state(name) }

    package func highest(_ name: String) throws(LedgerError) -> Int64? { try session.highest(name) }
}
