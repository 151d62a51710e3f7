package import RemitLedger
import RemitModel

/// Ships one server's ledger into a collection, as far as its signed checkpoint reaches.
///
/// Before anything is written, everything new is read once: with what was collected earlier it must make the root that is
/// signed. Then it is read again and written batch by batch, each of which must come to the same tree as before; so what
/// stands in the collection has been under a signed root at every moment.
package struct Collector {
    /// A ledger that is to be collected.
    package struct Source {
        /// What it is called in messages.
        let path: String
        /// The newest checkpoint that was published of it.
        let note: SignedNote
        /// The key that signs it.
        package let key: NoteKey

        package init(path: String, note: SignedNote, key: NoteKey) {
            self.path = path
            self.note = note
            self.key = key
        }
    }

    /// What came of it.
    package struct Collected: Hashable, Sendable {
        package let log: String
        package internal(set) var entries: Int64 = 0
        package internal(set) var inputs = 0
        /// Inputs that new entries name and that the ledger does not have any more.
        package internal(set) var erased = 0
        /// How many entries of the log the collection has now.
        package internal(set) var total: Int64 = 0
    }

    /// How far it has come.
    package enum Progress: Hashable, Sendable {
        /// Somebody else collects this log; we wait.
        case waiting
        case read(Int64, of: Int64)
        case shipped(Int64, of: Int64)
    }

    let collection: Collection
    let source: Source
    private let progress: (Progress) -> Void

    package init(
        _ source: Source, into collection: Collection, progress: @escaping (Progress) -> Void = { _ in }
    ) {
        self.source = source
        self.collection = collection
        self.progress = progress
    }

    package func collect(_ ledger: borrowing Ledger) throws(CollectionError) -> Collected {
        let head = try signedHead()
        try lock(head.origin)
        let collected: Collected
        do throws(CollectionError) {
            collected = try collectLocked(head, ledger)
        } catch {
            // The lock goes with the connection at the latest.
            do { try unlock(head.origin) } catch {}
            throw error
        }
        try unlock(head.origin)
        return collected
    }

    private func collectLocked(
        _ head: Checkpoint, _ ledger: borrowing Ledger
    ) throws(CollectionError) -> Collected {
        let known = try collection.log(named: head.origin)
        if let known { try requireSameKey(known) }
        let range = if let known { try collectedRange(of: known) } else { CompactRange() }
        try requireContinuation(of: range, known, by: head, ledger)
        if let known, head.size < range.size { return try nothing(of: known, range.size, head, ledger) }
        let plan = try plan(after: range, to: head, ledger)
        let log = if let known { known } else { try collection.add(head.origin, source.key) }
        var collected = Collected(log: head.origin)
        var shipping = Shipping(source, to: log, of: collection, after: range)
        try source.asking { () throws(LedgerError) in
            try ledger.prepareIndexLines(after: range.size, through: head.size)
        }
        for expected in plan {
            let isLast = expected.size == head.size
            try shipping.ship(through: expected, checkpoint: isLast ? (source.note, head) : nil, ledger)
            progress(.shipped(expected.size, of: head.size))
        }
        if plan.isEmpty { try collection.add(source.note, head, to: log) }
        collected.entries = head.size - range.size
        collected.inputs = shipping.inputs
        collected.erased = shipping.erased
        collected.total = head.size
        return collected
    }

    // MARK: What is new

    /// The trees after each batch that is to be written, the last of which is the one that is signed.
    private func plan(
        after range: CompactRange, to head: Checkpoint, _ ledger: borrowing Ledger
    ) throws(CollectionError) -> [BatchEnd] {
        var range = range
        var ends: [BatchEnd] = []
        var tile: (number: Int64, hashes: [TreeHash]) = (-1, [])
        while range.size < head.size {
            let last = min(head.size, range.size + Int64(Collection.batchCount))
            for entry in try source.entries(after: range.size, through: last, ledger) {
                let leaf = TreeHash.leaf(entry.bytes)
                let (number, place) = (range.size / Tile.width, Int(range.size % Tile.width))
                if tile.number != number {
                    tile = (
                        number,
                        try source.asking { () throws(LedgerError) in try ledger.tile(level: 0, number: number) }
                    )
                }
                guard tile.hashes.indices.contains(place), tile.hashes[place] == leaf else {
                    throw CollectionError(
                        .ledger,
                        "entry \(entry.sequence) of log '\(head.origin)' in the ledger '\(source.path)' is not the one in its "
                            + "tree")
                }
                range.append(leaf)
            }
            ends.append(BatchEnd(size: range.size, root: range.root))
            progress(.read(range.size, of: head.size))
        }
        guard range.root == head.root else { throw otherRoot(head) }
        return ends
    }

    // MARK: One at a time

    /// Held until the connection ends at the latest, so that nobody else ships the same log meanwhile.
    private func lock(_ name: String) throws(CollectionError) {
        let tried = try collection.connection.run(
            "SELECT pg_try_advisory_lock(hashtextextended('remit.log ' || $1, 0))", [.text(name)])
        guard try tried.integer(0, 0) == 0 else { return }
        progress(.waiting)
        do throws(CollectionError) {
            _ = try collection.connection.run(
                "SELECT pg_advisory_lock(hashtextextended('remit.log ' || $1, 0))", [.text(name)])
        } catch {
            guard error.code == .busy else { throw error }
            throw CollectionError(.busy, "somebody else collects the log '\(name)' and has not finished")
        }
    }

    private func unlock(_ name: String) throws(CollectionError) {
        _ = try collection.connection.run(
            "SELECT pg_advisory_unlock(hashtextextended('remit.log ' || $1, 0))", [.text(name)])
    }
}

/// The tree up to the end of a batch, as it was when everything was read first.
struct BatchEnd: Hashable {
    let size: Int64
    let root: TreeHash
}

extension Collector.Source {
    /// Asks the ledger, its fault told with its path.
    func asking<Value>(_ body: () throws(LedgerError) -> Value) throws(CollectionError) -> Value {
        do throws(LedgerError) {
            return try body()
        } catch {
            throw CollectionError(.ledger, "the ledger '\(path)': \(error.code.rawValue): \(error.reason)")
        }
    }

    /// Entries that follow each other without a gap, up to `last`.
    func entries(
        after sequence: Int64, through last: Int64, _ ledger: borrowing Ledger
    ) throws(CollectionError) -> [LedgerEntry] {
        let found = try asking { () throws(LedgerError) in
            try ledger.entries(from: sequence + 1, limit: Int(last - sequence))
        }
        guard Int64(found.count) == last - sequence else {
            throw CollectionError(
                .ledger, "the ledger '\(path)' ends before entry \(sequence + Int64(found.count) + 1)")
        }
        return found
    }
}
