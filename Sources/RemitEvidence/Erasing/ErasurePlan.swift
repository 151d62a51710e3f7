package import RemitLedger
package import RemitModel

/// Which entries are to be erased.
package enum ErasureChoice: Hashable, Sendable {
    /// By their numbers.
    case entries(Set<Int64>)
    /// Decisions and effects: those before a moment, those whose archive holds all of some names, or both.
    case found(before: Instant?, naming: [NameSearch])
}

/// What an erasure would take away, worked out without holding up anybody.
package struct ErasurePlan: Sendable {
    /// In their order.
    package private(set) var entries: [ClosedRange<Int64>] = []
    /// What nothing else rests on.
    package private(set) var inputs: Set<EvidenceDigest> = []
    /// How many inputs of those entries others rest on too.
    package private(set) var kept = 0
    /// How many entries were erased before.
    package private(set) var erasedBefore = 0
    /// The last entry that was looked at.
    private var last: Int64 = 0

    package var entryCount: Int64 { entries.reduce(0) { $0 + Int64($1.count) } }

    /// Records of the authority name everybody whom it knows, in every decision: that says nothing of one.
    private static func isSearched(_ role: String) -> Bool {
        !role.hasPrefix("record:") && role != "authority" && role != "authority-history"
    }

    package init(_ choice: ErasureChoice, in ledger: borrowing LedgerTransaction) throws(EvidenceError) {
        var wanted: Set<Int64> = []
        if case .entries(let numbers) = choice { wanted = numbers }
        var candidates: Set<EvidenceDigest> = []
        // Once for what would go, and once for what others need of that.
        try Self.each(of: ledger, after: 0) { entry, leaf, below throws(EvidenceError) in
            last = entry
            guard let below else {
                erasedBefore += 1
                wanted.remove(entry)
                return
            }
            guard try Self.includes(entry, leaf, below, choice, in: ledger) else { return }
            wanted.remove(entry)
            entries.append(entry: entry)
            candidates.formUnion(below.digests)
        }
        if let missing = wanted.min() {
            throw EvidenceError("the ledger has no entry \(missing) that can be erased")
        }
        let all = candidates.count
        try Self.each(of: ledger, after: 0) { entry, _, below throws(EvidenceError) in
            if let below, !contains(entry) { candidates.subtract(below.digests) }
        }
        inputs = candidates
        kept = all - candidates.count
    }

    private func contains(_ entry: Int64) -> Bool {
        // The ranges are in order: the first that does not end before it.
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].upperBound < entry { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].contains(entry)
    }

    /// Erases in one transaction, and records who did it and why; returns that entry and what was done.
    package func carryOut(
        in ledger: inout Ledger, by person: String, reason: String, at moment: Instant, program: String
    ) throws(LedgerError) -> (entry: Int64, erasure: Erasure) {
        try ledger.overwriteDeleted()
        return try ledger.transaction { transaction throws(LedgerError) in
            var inputs = inputs
            // What came meanwhile may rest on something that nothing else did.
            try LedgerError.reading { () throws(EvidenceError) in
                try Self.each(of: transaction, after: last) { _, _, below throws(EvidenceError) in
                    if let below { inputs.subtract(below.digests) }
                }
            }
            try transaction.erase(inputs: inputs)
            try transaction.eraseNames(besides: entries)
            let erasure = Erasure(
                at: moment, by: person, reason: reason, entries: entries, deleted: inputs.count,
                kept: kept + self.inputs.count - inputs.count)
            return (try transaction.append(erasure.draft(by: program)), erasure)
        }
    }
}

/// The manifest of an entry, and the digests of all that hangs below the entry: itself, the document, the inputs.
private struct Below {
    let manifest: EvidenceManifest
    let digests: Set<EvidenceDigest>

    /// `nil` where it was erased.
    init?(_ leaf: EntryLeaf, of entry: Int64, in ledger: borrowing LedgerTransaction) throws(EvidenceError) {
        let bytes = try EvidenceError.asking({ () throws(LedgerError) in try ledger.input(leaf.evidence) })
        guard let bytes else { return nil }
        manifest = try EvidenceManifest(bytes, of: "the manifest of entry \(entry)")
        digests = Set([leaf.evidence, manifest.document] + manifest.inputs.map(\.digest))
    }
}

extension ErasurePlan {
    private static let pageCount = 256

    /// Gives every entry after another, and what hangs below it.
    ///
    /// An entry of a Remit that had no manifests holds everything in itself, and cannot be erased.
    private static func each(
        of ledger: borrowing LedgerTransaction, after first: Int64,
        _ body: (Int64, EntryLeaf, Below?) throws(EvidenceError) -> Void
    ) throws(EvidenceError) {
        var last = first
        while true {
            let from = last + 1
            let page = try EvidenceError.asking({ () throws(LedgerError) in
                try ledger.entries(from: from, limit: pageCount)
            })
            guard let end = page.last else { return }
            last = end.sequence
            for entry in page {
                let leaf: EntryLeaf
                do throws(EvidenceError) { leaf = try EntryLeaf(entry) } catch { continue }
                try body(entry.sequence, leaf, try Below(leaf, of: entry.sequence, in: ledger))
            }
        }
    }

    private static func holds(
        _ names: [NameSearch], _ below: Below, in ledger: borrowing LedgerTransaction
    ) throws(EvidenceError) -> Bool {
        guard !names.isEmpty else { return true }
        var missing = names
        let searched =
            [below.manifest.document] + below.manifest.inputs.filter { isSearched($0.role) }.map(\.digest)
        for digest in searched {
            let bytes = try EvidenceError.asking({ () throws(LedgerError) in try ledger.input(digest) })
            if let bytes { missing.removeAll { $0.isIn(bytes) } }
            if missing.isEmpty { return true }
        }
        return false
    }

    /// Whether an entry is chosen.
    ///
    /// How a gate stood, and what was erased, explains what else is in the ledger: an erasure never goes, and the rest
    /// only where it is named by its number.
    private static func includes(
        _ entry: Int64, _ leaf: EntryLeaf, _ below: Below, _ choice: ErasureChoice,
        in ledger: borrowing LedgerTransaction
    ) throws(EvidenceError) -> Bool {
        switch choice {
        case .entries(let numbers):
            guard numbers.contains(entry) else { return false }
            if leaf.summary == .lifecycle(event: Erasure.event) {
                throw EvidenceError("entry \(entry) tells what was erased, and by whom: it stays")
            }
            return true
        case .found(let before, let names):
            guard leaf.kind == .decision || leaf.kind == .effect else { return false }
            if let before, leaf.at >= before { return false }
            return try holds(names, below, in: ledger)
        }
    }
}
