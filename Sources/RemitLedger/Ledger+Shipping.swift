package import RemitModel

/// One line of the index: what an entry is about, as it stands in the file.
package struct IndexLine: Hashable, Sendable {
    package let entry: Int64
    package let kind: String
    package let value: ByteString
    package let repository: ByteString

    package init(entry: Int64, kind: String, value: ByteString, repository: ByteString) {
        self.entry = entry
        self.kind = kind
        self.value = value
        self.repository = repository
    }

    package init(entry: Int64, _ subject: Subject) {
        self.init(
            entry: entry, kind: subject.kind.rawValue, value: subject.value,
            repository: subject.repository ?? ByteString([]))
    }

    /// Every part after its length, so that no two lines have the same bytes.
    package var bytes: [UInt8] {
        BigEndian.bytes(of: entry)
            + [Array(kind.utf8), value.bytes, repository.bytes].flatMap { BigEndian.bytes(of: Int64($0.count)) + $0 }
    }
}

extension Ledger {
    /// How many lines of the index one call returns at most.
    package static let maximumLineCount = 4096

    /// Sorts the index of the entries after one by entries, in a file of this connection's own: by entry it cannot be
    /// looked up, and one pass over it does for any number of calls of `indexLines`.
    package func prepareIndexLines(after entry: Int64, through last: Int64) throws(LedgerError) {
        try session.database.execute("DROP TABLE IF EXISTS temp.line")
        try session.database.execute(
            """
            CREATE TABLE temp.line (
                number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, kind TEXT NOT NULL, value BLOB NOT NULL,
                repository BLOB NOT NULL) STRICT
            """)
        let filling = try session.database.prepare(
            """
            INSERT INTO temp.line (entry, kind, value, repository)
                SELECT entry, kind, value, repository FROM main.about WHERE entry > ? AND entry <= ?
                ORDER BY entry, kind, value, repository
            """)
        try filling.run([.integer(entry), .integer(last)])
    }

    /// The next prepared lines after one with this number, 0 being before the first, as far as they are about entries up
    /// to `last`; at most `maximumLineCount`.
    package func indexLines(
        after number: Int64, through last: Int64
    ) throws(LedgerError) -> (lines: [IndexLine], number: Int64) {
        let statement = try session.database.prepare(
            """
            SELECT entry, kind, value, repository FROM temp.line
            WHERE number > ? AND entry <= ? ORDER BY number LIMIT \(Self.maximumLineCount)
            """)
        let lines = try statement.all([.integer(number), .integer(last)]) { row in
            IndexLine(
                entry: row.integer(0), kind: row.text(1), value: ByteString(row.bytes(2)),
                repository: ByteString(row.bytes(3)))
        }
        return (lines, number + Int64(lines.count))
    }
}
