/// The schema of the first version, as files that are out there have it.
///
/// It is written out here, so that a change to the program's own text is seen.
enum FirstVersion {
    static let schema = """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
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
            digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
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

        PRAGMA application_id = 1382902132;
        PRAGMA user_version = 1;
        PRAGMA journal_mode = WAL;
        """

    /// Three decisions: the first saw two commits under one delegation, the second one more of it in another
    /// repository, the third one under another delegation.
    static let content = """
        INSERT INTO entry VALUES (1, 'decision', 1795176000, zeroblob(32), x'01');
        INSERT INTO entry VALUES (2, 'decision', 1795176001, zeroblob(32), x'02');
        INSERT INTO entry VALUES (3, 'decision', 1795176002, zeroblob(32), x'03');
        INSERT INTO seen SELECT x'C1', d, CAST('payments' AS BLOB), x'61', 1795176000, 1 FROM one;
        INSERT INTO seen SELECT x'C2', d, CAST('payments' AS BLOB), x'61', 1795176000, 1 FROM one;
        INSERT INTO seen SELECT x'C2', d, CAST('web' AS BLOB), x'61', 1795176001, 2 FROM one;
        INSERT INTO seen SELECT x'C3', d, CAST('web' AS BLOB), x'61', 1795176002, 3 FROM two;
        """
}
