import RemitLedger
import RemitModel

/// What a ledger must agree with before anything of it is written.
extension Collector {
    /// Somebody else has collected more since the checkpoint was read, and the ledger agrees with both.
    func nothing(
        of log: Collection.Log, _ total: Int64, _ head: Checkpoint, _ ledger: borrowing Ledger
    ) throws(CollectionError) -> Collected {
        guard try source.asking({ () throws(LedgerError) in try ledger.root(size: head.size) }) == head.root else {
            throw otherRoot(head)
        }
        var collected = Collected(log: log.name)
        collected.total = total
        return collected
    }

    /// What the checkpoint says, when the log's key has signed it.
    func signedHead() throws(CollectionError) -> Checkpoint {
        let words = "the published checkpoint of the ledger '\(source.path)'"
        let head: Checkpoint
        let isSigned: Bool
        do throws(NoteError) {
            head = try Checkpoint(text: source.note.text)
            isSigned = try !source.note.signers(among: [source.key]).isEmpty
        } catch {
            throw CollectionError(.ledger, "\(words): \(error)")
        }
        guard head.origin == source.key.name else {
            throw CollectionError(.key, "\(words) is of the log '\(head.origin)', not of '\(source.key.name)'")
        }
        guard isSigned else { throw CollectionError(.key, "\(words) is not signed by \(source.key.text)") }
        return head
    }

    func requireSameKey(_ known: Collection.Log) throws(CollectionError) {
        guard known.key != source.key else { return }
        throw CollectionError(
            .key,
            "the ledger '\(source.path)' says that it is the log '\(known.name)', which the collection has under another "
                + "key: \(known.key.text)")
    }

    /// The tree that was collected last, held against the entries that are there.
    func collectedRange(of log: Collection.Log) throws(CollectionError) -> CompactRange {
        let newest = try collection.newestBatches(of: log, limit: 2)
        let last = try collection.lastEntry(of: log)
        guard let batch = newest.first else {
            guard last == 0 else { throw notAsCollected(log, "entry 1 was not collected") }
            return CompactRange()
        }
        guard last == batch.last else {
            let entry = min(last, batch.last) + 1
            throw notAsCollected(
                log, last < batch.last ? "entry \(entry) is missing" : "entry \(entry) was not collected")
        }
        // The last batch again from its entries: whatever was altered before is for 'remit collect verify' to find.
        var range = CompactRange()
        if newest.count > 1 { range = newest[1].range }
        guard range.size == batch.first - 1 else { throw notAsCollected(log, "entry \(range.size + 1) is in no batch") }
        for row in try collection.rows(of: log, from: batch.first, through: batch.last) {
            guard row.sequence == range.size + 1,
                TreeHash.leaf(row.bytes) == batch.leaves[Int(range.size + 1 - batch.first)]
            else { throw notAsCollected(log, "entry \(range.size + 1) is not the one that was collected") }
            range.append(.leaf(row.bytes))
        }
        guard range == batch.range else {
            throw notAsCollected(log, "the tree over entries 1 to \(batch.last) is not the one that was collected")
        }
        return range
    }

    func notAsCollected(_ log: Collection.Log, _ words: String) -> CollectionError {
        CollectionError(.corrupt, "the log '\(log.name)' in the collection is not as it was collected: \(words)")
    }

    /// The ledger must begin with everything that was collected of its log, and with everything that was published.
    func requireContinuation(
        of range: CompactRange, _ known: Collection.Log?, by head: Checkpoint, _ ledger: borrowing Ledger
    ) throws(CollectionError) {
        let count = try source.asking { () throws(LedgerError) in try ledger.count() }
        for (size, words) in [(range.size, "collected"), (head.size, "published")] where size > count {
            throw CollectionError(
                .rolledBack,
                "the ledger '\(source.path)' has \(count) entries of log '\(head.origin)', and \(size) were \(words): entry "
                    + "\(count + 1) is missing from it")
        }
        let root = try source.asking { () throws(LedgerError) in try ledger.root(size: range.size) }
        guard root != range.root, let known else { return }
        try nameDifference(known, to: range.size, ledger)
    }

    /// Names the first entry in which the ledger differs from what was collected of it.
    func nameDifference(
        _ log: Collection.Log, to size: Int64, _ ledger: borrowing Ledger
    ) throws(CollectionError) {
        var done: Int64 = 0
        while done < size, let batch = try collection.batches(of: log, after: done, limit: 1).first {
            for entry in try source.entries(after: done, through: batch.last, ledger) {
                let place = Int(entry.sequence - batch.first)
                guard batch.leaves.indices.contains(place), TreeHash.leaf(entry.bytes) == batch.leaves[place] else {
                    throw CollectionError(
                        .rolledBack,
                        "entry \(entry.sequence) of log '\(log.name)' in the ledger '\(source.path)' is not the one that was "
                            + "collected")
                }
            }
            done = batch.last
        }
        throw CollectionError(
            .ledger,
            "the tree of the ledger '\(source.path)' over entries 1 to \(size) of log '\(log.name)' is not that of its entries"
        )
    }

    func otherRoot(_ head: Checkpoint) -> CollectionError {
        CollectionError(
            .ledger,
            "entries 1 to \(head.size) of log '\(head.origin)' in the ledger '\(source.path)' have another root than its "
                + "signed checkpoint")
    }
}
