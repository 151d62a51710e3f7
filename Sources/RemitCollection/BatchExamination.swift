import RemitEvidence
import RemitLedger
import RemitModel

/// Holds the entries of one batch, what they rest on and what they are found by against each other.
struct BatchExamination {
    private let batch: CollectedBatch
    private let log: Collection.Log
    private let collection: Collection
    /// The entries that are as they were collected.
    private var entries: [LedgerEntry] = []
    /// Manifests and documents, as far as there is room.
    private var kept: [EvidenceDigest: [UInt8]] = [:]
    private var room = 32 * 1024 * 1024

    init(_ batch: CollectedBatch, of log: Collection.Log, in collection: Collection) {
        self.batch = batch
        self.log = log
        self.collection = collection
    }

    mutating func take(_ row: CollectedRow, collectedAs leaf: TreeHash, _ found: inout CollectionExamination) {
        let sequence = row.sequence
        guard TreeHash.leaf(row.bytes) == leaf else {
            return found.faults.add("entry \(sequence) is not the one that was collected", entry: sequence)
        }
        guard EntryKind.isName(row.kind, of: row.bytes), let kind = EntryKind(rawValue: row.kind) else {
            return found.faults.add("entry \(sequence) is not of the kind '\(row.kind)'", entry: sequence)
        }
        let moment = Instant(seconds: row.recordedAt)
        let entry = LedgerEntry(
            sequence: sequence, kind: kind, recordedAt: moment, digest: EvidenceDigest(of: row.bytes), bytes: row.bytes)
        entries.append(entry)
        // An entry of an older form says nothing that the column could be held against.
        do throws(EvidenceError) {
            let said = try EntryLeaf(entry).at
            if said != moment {
                found.faults.add("entry \(sequence) is kept as of \(moment), and is of \(said)", entry: sequence)
            }
        } catch {}
    }

    // MARK: Inputs

    /// - Parameter seen: inputs of earlier batches, and whether they are there.
    mutating func examineInputs(
        _ seen: inout [EvidenceDigest: Bool], _ found: inout CollectionExamination
    ) throws(CollectionError) {
        var owners: [EvidenceDigest: Int64] = [:]
        for entry in entries {
            for manifest in EvidenceReferences.manifests(of: entry.bytes) { owners[manifest] = entry.sequence }
        }
        try fetch(owners, &seen, &found)
        var named: [EvidenceDigest: Int64] = [:]
        for entry in entries {
            for manifest in EvidenceReferences.manifests(of: entry.bytes) {
                if seen[manifest] == false { found.bare.append(entry: entry.sequence) }
                for digest in EvidenceReferences.inputs(of: kept[manifest] ?? []) where seen[digest] == nil {
                    named[digest] = min(named[digest] ?? entry.sequence, entry.sequence)
                }
            }
        }
        try fetch(named, &seen, &found)
        for (digest, entry) in named.sorted(by: { $0.value < $1.value }) where seen[digest] == false {
            found.faults.add("entry \(entry) lost an input, which no erasure takes alone", entry: entry)
        }
    }

    /// Fetches what was not fetched before, and holds it against its digest; each is named with an entry.
    private mutating func fetch(
        _ owners: [EvidenceDigest: Int64], _ seen: inout [EvidenceDigest: Bool], _ found: inout CollectionExamination
    ) throws(CollectionError) {
        let wanted = owners.keys.filter { seen[$0] == nil }
        for digest in wanted { seen[digest] = false }
        var faults: [(entry: Int64, words: String)] = []
        try collection.eachInput(of: wanted) { digest, bytes in
            seen[digest] = true
            found.inputs += 1
            if EvidenceDigest(of: bytes) != digest {
                let entry = owners[digest] ?? batch.first
                faults.append((entry, "input \(digest) of entry \(entry) differs from its digest"))
            } else if bytes.count <= room {
                kept[digest] = bytes
                room -= bytes.count
            }
        }
        for fault in faults.sorted(by: { $0.entry < $1.entry }) { found.faults.add(fault.words, entry: fault.entry) }
        found.erased += wanted.count { seen[$0] == false }
    }

    // MARK: What they are found by

    /// The index follows from what entries rest on; where that was erased, from nothing but what was collected.
    func examineLines(_ found: inout CollectionExamination) throws(CollectionError) {
        var derived: [Int64: [IndexLine: Subject]] = [:]
        for entry in entries { derived[entry.sequence] = try lines(of: entry) }
        var missing = derived
        var faults: [(entry: Int64, words: String)] = []
        var digest = LineDigest()
        try collection.eachLine(of: log, from: batch.first, through: batch.last) { line in
            digest.add(line)
            guard let lines = derived[line.entry] else { return }
            if missing[line.entry]?.removeValue(forKey: line) == nil || lines[line] == nil {
                faults.append((line.entry, "the index has entry \(line.entry) under what it says nothing of"))
            }
        }
        for (entry, lines) in missing {
            for words in lines.values.map(\.words) {
                faults.append((entry, "entry \(entry) is about \(words), and the index does not say so"))
            }
        }
        for fault in faults.sorted(by: { ($0.entry, $0.words) < ($1.entry, $1.words) }) {
            found.faults.add(fault.words, entry: fault.entry)
        }
        // With what they rest on, some lines of an entry may be erased.
        guard faults.isEmpty, digest.bytes != batch.lines, !entries.contains(where: { isErased($0, derived) }) else {
            return
        }
        found.faults.add(
            batch.first == batch.last
                ? "what entry \(batch.first) is found by is not what was collected"
                : "what entries \(batch.first) to \(batch.last) are found by is not what was collected",
            entry: batch.first)
    }

    private func isErased(_ entry: LedgerEntry, _ derived: [Int64: [IndexLine: Subject]]) -> Bool {
        guard derived[entry.sequence] == nil else { return false }
        do throws(EvidenceError) { _ = try EntryLeaf(entry) } catch { return false }
        return true
    }

    /// What an entry must be found by; `nil` where that is erased, or its form is none of ours.
    private func lines(of entry: LedgerEntry) throws(CollectionError) -> [IndexLine: Subject]? {
        var fault: CollectionError?
        do throws(EvidenceError) {
            let stored = try StoredEntry(entry, of: log.name) { digest throws(EvidenceError) in
                if let bytes = kept[digest] { return bytes }
                do throws(CollectionError) {
                    return try collection.input(digest)
                } catch {
                    fault = error
                    throw EvidenceError(error.statement)
                }
            }
            return try stored.subjects().map { subjects in
                Dictionary(uniqueKeysWithValues: subjects.map { (IndexLine(entry: entry.sequence, $0), $0) })
            }
        } catch {
            // An input that differs from its digest was named already.
            if let fault, fault.code != .corrupt { throw fault }
            return nil
        }
    }
}
