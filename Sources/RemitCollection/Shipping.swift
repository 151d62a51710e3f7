import RemitLedger
import RemitModel

/// Writes the entries of one ledger into a collection, batch by batch.
struct Shipping {
    let collection: Collection
    let log: Collection.Log
    let source: Collector.Source
    /// The tree over everything that is written.
    private(set) var range: CompactRange
    private(set) var inputs = 0
    private(set) var erased = 0
    /// The last of the prepared lines of the index that was written.
    private var line: Int64 = 0
    /// Inputs that need not be asked for again.
    private var known: Set<EvidenceDigest> = []

    /// How many digests are remembered.
    private static let knownAtMost = 262_144
    /// How many bytes of inputs are sent in one statement, where one alone is not larger.
    private static let sentAtMost = 8 * 1024 * 1024

    init(_ source: Collector.Source, to log: Collection.Log, of collection: Collection, after range: CompactRange) {
        self.source = source
        self.log = log
        self.collection = collection
        self.range = range
    }

    private var connection: PostgresConnection { collection.connection }

    /// Writes the entries up to the end of a batch; with the checkpoint that signs them, where they are the last.
    mutating func ship(
        through end: BatchEnd, checkpoint: (note: SignedNote, head: Checkpoint)?, _ ledger: borrowing Ledger
    ) throws(CollectionError) {
        let entries = try source.entries(after: range.size, through: end.size, ledger)
        var range = range
        for entry in entries { range.append(.leaf(entry.bytes)) }
        guard range.root == end.root else {
            throw CollectionError(
                .ledger, "the ledger '\(source.path)' was changed while it was read, before entry \(end.size + 1)")
        }
        // First and by themselves: should the rest fail, they name nothing and harm nobody.
        try shipInputs(of: entries, ledger)
        let (first, written) = (self.range.size, line)
        var line = written
        try connection.transaction { () throws(CollectionError) in
            guard try collection.lastEntry(of: log) == first else {
                throw CollectionError(.busy, "somebody else collects the log '\(log.name)' at the same time")
            }
            try write(entries)
            let lines = try writeLines(of: entries, after: &line, ledger)
            try write(entries, range, lines)
            if let checkpoint { try collection.add(checkpoint.note, checkpoint.head, to: log) }
        }
        self.range = range
        self.line = line
    }

    private func write(_ entries: [LedgerEntry]) throws(CollectionError) {
        _ = try connection.run(
            """
            INSERT INTO remit.entry (log, sequence, kind, recorded_at, bytes)
            SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bytea[])
            """,
            [
                .integer(log.id), .integers(entries.map(\.sequence)), .texts(entries.map(\.kind.rawValue)),
                .integers(entries.map(\.recordedAt.seconds)), .byteStrings(entries.map(\.bytes)),
            ])
    }

