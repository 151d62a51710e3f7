/// Every statement that a ledger runs again and again, compiled once.
struct Statements: ~Copyable {
    let count: Statement
    let appendEntry: Statement
    let entries: Statement
    let storeInput: Statement
    let input: Statement
    let recordSeen: Statement
    let firstSeen: Statement
    let recordChange: Statement
    let firstSeenChange: Statement
    let delegationsOfChange: Statement
    let anyChange: Statement
    let setState: Statement
    let state: Statement
    let spent: Statement
    let setSpent: Statement
    let spentFile: Statement
    let addSpentFile: Statement
    let index: Statement
    let about: Statement
    let aboutAnywhere: Statement
    let aboutRange: Statement
    let tile: Statement
    let addTile: Statement
    let growTile: Statement
    let rawEntries: Statement

    static func prepared(in database: borrowing Database) throws(LedgerError) -> Statements {
        try Statements(
            // The last key, not count(*), which would read the whole table; the tables have no gaps.
            count: database.prepare("SELECT coalesce(max(sequence), 0) FROM entry"),
            appendEntry: database.prepare(
                "INSERT INTO entry (sequence, kind, recorded_at, digest, bytes) VALUES (?, ?, ?, ?, ?)"),
            entries: database.prepare(
                """
                SELECT sequence, kind, recorded_at, digest, bytes FROM entry
                WHERE sequence >= ? ORDER BY sequence LIMIT ?
                """),
            // The conflict clauses are on the keys alone: OR IGNORE would also pass over a missing value.
            storeInput: database.prepare(
                "INSERT INTO input (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"),
            input: database.prepare("SELECT bytes FROM input WHERE digest = ?"),
            recordSeen: database.prepare(
                """
                INSERT INTO seen (commit_id, delegation, repository, ref, first_seen_at, entry)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (commit_id, delegation, repository) DO NOTHING
                """),
            firstSeen: database.prepare(
                "SELECT ref, first_seen_at, entry FROM seen WHERE commit_id = ? AND delegation = ? AND repository = ?"),
            recordChange: database.prepare(
                """
                INSERT INTO change (delegation, base, result, repository, ref, first_seen_at, entry)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (base, result, repository, delegation) DO NOTHING
                """),
            firstSeenChange: database.prepare(
                """
                SELECT ref, first_seen_at, entry FROM change
                WHERE delegation = ? AND base = ? AND result = ? AND repository = ?
                """),
            delegationsOfChange: database.prepare(
                """
                SELECT delegation FROM change WHERE base = ? AND result = ? AND repository = ?
                ORDER BY first_seen_at, delegation LIMIT ?
                """),
            anyChange: database.prepare("SELECT EXISTS (SELECT 1 FROM change)"),
            setState: database.prepare(
                "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
            ),
            state: database.prepare("SELECT value FROM state WHERE name = ?"),
            spent: database.prepare("SELECT commits, files, lines, bytes, pushes FROM spent WHERE delegation = ?"),
            setSpent: database.prepare(
                """
                INSERT INTO spent (delegation, commits, files, lines, bytes, pushes, entry) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (delegation) DO UPDATE SET commits = excluded.commits, files = excluded.files,
                    lines = excluded.lines, bytes = excluded.bytes, pushes = excluded.pushes, entry = excluded.entry
                """),
            spentFile: database.prepare(
                "SELECT 1 FROM spent_file WHERE delegation = ? AND repository = ? AND path = ?"),
            // Without a conflict clause: a path that is counted already was not to be counted again.
            addSpentFile: database.prepare(
                "INSERT INTO spent_file (delegation, repository, path, entry) VALUES (?, ?, ?, ?)"),
            index: database.prepare(
                """
                INSERT INTO about (kind, value, repository, entry) VALUES (?, ?, ?, ?)
                ON CONFLICT (kind, value, repository, entry) DO NOTHING
                """),
            // In one repository the rows lie in their order, and no more are read than are wanted.
            about: database.prepare(
                "SELECT entry FROM about WHERE kind = ? AND value = ? AND repository = ? ORDER BY entry DESC LIMIT ?"),
            aboutAnywhere: database.prepare(
                "SELECT DISTINCT entry FROM about WHERE kind = ? AND value = ? ORDER BY entry DESC LIMIT ?"),
            aboutRange: database.prepare(
                """
                SELECT DISTINCT value FROM about WHERE kind = ? AND value BETWEEN ? AND ? ORDER BY value LIMIT ?
                """),
            tile: database.prepare(TileTable.reading),
            addTile: database.prepare(TileTable.insertion),
            growTile: database.prepare(TileTable.growth),
            rawEntries: database.prepare(
                "SELECT sequence, kind, digest, bytes FROM entry WHERE sequence > ? ORDER BY sequence LIMIT 256"))
    }
}
