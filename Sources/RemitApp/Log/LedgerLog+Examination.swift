import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

extension LedgerLog {
    /// Verifies all there is: entries, tree and what was published, the index, the anchors, and that what is missing
    /// was erased on record.
    ///
    /// - Parameters:
    ///   - kept: a checkpoint that somebody kept.
    ///   - verified: told how many of how many entries have been read.
    ///   - indexed: told how many of how many have been held against the index.
    func examine(
        key: NoteKey?, kept: SignedNote? = nil, verified: (Int64, Int64) -> Void = { _, _ in },
        indexed: (Int64, Int64) -> Void = { _, _ in }
    ) throws(AppError) -> (LogExamination, Erasures) {
        let verifier = LogVerifier(directory, key: key, kept: kept)
        let ledger = try open()
        var found = try run { () throws(LedgerError) in
            var found = try verifier.examine(ledger, progress: verified)
            // The index is derived from the entries: where those are not as they were, it says nothing.
            guard found.faults.isEmpty else { return found }
            var audit = IndexAudit()
            try audit.examine(ledger, progress: indexed)
            found.faults.add(audit.faults)
            return found
        }
        found.checkAnchors(in: ledger)
        let store = LedgerStore(ledger, log: path)
        let erasures = try EvidenceError.asked { () throws(EvidenceError) in try Erasures(in: store, log: path) }
        found.hold(against: erasures)
        return (found, erasures)
    }
}

extension LogExamination {
    /// What the entries say that others keep must be what the ledger has.
    fileprivate mutating func checkAnchors(in ledger: borrowing Ledger) {
        for entry in anchors {
            do throws(EvidenceError) {
                // Erased is allowed, and counted already.
                guard let anchor = try ledger.anchor(entry) else { continue }
                let size = Int64(anchor.size)
                let root = try EvidenceError.asking { () throws(LedgerError) in
                    size < entry ? try ledger.root(size: size) : nil
                }
                if let fault = anchor.fault(root: root) { faults.add("entry \(entry) \(fault)", entry: entry) }
            } catch {
                faults.add(error.statement, entry: entry)
            }
        }
    }

    /// What is missing must be on record as erased.
    fileprivate mutating func hold(against erasures: Erasures) {
        for range in erasures.untold(among: bare) {
            let words = "\(ErasureSheet.words([range])) lost what it rests on, and no erasure says why"
            faults.add(words, entry: range.lowerBound)
        }
        for range in lacking {
            let words = "\(ErasureSheet.words([range])) lost an input, which no erasure takes alone"
            faults.add(words, entry: range.lowerBound)
        }
    }
}
