package import RemitEvidence
import RemitLedger
import RemitModel
package import RemitRules

extension Replay {
    /// A decision of a store; `nil` where what it rested on was erased.
    package init?(_ entry: StoredEntry, in store: any EvidenceStore, observer: (any JudgeObserver)? = nil) {
        guard let manifest = entry.manifest, let document = entry.document else { return nil }
        let recorded = RecordedEntry(
            sequence: entry.name.sequence, leaf: entry.leaf, manifest: manifest, document: document)
        self.init(recorded, observer: observer) { digest, what throws(EvidenceError) in
            guard let bytes = try store.input(digest) else { throw EvidenceError("\(what) is not kept any more") }
            return bytes
        }
    }
}
