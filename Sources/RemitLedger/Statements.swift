/// Every statement that a ledger runs again and again, each compiled when it is first run.
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

    static func all(of database: borrowing Database) -> Statements {
        Statements(
            // The last key, not count(*), which would read the whole table; the tables have no gaps.
            count: database.statement("SELECT coalesce(max(sequence), 0) FROM entry"),
            appendEntry: database.statement(
                "INSERT INTO entry (sequence, kind, recorded_at, digest, bytes) VALUES (?, ?, ?, ?, ?)"),
            entries: database.statement(
                """
                SELECT sequence, kind, recorded_at, digest, bytes FROM entry
                WHERE sequence >= ? ORDER BY sequence LIMIT ?
                """),
            // The conflict clauses are on the keys alone: OR IGNORE would also pass over a missing value.
            storeInput: database.statement(
                "INSERT INTO input (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"),
            input: database.statement("SELECT bytes FROM input WHERE digest = ?"),
            recordSeen: database.statement(
                """
                INSERT INTO seen (commit_id, delegation, repository, ref, first_seen_at, entry)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (commit_id, delegation, repository) DO NOTHING
                """),
            firstSeen: database.statement(
                "SELECT ref, first_seen_at, entry FROM seen WHERE commit_id = ? AND delegation = ? AND repository = ?"),
            recordChange: database.statement(
                """
                INSERT INTO change (delegation, base, result, repository, ref, first_seen_at, entry)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (base, result, repository, delegation) DO NOTHING
                """),
            firstSeenChange: database.statement(
                """
                SELECT ref, first_seen_at, entry FROM change
                WHERE delegation = ? AND base = ? AND result = ? AND repository = ?
                """),
            delegationsOfChange: database.statement(
                """
                SELECT delegation FROM change WHERE base = ? AND result = ? AND repository = ?
                ORDER BY first_seen_at, delegation LIMIT ?
                """),
            anyChange: database.statement("SELECT EXISTS (SELECT 1 FROM change)"),
            setState: database.statement(
                "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
            ),
            state: database.statement("SELECT value FROM state WHERE name = ?"),
            spent: database.statement("SELECT commits, files, lines, bytes, pushes FROM spent WHERE delegation = ?"),
            setSpent: database.statement(
                """
                INSERT INTO spent (delegation, commits, files, lines, bytes, pushes, entry) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (delegation) DO UPDATE SET commits = excluded.commits, files = excluded.files,
                    lines = excluded.lines, bytes = excluded.bytes, pushes = excluded.pushes, entry = excluded.entry
                """),
            spentFile: database.statement(
                "SELECT 1 FROM spent_file WHERE delegation = ? AND repository = ? AND path = ?"),
            // Without a conflict clause: a path that is counted already was not to be counted again.
            addSpentFile: database.statement(
                "INSERT INTO spent_file (delegation, repository, path, entry) VALUES (?, ?, ?, ?)"),
            index: database.statement(
                """
                INSERT INTO about (kind, value, repository, entry) VALUES (?, ?, ?, ?)
                ON CONFLICT (kind, value, repository, entry) DO NOTHING
                """),
            // In one repository the rows lie in their order, and no more are read than are wanted.
            about: database.statement(
                "SELECT entry FROM about WHERE kind = ? AND value = ? AND repository = ? ORDER BY entry DESC LIMIT ?"),
            aboutAnywhere: database.statement(
                "SELECT DISTINCT entry FROM about WHERE kind = ? AND value = ? ORDER BY entry DESC LIMIT ?"),
            aboutRange: database.statement(
                """
                SELECT DISTINCT value FROM about WHERE kind = ? AND value BETWEEN ? AND ? ORDER BY value LIMIT ?
                """),
            tile: database.statement(TileTable.reading),
            addTile: database.statement(TileTable.insertion),
            growTile: database.statement(TileTable.growth),
            rawEntries: database.statement(
                "SELECT sequence, kind, digest, bytes FROM entry WHERE sequence > ? ORDER BY sequence LIMIT 256"))
    }
}
