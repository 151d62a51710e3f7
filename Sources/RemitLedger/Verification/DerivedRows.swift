package import RemitModel

/// Rows that were derived from an entry when it was appended: what is looked up and counted by, and no leaf of the tree.
extension Ledger {
    /// What entries are said to be about, in the order of the entries; `nil` for a subject of no known kind.
    package func eachSubject(
        _ body: (_ entry: Int64, Subject?) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let rows = try session.database.prepare("SELECT entry, kind, value, repository FROM about ORDER BY entry")
        try rows.each([]) { row throws(LedgerError) in
            let kind = Subject.Kind(rawValue: row.text(1))
            try body(
                row.integer(0), kind.map { Subject($0, ByteString(row.bytes(2)), in: ByteString(row.bytes(3))) })
        }
    }

    /// Which commits are said to have been seen, in the order of the entries that allowed them.
    package func eachSeenCommit(
        _ body: (SeenCommit) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let rows = try session.database.prepare(
            "SELECT entry, commit_id, delegation, repository, ref, first_seen_at FROM seen ORDER BY entry")
        try rows.each([]) { row throws(LedgerError) in
            try body(
                SeenCommit(
                    commit: ObjectID(bytes: row.bytes(1)), delegation: RecordID(bytes: row.bytes(2)),
                    repository: ByteString(row.bytes(3)),
                    seen: Seen(
                        ref: ByteString(row.bytes(4)), at: Instant(seconds: row.integer(5)), entry: row.integer(0))))
        }
    }

    /// Which changes are said to have been seen under which delegations, in the order of the entries.
    package func eachSeenChange(
        _ body: (_ delegation: RecordID?, _ repository: ByteString, Seen) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let rows = try session.database.prepare(
            "SELECT entry, delegation, repository, ref, first_seen_at FROM change ORDER BY entry")
        try rows.each([]) { row throws(LedgerError) in
            try body(
                RecordID(bytes: row.bytes(1)), ByteString(row.bytes(2)),
                Seen(ref: ByteString(row.bytes(3)), at: Instant(seconds: row.integer(4)), entry: row.integer(0)))
        }
    }

    /// Every delegation that something was taken out of.
    package func delegationsSpent() throws(LedgerError) -> [RecordID] {
        try session.database.prepare("SELECT delegation FROM spent ORDER BY delegation")
            .all([]) { row in RecordID(bytes: row.bytes(0)) }
            .compactMap(\.self)
    }
}

/// That a commit is said to have been part of an allowed decision under a delegation; `nil` is what is no id.
package struct SeenCommit: Hashable, Sendable {
    package let commit: ObjectID?
    package let delegation: RecordID?
    package let repository: ByteString
    package let seen: Seen
}
