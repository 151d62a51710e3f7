import RemitLedger
import RemitModel

/// An entry's row as it stands in the database, beside the hash under which it was collected.
struct CollectedRow {
    let sequence: Int64
    let kind: String
    let recordedAt: Int64
    let bytes: [UInt8]
}

/// What was collected at once: entries that follow each other, their hashes, and the tree up to the last of them.
struct CollectedBatch {
    let first: Int64
    let last: Int64
    let leaves: [TreeHash]
    /// The tree over all entries up to the last.
    let range: CompactRange
    /// What `LineDigest` makes of the index lines of its entries.
    let lines: [UInt8]
}

/// One digest over lines of the index in their order.
struct LineDigest {
    private(set) var bytes = EvidenceDigest(of: []).bytes

    mutating func add(_ line: IndexLine) { bytes = EvidenceDigest(of: bytes + line.bytes).bytes }
}

extension Collection {
    /// How many entries are collected at once at most.
    static let batchCount = 256

    /// The rows of a log's entries in a range, in their order.
    func rows(of log: Log, from first: Int64, through last: Int64) throws(CollectionError) -> [CollectedRow] {
        let found = try connection.run(
            """
            SELECT sequence, kind, recorded_at, bytes FROM remit.entry
            WHERE log = $1 AND sequence BETWEEN $2 AND $3 ORDER BY sequence LIMIT 1024
            """, [.integer(log.id), .integer(first), .integer(last)])
        var rows: [CollectedRow] = []
        for row in 0..<found.count {
            rows.append(
                CollectedRow(
                    sequence: try found.integer(row, 0), kind: try found.text(row, 1),
                    recordedAt: try found.integer(row, 2), bytes: try found.bytes(row, 3)))
        }
        return rows
    }

    /// The batches of a log that end after an entry, in their order; at most so many.
    func batches(of log: Log, after last: Int64, limit: Int) throws(CollectionError) -> [CollectedBatch] {
        let found = try connection.run(
            """
            SELECT first, last, leaves, peaks, lines FROM remit.batch WHERE log = $1 AND last > $2 ORDER BY last LIMIT $3
            """, [.integer(log.id), .integer(last), .integer(Int64(limit))])
        return try Self.batches(found, log)
    }

    /// The newest batches of a log, the newest first.
    func newestBatches(of log: Log, limit: Int) throws(CollectionError) -> [CollectedBatch] {
        let found = try connection.run(
            "SELECT first, last, leaves, peaks, lines FROM remit.batch WHERE log = $1 ORDER BY last DESC LIMIT $2",
            [.integer(log.id), .integer(Int64(limit))])
        return try Self.batches(found, log)
    }

    private static func batches(_ found: PostgresRows, _ log: Log) throws(CollectionError) -> [CollectedBatch] {
        var batches: [CollectedBatch] = []
        for row in 0..<found.count {
            let (first, last) = (try found.integer(row, 0), try found.integer(row, 1))
            guard last >= first, last - first < Int64(batchCount),
                let leaves = TreeHash.list(try found.bytes(row, 2)), Int64(leaves.count) == last - first + 1,
                let peaks = TreeHash.list(try found.bytes(row, 3)), let range = CompactRange(size: last, hashes: peaks)
            else {
                throw CollectionError(
                    .corrupt, "what was collected of entries \(first) to \(last) of log '\(log.name)' is no batch")
            }
            batches.append(
                CollectedBatch(first: first, last: last, leaves: leaves, range: range, lines: try found.bytes(row, 4)))
        }
        return batches
    }

    /// What the index says of a range of entries, in the order of `Ledger.indexLines`, `body` being shown line by line.
    func eachLine(
        of log: Log, from first: Int64, through last: Int64,
        _ body: (IndexLine) throws(CollectionError) -> Void
    ) throws(CollectionError) {
        let pageCount = 4096
        var offset = 0
        while true {
            let found = try connection.run(
                """
                SELECT entry, kind, value, repository FROM remit.about WHERE log = $1 AND entry BETWEEN $2 AND $3
                ORDER BY entry, kind, value, repository OFFSET $4 LIMIT $5
                """,
                [
                    .integer(log.id), .integer(first), .integer(last), .integer(Int64(offset)),
                    .integer(Int64(pageCount)),
                ])
            for row in 0..<found.count {
                try body(
                    IndexLine(
                        entry: try found.integer(row, 0), kind: try found.text(row, 1),
                        value: ByteString(try found.bytes(row, 2)), repository: ByteString(try found.bytes(row, 3))))
            }
            guard found.count == pageCount else { return }
            offset += pageCount
        }
    }

    /// How many digests are asked for at once, and how many bytes one answer holds where no input alone is longer.
    private static let askedAtMost = 4096
    private static let answeredAtMost: Int64 = 8 * 1024 * 1024

    /// Those of these inputs that are there, and their lengths.
    private func lengths(_ digests: [EvidenceDigest]) throws(CollectionError) -> [(
        digest: EvidenceDigest, bytes: Int64
    )] {
        var lengths: [(EvidenceDigest, Int64)] = []
        var start = 0
        while start < digests.count {
            let asked = digests[start..<min(digests.count, start + Self.askedAtMost)]
            start += asked.count
            let found = try connection.run(
                "SELECT digest, octet_length(bytes)::bigint FROM remit.input WHERE digest = ANY ($1::bytea[])",
                [.byteStrings(asked.map(\.bytes))])
            for row in 0..<found.count {
                if let digest = EvidenceDigest(bytes: try found.bytes(row, 0)) {
                    lengths.append((digest, try found.integer(row, 1)))
                }
            }
        }
        return lengths
    }

    /// Those of these inputs that are there.
    func present(_ digests: [EvidenceDigest]) throws(CollectionError) -> Set<EvidenceDigest> {
        Set(try lengths(digests).map(\.digest))
    }

    /// Shows those of these inputs that are there, as they are: their digests are for whoever looks to check.
    func eachInput(
        of digests: [EvidenceDigest], _ body: (EvidenceDigest, [UInt8]) throws(CollectionError) -> Void
    ) throws(CollectionError) {
        var rest = try lengths(digests)[...]
        while let first = rest.first {
            var (group, size) = ([first.digest], first.bytes)
            rest = rest.dropFirst()
            while let next = rest.first, size + next.bytes <= Self.answeredAtMost {
                group.append(next.digest)
                size += next.bytes
                rest = rest.dropFirst()
            }
            let found = try connection.run(
                "SELECT digest, bytes FROM remit.input WHERE digest = ANY ($1::bytea[])",
                [.byteStrings(group.map(\.bytes))])
            for row in 0..<found.count {
                if let digest = EvidenceDigest(bytes: try found.bytes(row, 0)) {
                    try body(digest, try found.bytes(row, 1))
                }
            }
        }
    }
}
