package import RemitModel

/// What can be read and written while no other writer can: lent by a ledger for the length of one closure.
package struct LedgerTransaction: ~Copyable {
    let database: Database
    let statements: Statements

    init(_ database: consuming Database) throws(LedgerError) {
        statements = Statements.all(of: database)
        // A file without entries is no ledger, whatever its header says.
        try statements.appendEntry.compile()
        self.database = database
    }

    /// Appends an entry's exact bytes and returns its sequence.
    package func append(kind: EntryKind, at moment: Instant, bytes: [UInt8]) throws(LedgerError) -> Int64 {
        guard bytes.count <= Ledger.maximumEntryByteCount else {
            throw LedgerError(.entryTooLarge, "\(bytes.count) bytes, at most \(Ledger.maximumEntryByteCount)")
        }
        let sequence = try count() + 1
        try statements.appendEntry.run([
            .integer(sequence), .text(kind.rawValue), .integer(moment.seconds),
            .bytes(EvidenceDigest(of: bytes).bytes), .bytes(bytes),
        ])
        try addToTree(bytes, at: sequence - 1)
        _ = try raise(Self.latestMoment, to: moment.seconds)
        return sequence
    }

    /// Keeps an input once, however many entries name it.
    package func store(input: [UInt8]) throws(LedgerError) -> EvidenceDigest {
        guard input.count <= Ledger.maximumInputByteCount else {
            throw LedgerError(.inputTooLarge, "\(input.count) bytes, at most \(Ledger.maximumInputByteCount)")
        }
        let digest = EvidenceDigest(of: input)
        try statements.storeInput.run([.bytes(digest.bytes), .bytes(input)])
        return digest
    }

    /// Records that the decision `entry` allowed a commit under a delegation; an earlier record of it stands.
    package func recordSeen(
        repository: ByteString, delegation: RecordID, commit: ObjectID, ref: ByteString, at moment: Instant,
        entry: Int64
    ) throws(LedgerError) {
        try statements.recordSeen.run([
            .bytes(commit.bytes), .bytes(delegation.bytes), .bytes(repository.bytes), .bytes(ref.bytes),
            .integer(moment.seconds), .integer(entry),
        ])
    }

    /// Records that the decision `entry` allowed a change under a delegation; an earlier record of it stands.
    package func recordSeen(
        repository: ByteString, delegation: RecordID, change: TreeChange, ref: ByteString, at moment: Instant,
        entry: Int64
    ) throws(LedgerError) {
        try statements.recordChange.run([
            .bytes(delegation.bytes), .bytes(change.base.bytes), .bytes(change.result.bytes), .bytes(repository.bytes),
            .bytes(ref.bytes), .integer(moment.seconds), .integer(entry),
        ])
    }

    /// Sets a named value, such as the digest of what was last seen.
    package func setState(_ name: String, to value: [UInt8]) throws(LedgerError) {
        try statements.setState.run([.text(name), .bytes(value)])
    }

    /// Raises a named number and returns the highest ever given: a lower one changes nothing.
    ///
    /// This is how an authority that goes back to an older version is noticed.
    package func raise(_ name: String, to value: Int64) throws(LedgerError) -> Int64 {
        if let highest = try highest(name), highest >= value { return highest }
        try setState(name, to: BigEndian.bytes(of: value))
        return value
    }
}

extension LedgerTransaction {
    /// How many entries there are, which is the last one's sequence.
    package func count() throws(LedgerError) -> Int64 {
        try statements.count.first([]) { row in row.integer(0) } ?? 0
    }

    /// Entries in their order, at most `Ledger.maximumPageCount`, each checked against its digest and its place.
    package func entries(from first: Int64, limit: Int) throws(LedgerError) -> [LedgerEntry] {
        var expected = max(first, 1)
        let limit = Int64(max(0, min(limit, Ledger.maximumPageCount)))
        return try statements.entries.all([.integer(expected), .integer(limit)]) { row throws(LedgerError) in
            let sequence = row.integer(0)
            let bytes = row.bytes(4)
            let digest = EvidenceDigest(of: bytes)
            guard sequence == expected, let kind = EntryKind(rawValue: row.text(1)), row.bytes(3) == digest.bytes
            else { throw LedgerError(.corrupt, "entry \(expected) is missing or differs from its digest") }
            expected += 1
            return LedgerEntry(
                sequence: sequence, kind: kind, recordedAt: Instant(seconds: row.integer(2)), digest: digest,
                bytes: bytes)
        }
    }

    package func firstSeen(
        repository: ByteString, delegation: RecordID, commit: ObjectID
    ) throws(LedgerError) -> Seen? {
        try statements.firstSeen.first([
            .bytes(commit.bytes), .bytes(delegation.bytes), .bytes(repository.bytes),
        ]) { row in
            Seen(ref: ByteString(row.bytes(0)), at: Instant(seconds: row.integer(1)), entry: row.integer(2))
        }
    }

    package func firstSeen(
        repository: ByteString, delegation: RecordID, change: TreeChange
    ) throws(LedgerError) -> Seen? {
        try statements.firstSeenChange.first([
            .bytes(delegation.bytes), .bytes(change.base.bytes), .bytes(change.result.bytes), .bytes(repository.bytes),
        ]) { row in
            Seen(ref: ByteString(row.bytes(0)), at: Instant(seconds: row.integer(1)), entry: row.integer(2))
        }
    }

    /// The delegations under which allowed decisions have seen a change, the earliest first; at most so many.
    package func delegations(
        of change: TreeChange, in repository: ByteString, limit: Int
    ) throws(LedgerError) -> [RecordID] {
        let found = try statements.delegationsOfChange.all([
            .bytes(change.base.bytes), .bytes(change.result.bytes), .bytes(repository.bytes), .integer(Int64(limit)),
        ]) { row in row.bytes(0) }
        var ids: [RecordID] = []
        for bytes in found {
            guard let id = RecordID(bytes: bytes) else {
                throw LedgerError(.corrupt, "a change is recorded under what is no delegation's digest")
            }
            ids.append(id)
        }
        return ids
    }

    /// Whether any change has been seen at all.
    package func hasChanges() throws(LedgerError) -> Bool {
        try statements.anyChange.first([]) { row in row.integer(0) } == 1
    }

    /// The input with this digest; checked against it, so that what is returned is what was judged.
    package func input(_ digest: EvidenceDigest) throws(LedgerError) -> [UInt8]? {
        let stored = try statements.input.first([.bytes(digest.bytes)]) { row in row.bytes(0) }
        guard let stored else { return nil }
        guard EvidenceDigest(of: stored) == digest else {
            throw LedgerError(.corrupt, "input \(digest) differs from its digest")
        }
        return stored
    }

    package func state(_ name: String) throws(LedgerError) -> [UInt8]? {
        try statements.state.first([.text(name)]) { row in row.bytes(0) }
    }

    /// The highest number that `raise` was given under this name.
    package func highest(_ name: String) throws(LedgerError) -> Int64? {
        guard let bytes = try state(name) else { return nil }
        guard let value = BigEndian.integer(bytes) else { throw LedgerError(.corrupt, "state \(name) is no number") }
        return value
    }
}
