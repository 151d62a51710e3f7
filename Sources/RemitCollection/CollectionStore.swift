package import RemitEvidence
package import RemitLedger
package import RemitModel

/// A collection as a store of evidence: entries are named by their log and their place in it.
package final class CollectionStore: EvidenceStore {
    private let collection: Collection
    private var connection: PostgresConnection { collection.connection }

    package init(_ collection: Collection) {
        self.collection = collection
    }

    package func logs() throws(EvidenceError) -> [String] {
        try EvidenceError.asking(collection) { () throws(CollectionError) in try collection.logs().map(\.name) }
    }

    package func entry(_ name: Trace.Entry) throws(EvidenceError) -> LedgerEntry? {
        let found = try entries(in: name.log, after: name.sequence - 1, limit: 1).first
        return found?.sequence == name.sequence ? found : nil
    }

    package func entries(
        in log: String, after sequence: Int64, limit: Int
    ) throws(EvidenceError) -> [LedgerEntry] {
        guard limit > 0, sequence < Int64.max else { return [] }
        return try EvidenceError.asking(collection) { () throws(CollectionError) in
            let found = try connection.run(
                """
                SELECT e.sequence, e.kind, e.recorded_at, e.bytes,
                    (SELECT substring(b.leaves, ((e.sequence - b.first) * 32 + 1)::integer, 32) FROM remit.batch AS b
                        WHERE b.log = e.log AND b.last >= e.sequence ORDER BY b.last LIMIT 1)
                FROM remit.entry AS e JOIN remit.log AS l ON l.id = e.log
                WHERE l.name = $1 AND e.sequence > $2 ORDER BY e.sequence LIMIT $3
                """,
                [
                    .text(log), .integer(max(sequence, 0)),
                    .integer(Int64(min(limit, Ledger.maximumPageCount))),
                ])
            var entries: [LedgerEntry] = []
            for row in 0..<found.count {
                let (expected, bytes) = (max(sequence, 0) + 1 + Int64(row), try found.bytes(row, 3))
                guard try found.integer(row, 0) == expected, let kind = EntryKind(rawValue: try found.text(row, 1)),
                    found.optionalBytes(row, 4) == TreeHash.leaf(bytes).bytes
                else {
                    throw CollectionError(
                        .corrupt, "entry \(expected) of log '\(log)' is missing, or is not the one that was collected")
                }
                entries.append(
                    LedgerEntry(
                        sequence: expected, kind: kind, recordedAt: Instant(seconds: try found.integer(row, 2)),
                        digest: EvidenceDigest(of: bytes), bytes: bytes))
            }
            return entries
        }
    }

    package func entries(about subject: Subject, limit: Int) throws(EvidenceError) -> [Trace.Entry] {
        try EvidenceError.asking(collection) { () throws(CollectionError) in
            let found = try connection.run(
                """
                SELECT l.name, f.entry FROM (
                    SELECT DISTINCT recorded_at, log, entry FROM remit.about
                    WHERE kind = $1 AND substring(value, 1, 256) = substring($2, 1, 256) AND value = $2
                        AND ($3::bytea IS NULL OR repository = $3)
                    ORDER BY recorded_at DESC, log DESC, entry DESC LIMIT $4
                ) AS f JOIN remit.log AS l ON l.id = f.log
                ORDER BY f.recorded_at DESC, f.log DESC, f.entry DESC
                """,
                [
                    .text(subject.kind.rawValue), .bytes(subject.value.bytes),
                    subject.repository.map { .bytes($0.bytes) } ?? .null, .integer(Int64(max(0, limit))),
                ])
            var names: [Trace.Entry] = []
            for row in 0..<found.count {
                names.append(Trace.Entry(log: try found.text(row, 0), sequence: try found.integer(row, 1)))
            }
            return names
        }
    }

    package func values(
        of kind: Subject.Kind, from first: ByteString, through last: ByteString, limit: Int
    ) throws(EvidenceError) -> [ByteString] {
        try EvidenceError.asking(collection) { () throws(CollectionError) in
            let found = try connection.run(
                """
                SELECT DISTINCT value FROM remit.about
                WHERE kind = $1 AND substring(value, 1, 256) BETWEEN substring($2, 1, 256) AND substring($3, 1, 256)
                    AND value BETWEEN $2 AND $3
                ORDER BY value LIMIT $4
                """,
                [
                    .text(kind.rawValue), .bytes(first.bytes), .bytes(last.bytes), .integer(Int64(max(0, limit))),
                ])
            var values: [ByteString] = []
            for row in 0..<found.count { values.append(ByteString(try found.bytes(row, 0))) }
            return values
        }
    }

    package func input(_ digest: EvidenceDigest) throws(EvidenceError) -> [UInt8]? {
        try EvidenceError.asking(collection) { () throws(CollectionError) in try collection.input(digest) }
    }
}

extension EvidenceError {
    /// Asks a collection, its fault told as the evidence's own.
    fileprivate static func asking<Value>(
        _ collection: Collection, _ body: () throws(CollectionError) -> Value
    ) throws(EvidenceError) -> Value {
        do throws(CollectionError) {
            return try body()
        } catch {
            throw EvidenceError("the collection \(collection.place) cannot be read: \(error.statement)")
        }
    }
}
