import RemitEvidence
package import RemitLedger
import RemitModel

/// Derives everything in a collection again from the entries' bytes, and names what is not as it was collected.
package struct CollectionVerifier {
    private let collection: Collection
    /// Keys that were given: the logs of these names must be signed by them.
    private let keys: [NoteKey]
    /// Checkpoints that somebody kept.
    private let kept: [SignedNote]

    package init(_ collection: Collection, keys: [NoteKey] = [], kept: [SignedNote] = []) {
        self.collection = collection
        self.keys = keys
        self.kept = kept
    }

    /// A checkpoint that the tree must agree with, and what it is called.
    private struct Head {
        let checkpoint: Checkpoint
        let words: String
    }

    /// Verifies every log; `progress` is told of which how many of how many entries were read.
    package func examine(
        progress: (String, Int64, Int64) -> Void = { _, _, _ in }
    ) throws(CollectionError) -> [CollectionExamination] {
        let logs = try collection.logs()
        var found: [CollectionExamination] = []
        var seen: [EvidenceDigest: Bool] = [:]
        for log in logs { found.append(try examine(log, &seen, progress)) }
        // What somebody knows of must be there.
        var names = keys.map(\.name)
        for note in kept { names.append(try Self.head(of: note).origin) }
        for name in Set(names).subtracting(logs.map(\.name)).sorted() {
            var missing = CollectionExamination(of: name)
            missing.faults.add("the log '\(name)' is not in the collection")
            found.append(missing)
        }
        return found
    }

    private static func head(of note: SignedNote) throws(CollectionError) -> Checkpoint {
        do throws(NoteError) {
            return try Checkpoint(text: note.text)
        } catch {
            throw CollectionError(.address, "the checkpoint given: \(error)")
        }
    }

    private func examine(
        _ log: Collection.Log, _ seen: inout [EvidenceDigest: Bool], _ progress: (String, Int64, Int64) -> Void
    ) throws(CollectionError) -> CollectionExamination {
        var found = CollectionExamination(of: log.name)
        let heads = try heads(of: log, &found)
        let total = try collection.lastEntry(of: log)
        var walk = Walk(sizes: Set(heads.map(\.checkpoint.size)))
        while let batch = try next(after: walk.last, of: log, &found) {
            try examine(batch, of: log, &walk, &seen, &found)
            progress(log.name, walk.range.size, total)
        }
        for sequence in try collection.strays(of: log, beyond: walk.range.size) {
            found.faults.add(
                "entry \(sequence) was not collected: the log ends with \(walk.range.size)", entry: sequence)
        }
        found.entries = walk.range.size
        found.root = walk.range.root
        try examineErasures(&found)
        for head in heads { check(head, walk, &found) }
        if found.signed < walk.range.size {
            found.faults.add(
                "entries \(found.signed + 1) to \(walk.range.size) are under no signed checkpoint: collect the log again",
                entry: found.signed + 1)
        }
        return found
    }

    // MARK: Entries

    private struct Walk {
        /// The sizes at which the root is wanted.
        let sizes: Set<Int64>
        var roots: [Int64: TreeHash] = [0: .empty]
        var range = CompactRange()
        /// The end of the batch that was read last.
        var last: Int64 = 0

        init(sizes: Set<Int64>) { self.sizes = sizes }

        mutating func append(_ leaf: TreeHash) {
            range.append(leaf)
            if sizes.contains(range.size) { roots[range.size] = range.root }
        }
    }

    private func next(
        after last: Int64, of log: Collection.Log, _ found: inout CollectionExamination
    ) throws(CollectionError) -> CollectedBatch? {
        do throws(CollectionError) {
            return try collection.batches(of: log, after: last, limit: 1).first
        } catch {
            guard error.code == .corrupt else { throw error }
            // Without it nothing that comes later can be placed.
            found.faults.add(error.statement, entry: last + 1)
            return nil
        }
    }

    private func examine(
        _ batch: CollectedBatch, of log: Collection.Log, _ walk: inout Walk, _ seen: inout [EvidenceDigest: Bool],
        _ found: inout CollectionExamination
    ) throws(CollectionError) {
        walk.last = batch.last
        guard batch.first == walk.range.size + 1 else {
            found.faults.add(
                "what was collected between entries \(walk.range.size) and \(batch.first) is missing",
                entry: walk.range.size + 1)
            // The tree can go on only from what was written of it.
            walk.range = batch.range
            return
        }
        let rows = try collection.rows(of: log, from: batch.first, through: batch.last)
        var examination = BatchExamination(batch, of: log, in: collection)
        var place = 0
        for leaf in batch.leaves {
            let sequence = walk.range.size + 1
            // The hashes were written beside the entries: one that differs is named, and does not spoil the rest.
            walk.append(leaf)
            guard place < rows.count, rows[place].sequence == sequence else {
                found.faults.add("entry \(sequence) is missing", entry: sequence)
                continue
            }
            examination.take(rows[place], collectedAs: leaf, &found)
            place += 1
        }
        if walk.range != batch.range {
            found.faults.add(
                "the tree over entries 1 to \(batch.last) is not the one that was collected", entry: batch.first)
        }
        try examination.examineInputs(&seen, &found)
        try examination.examineLines(&found)
    }

    /// What is gone must have been erased by somebody who said so.
    private func examineErasures(_ found: inout CollectionExamination) throws(CollectionError) {
        guard !found.bare.isEmpty else { return }
        do throws(EvidenceError) {
            let erasures = try Erasures(in: CollectionStore(collection), log: found.log)
            for range in erasures.untold(among: found.bare) {
                let words =
                    range.count == 1
                    ? "entry \(range.lowerBound) lost what it rests on"
                    : "entries \(range.lowerBound) to \(range.upperBound) lost what they rest on"
                found.faults.add("\(words), and no erasure says why", entry: range.lowerBound)
            }
        } catch {
            found.faults.add("which entries were erased cannot be told: \(error.statement)")
        }
    }

    // MARK: Checkpoints

    private func heads(
        of log: Collection.Log, _ found: inout CollectionExamination
    ) throws(CollectionError) -> [Head] {
        let key = keys.first { $0.name == log.name } ?? log.key
        if key != log.key { found.faults.add("the collection has the log under another key: \(log.key.text)") }
        var heads: [Head] = []
        for (size, bytes) in try collection.notes(of: log) {
            let words = "the checkpoint of \(size) entries"
            if let head = head(bytes, of: key, words, &found) {
                heads.append(Head(checkpoint: head, words: words))
                if head.size != size { found.faults.add("\(words) is of \(head.size) entries") }
            }
        }
        for note in kept where try Self.head(of: note).origin == log.name {
            if let head = head(note.bytes, of: key, "the checkpoint given", &found) {
                heads.append(Head(checkpoint: head, words: "the checkpoint given"))
            }
        }
        return heads
    }

    private func head(
        _ bytes: [UInt8], of key: NoteKey, _ words: String, _ found: inout CollectionExamination
    ) -> Checkpoint? {
        do throws(NoteError) {
            let note = try SignedNote(bytes)
            let head = try Checkpoint(text: note.text)
            guard try !note.signers(among: [key]).isEmpty, head.origin == key.name else {
                found.faults.add("\(words) is not signed by \(key.text)")
                return nil
            }
            return head
        } catch {
            found.faults.add("\(words): \(error)")
            return nil
        }
    }

    private func check(_ head: Head, _ walk: Walk, _ found: inout CollectionExamination) {
        let size = head.checkpoint.size
        guard size <= walk.range.size else {
            return found.faults.add(
                "the collection has \(walk.range.size) entries, and \(head.words) says \(size)",
                entry: walk.range.size + 1)
        }
        guard walk.roots[size] == head.checkpoint.root else {
            return found.faults.add("the root over entries 1 to \(size) is not that of \(head.words)", entry: size)
        }
        found.signed = max(found.signed, size)
    }
}

