import RemitModel

/// The tables of a ledger and how a file is known to be one.
enum Schema {
    /// "Rmit" in the database's header.
    static let applicationID: Int64 = 0x526D_6974
    static var version: Int64 { Int64(steps.count) }

    /// What brings a file from each version to the next; an empty file takes them all.
    ///
    /// A step that has been released never changes: files that it made are out there.
    private static let steps = [
        Step(evidence), Step(spending + changes), Step(about + TileTable.schema, then: TileTable.fill),
    ]

    /// Text that SQLite runs, and what it cannot do to the rows that are there already.
    private struct Step {
        let text: String
        let fill: (@Sendable (borrowing Database) throws(LedgerError) -> Void)?

        init(
            _ text: String, then fill: (@Sendable (borrowing Database) throws(LedgerError) -> Void)? = nil
        ) {
            self.text = text
            self.fill = fill
        }
    }

    /// The evidence itself, and what was seen.
    ///
    /// The triggers stop accidents and honest programs, not root: what root rewrites, a published checkpoint shows.
    /// The order of entries is checked on insertion because `INSERT OR REPLACE` deletes a row without asking the
    /// trigger on deletion. An input may be deleted (it can hold personal data, and entries name it by digest only),
    /// but never changed.
    private static let evidence = """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = \(EvidenceDigest.byteCount)),
            bytes BLOB NOT NULL CHECK (length(bytes) <= 65536)
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
        \(seenNeverUpdated)
        CREATE TRIGGER seen_never_deleted BEFORE DELETE ON seen
            BEGIN SELECT RAISE(ABORT, 'the first sight of a commit is never deleted'); END;

        CREATE TABLE state (
            name TEXT PRIMARY KEY NOT NULL,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        PRAGMA application_id = \(applicationID);
        """

    static let seenNeverUpdated = """
        CREATE TRIGGER seen_never_updated BEFORE UPDATE ON seen
            BEGIN SELECT RAISE(ABORT, 'the first sight of a commit is never changed'); END;
        """

    static let changeNeverUpdated = """
        CREATE TRIGGER change_never_updated BEFORE UPDATE ON change
            BEGIN SELECT RAISE(ABORT, 'the first sight of a change is never changed'); END;
        """

    /// What was taken out of delegations by allowed decisions; no total ever falls, and an entry debits once.
    ///
    /// An older file says in `seen` which commits and pushes that were; their files, lines and bytes nobody counted.
    private static let spending = """
        CREATE TABLE spent (
            delegation BLOB PRIMARY KEY NOT NULL CHECK (length(delegation) = \(RecordID.byteCount)),
            commits INTEGER NOT NULL CHECK (commits >= 0),
            files INTEGER NOT NULL CHECK (files >= 0),
            lines INTEGER NOT NULL CHECK (lines >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            pushes INTEGER NOT NULL CHECK (pushes >= 0),
            entry INTEGER NOT NULL REFERENCES entry (sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER spent_never_falls BEFORE INSERT ON spent
            WHEN EXISTS (SELECT 1 FROM spent WHERE delegation = NEW.delegation AND (
                NEW.commits < commits OR NEW.files < files OR NEW.lines < lines OR NEW.bytes < bytes
                OR NEW.pushes < pushes OR NEW.entry <= entry))
            BEGIN SELECT RAISE(ABORT, 'what was spent never falls, and an entry spends once'); END;
        CREATE TRIGGER spent_never_lowered BEFORE UPDATE ON spent
            WHEN NEW.delegation IS NOT OLD.delegation OR NEW.commits < OLD.commits OR NEW.files < OLD.files
                OR NEW.lines < OLD.lines OR NEW.bytes < OLD.bytes OR NEW.pushes < OLD.pushes OR NEW.entry <= OLD.entry
            BEGIN SELECT RAISE(ABORT, 'what was spent never falls, and an entry spends once'); END;
        CREATE TRIGGER spent_never_deleted BEFORE DELETE ON spent
            BEGIN SELECT RAISE(ABORT, 'what was spent is never deleted'); END;

        CREATE TABLE spent_file (
            delegation BLOB NOT NULL REFERENCES spent (delegation),
            repository BLOB NOT NULL,
            path BLOB NOT NULL CHECK (length(path) = \(EvidenceDigest.byteCount)),
            entry INTEGER NOT NULL REFERENCES entry (sequence),
            PRIMARY KEY (delegation, repository, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER spent_file_never_updated BEFORE UPDATE ON spent_file
            BEGIN SELECT RAISE(ABORT, 'a file that was counted is never changed'); END;
        CREATE TRIGGER spent_file_never_deleted BEFORE DELETE ON spent_file
            BEGIN SELECT RAISE(ABORT, 'a file that was counted is never deleted'); END;

        INSERT INTO spent (delegation, commits, files, lines, bytes, pushes, entry)
            SELECT delegation, count(*), 0, 0, 0, count(DISTINCT entry), max(entry) FROM seen GROUP BY delegation;
        """

