import RemitModel

extension LedgerTransaction {
    /// Deletes inputs; what is gone already is no fault.
    package func erase(inputs digests: some Sequence<EvidenceDigest>) throws(LedgerError) {
        let statement = try database.prepare("DELETE FROM input WHERE digest = ?")
        for digest in digests { try statement.run([.bytes(digest.bytes)]) }
    }

    /// Takes names out of the rows beside some entries: of refs, by which they are found no more.
    ///
    /// That a commit or a change was seen, and what was spent, stays: it says by ids and digests what has been used up,
    /// and what may still land. So does the index by ids, so that an entry that was erased is still found.
    package func eraseNames(besides entries: some Sequence<ClosedRange<Int64>>) throws(LedgerError) {
        // Nothing but this may change these rows; a transaction that fails leaves the triggers as they were.
        try database.execute("DROP TRIGGER seen_never_updated; DROP TRIGGER change_never_updated;")
        let statements = [
            "DELETE FROM about WHERE entry BETWEEN ? AND ? AND kind IN ('ref', 'update')",
            "UPDATE seen SET ref = x'' WHERE entry BETWEEN ? AND ?",
            "UPDATE change SET ref = x'' WHERE entry BETWEEN ? AND ?",
        ]
        for text in statements {
            let statement = try database.prepare(text)
            for range in entries { try statement.run([.integer(range.lowerBound), .integer(range.upperBound)]) }
        }
        try database.execute(Schema.seenNeverUpdated + Schema.changeNeverUpdated)
    }
}

extension Ledger {
    /// Has deleted bytes overwritten with zeros from now on.
    package func overwriteDeleted() throws(LedgerError) {
        // It answers with the new setting.
        _ = try session.database.integer("PRAGMA secure_delete = ON")
    }

    /// Rewrites the file without what was deleted, and empties the write-ahead log, which still has it.
    ///
    /// SQLite leaves copies of deleted rows in pages that it has rearranged, secure_delete or not; only a file that is
    /// written anew is free of them. Others wait meanwhile. It takes the room of another copy of the ledger.
    package func compact() throws(LedgerError) {
        try session.database.execute("VACUUM")
        // The first column tells whether somebody was in the way.
        guard try session.database.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0 else {
            throw LedgerError(.busy, "somebody reads it, so that its write-ahead log cannot be emptied")
        }
    }

    /// How many inputs hold these bytes.
    package func count(ofInputsHolding bytes: [UInt8]) throws(LedgerError) -> Int {
        let statement = try session.database.prepare("SELECT count(*) FROM input WHERE instr(bytes, ?) > 0")
        return Int(try statement.first([.bytes(bytes)]) { row in row.integer(0) } ?? 0)
    }
}