extension Collection {
    /// How many checkpoints are read at once.
    private static let pageCount = 1000

    /// The signed checkpoints of a log, the smallest first, each with the size that it is kept under.
    fileprivate func notes(of log: Log) throws(CollectionError) -> [(size: Int64, bytes: [UInt8])] {
        var notes: [(size: Int64, bytes: [UInt8])] = []
        var offset = 0
        while true {
            let found = try connection.run(
                """
                SELECT size, note FROM remit.checkpoint WHERE log = $1 ORDER BY size, digest OFFSET $2 LIMIT $3
                """, [.integer(log.id), .integer(Int64(offset)), .integer(Int64(Self.pageCount))])
            for row in 0..<found.count { notes.append((try found.integer(row, 0), try found.bytes(row, 1))) }
            guard found.count == Self.pageCount else { return notes }
            offset += found.count
        }
    }

    /// Entries of a log that stand outside of what was collected, the first hundred.
    fileprivate func strays(of log: Log, beyond last: Int64) throws(CollectionError) -> [Int64] {
        let found = try connection.run(
            """
            SELECT sequence FROM remit.entry WHERE log = $1 AND (sequence > $2 OR sequence < 1) ORDER BY sequence LIMIT 100
            """, [.integer(log.id), .integer(last)])
        var strays: [Int64] = []
        for row in 0..<found.count { strays.append(try found.integer(row, 0)) }
        return strays
    }
}