    /// Which changes allowed decisions have seen, so that a host's squash or rebase of them is known again.
    private static let changes = """
        CREATE TABLE change (
            delegation BLOB NOT NULL CHECK (length(delegation) = \(RecordID.byteCount)),
            base BLOB NOT NULL,
            result BLOB NOT NULL,
            repository BLOB NOT NULL,
            ref BLOB NOT NULL,
            first_seen_at INTEGER NOT NULL,
            entry INTEGER NOT NULL REFERENCES entry (sequence),
            PRIMARY KEY (base, result, repository, delegation)
        ) STRICT, WITHOUT ROWID;
        \(changeNeverUpdated)
        CREATE TRIGGER change_never_deleted BEFORE DELETE ON change
            BEGIN SELECT RAISE(ABORT, 'the first sight of a change is never deleted'); END;
        """

    /// Which entries are about what: an index over the evidence, derived from it, that nothing is proved by.
    private static let about = """
        CREATE TABLE about (
            kind TEXT NOT NULL,
            value BLOB NOT NULL,
            repository BLOB NOT NULL,
            entry INTEGER NOT NULL REFERENCES entry (sequence),
            PRIMARY KEY (kind, value, repository, entry)
        ) STRICT, WITHOUT ROWID;
        """

    /// What a file says of itself, before anything in it is believed or changed.
    enum Identity {
        case empty
        /// A ledger of an older version, which can be brought up to this one.
        case older(Int64)
        case present
    }

    static func identity(of database: borrowing Database) throws(LedgerError) -> Identity {
        let application = try database.integer("PRAGMA application_id")
        let found = try database.integer("PRAGMA user_version")
        switch (application, found) {
        case (applicationID, version):
            return .present
        case (applicationID, (version + 1)...):
            throw LedgerError(.newerVersion, "version \(found), this program knows \(version)")
        case (applicationID, 1..<version):
            return .older(found)
        case (0, 0) where try database.integer("SELECT count(*) FROM sqlite_schema") == 0:
            return .empty
        default:
            throw LedgerError(.notALedger, "application id \(application), version \(found)")
        }
    }

    /// Takes the steps that an empty or older file lacks, all or none, unless another process has taken them meanwhile.
    static func bringUp(_ database: borrowing Database) throws(LedgerError) {
        try database.execute("BEGIN IMMEDIATE")
        do {
            let lacking =
                switch try identity(of: database) {
                case .present: steps[steps.endIndex...]
                case .older(let found): steps[Int(found)...]
                case .empty: steps[...]
                }
            for step in lacking {
                try database.execute(step.text)
                try step.fill?(database)
            }
            try database.execute("PRAGMA user_version = \(version); COMMIT")
        } catch {
            try database.rollBack(after: error)
        }
    }
}