    private func write(
        _ entries: [LedgerEntry], _ range: CompactRange, _ lines: LineDigest
    ) throws(CollectionError) {
        let first = range.size - Int64(entries.count) + 1
        _ = try connection.run(
            "INSERT INTO remit.batch (log, first, last, leaves, peaks, lines) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .integer(log.id), .integer(first), .integer(range.size),
                .bytes(entries.flatMap { TreeHash.leaf($0.bytes).bytes }), .bytes(range.bytes), .bytes(lines.bytes),
            ])
    }

    /// What the ledger says that these entries are about.
    private func writeLines(
        of entries: [LedgerEntry], after line: inout Int64, _ ledger: borrowing Ledger
    ) throws(CollectionError) -> LineDigest {
        guard let first = entries.first, let last = entries.last else { return LineDigest() }
        var digest = LineDigest()
        while true {
            let from = line
            let page = try source.asking { () throws(LedgerError) in
                try ledger.indexLines(after: from, through: last.sequence)
            }
            guard !page.lines.isEmpty else { return digest }
            for line in page.lines { digest.add(line) }
            _ = try connection.run(
                """
                INSERT INTO remit.about (log, entry, recorded_at, kind, value, repository)
                SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[])
                """,
                [
                    .integer(log.id), .integers(page.lines.map(\.entry)),
                    .integers(page.lines.map { entries[Int($0.entry - first.sequence)].recordedAt.seconds }),
                    .texts(page.lines.map(\.kind)), .byteStrings(page.lines.map(\.value.bytes)),
                    .byteStrings(page.lines.map(\.repository.bytes)),
                ])
            line = page.number
        }
    }

    // MARK: Inputs

    /// Everything that the entries rest on: their manifests, and what those name.
    private mutating func shipInputs(
        of entries: [LedgerEntry], _ ledger: borrowing Ledger
    ) throws(CollectionError) {
        if known.count > Self.knownAtMost { known = [] }
        var named: [EvidenceDigest] = []
        try ship(entries.flatMap { EvidenceReferences.manifests(of: $0.bytes) }, ledger) { manifest in
            named += EvidenceReferences.inputs(of: manifest)
        }
        try ship(named, ledger) { _ in }
    }

    /// Writes those of these inputs that the collection lacks; `body` is shown each that the ledger has.
    private mutating func ship(
        _ digests: [EvidenceDigest], _ ledger: borrowing Ledger, _ body: ([UInt8]) -> Void
    ) throws(CollectionError) {
        // In order, so that two collectors with inputs in common never wait for each other.
        let new = Set(digests).subtracting(known).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        let present = try collection.present(new)
        var (group, size): ([(EvidenceDigest, [UInt8])], Int) = ([], 0)
        for digest in new {
            known.insert(digest)
            guard let bytes = try source.asking({ () throws(LedgerError) in try ledger.input(digest) }) else {
                if !present.contains(digest) { erased += 1 }
                continue
            }
            body(bytes)
            guard !present.contains(digest) else { continue }
            if size + bytes.count > Self.sentAtMost, !group.isEmpty {
                inputs += try collection.add(group)
                (group, size) = ([], 0)
            }
            group.append((digest, bytes))
            size += bytes.count
        }
        if !group.isEmpty { inputs += try collection.add(group) }
    }
}

extension Collection {
    /// The sequence of the last entry of a log, or 0.
    func lastEntry(of log: Log) throws(CollectionError) -> Int64 {
        try connection.run("SELECT coalesce(max(sequence), 0) FROM remit.entry WHERE log = $1", [.integer(log.id)])
            .integer(0, 0)
    }

    /// Adds a log, unless somebody else has just done so.
    func add(_ name: String, _ key: NoteKey) throws(CollectionError) -> Log {
        _ = try connection.run(
            "INSERT INTO remit.log (name, key) VALUES ($1, $2) ON CONFLICT DO NOTHING", [.text(name), .text(key.text)])
        guard let log = try log(named: name), log.key == key else {
            throw CollectionError(.key, "the log '\(name)' was just added to the collection under another key")
        }
        return log
    }

    func add(_ note: SignedNote, _ head: Checkpoint, to log: Log) throws(CollectionError) {
        _ = try connection.run(
            """
            INSERT INTO remit.checkpoint (log, size, digest, note) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """,
            [
                .integer(log.id), .integer(head.size), .bytes(EvidenceDigest(of: note.bytes).bytes), .bytes(note.bytes),
            ])
    }

    /// Adds inputs, each once; gives how many were new.
    func add(_ inputs: [(EvidenceDigest, [UInt8])]) throws(CollectionError) -> Int {
        try connection.run(
            """
            INSERT INTO remit.input (digest, bytes) SELECT * FROM unnest($1::bytea[], $2::bytea[])
            ON CONFLICT (digest) DO NOTHING
            """, [.byteStrings(inputs.map(\.0.bytes)), .byteStrings(inputs.map(\.1))]
        ).written
    }
}
