/// The tables of a ledger and how a file is known to be one.
enum Schema {
    /// "Rmit" in the database's header.
    static let applicationID: Int64 = 0x526D_6974
    static let version: Int64 = 1

    /// What a new file gets, in one transaction.
    ///
    /// The triggers stop accidents and honest programs, not root: what root rewrites, a published checkpoint shows.
    /// The order of entries is checked on insertion because `INSERT OR REPLACE` deletes a row without asking the
    /// trigger on deletion. An input may be deleted (it can hold personal data, and entries name it by digest only),
    /// but never changed.
    static let creation = """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = \(EvidenceDigest.byteCount)),
            bytes BLOB NOT NULL CHECK (length(bytes) <= \(Ledger.maximumEntryByteCount))
        ) STRICT;
        CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
            WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
            BEGIN SELECT RAISE(ABORT, 'entries are appended in sequence'); END;
        CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
            BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
        CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
            BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

        CREATE TABLE input (
            digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = \(EvidenceDigest.byteCount)),
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER input_never_updated BEFORE UPDATE ON input
            BEGIN SELECT RAISE(ABORT, 'inputs are never changed'); END;

        CREATE TABLE seen (
            commit_id BLOB NOT NULL,
            delegation BLOB NOT NULL,
            repository BLOB NOT NULL,
            ref BLOB NOT NULL,
            first_seen_at INTEGER NOT NULL,
            entry INTEGER NOT NULL REFERENCES entry (sequence),
            PRIMARY KEY (commit_id, delegation, repository)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER seen_never_updated BEFORE UPDATE ON seen
            BEGIN SELECT RAISE(ABORT, 'the first sight of a commit is never changed'); END;
        CREATE TRIGGER seen_never_deleted BEFORE DELETE ON seen
            BEGIN SELECT RAISE(ABORT, 'the first sight of a commit is never deleted'); END;

        CREATE TABLE state (
            name TEXT PRIMARY KEY NOT NULL,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """

    /// What a file says of itself, before anything in it is believed or changed.
    enum Identity {
        case empty
        case ledger
    }

    static func identity(of database: borrowing Database) throws(LedgerError) -> Identity {
        let application = try database.integer("PRAGMA application_id")
        let found = try database.integer("PRAGMA user_version")
        switch (application, found) {
        case (applicationID, version):
            return .ledger
        case (applicationID, (version + 1)...):
            throw LedgerError(.newerVersion, "version \(found), this program knows \(version)")
        case (0, 0) where try database.integer("SELECT count(*) FROM sqlite_schema") == 0:
            return .empty
        default:
            throw LedgerError(.notALedger, "application id \(application), version \(found)")
        }
    }

    /// Makes the tables, unless another process has made them meanwhile.
    static func create(in database: borrowing Database) throws(LedgerError) {
        try database.execute("BEGIN IMMEDIATE")
        do {
            if case .empty = try identity(of: database) { try database.execute(creation) }
            try database.execute("COMMIT")
        } catch {
            try database.rollBack(after: error)
        }
    }
}
