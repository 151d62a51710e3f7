package import RemitLedger
package import RemitModel

/// An entry of a store with what is left of what it rests on: what was erased is `nil`, and no error.
package struct StoredEntry: Hashable, Sendable {
    package let name: Trace.Entry
    package let leaf: EntryLeaf
    package let manifest: EvidenceManifest?
    /// The document's exact bytes.
    package let document: [UInt8]?

    /// The decision in full; `nil` where the entry is of another kind, or its document was erased.
    package func decision() throws(EvidenceError) -> Decision? {
        guard leaf.kind == .decision, let document else { return nil }
        return try DecisionDocument.parse(document, of: "the decision of entry \(name.sequence)")
    }
}

extension EvidenceStore {
    /// Reads an entry; `nil` where there is no such entry.
    package func read(_ name: Trace.Entry) throws(EvidenceError) -> StoredEntry? {
        guard let entry = try entry(name) else { return nil }
        return try read(entry, of: name.log)
    }

    /// Reads what an entry of a log rests on.
    package func read(_ entry: LedgerEntry, of log: String) throws(EvidenceError) -> StoredEntry {
        try StoredEntry(entry, of: log) { digest throws(EvidenceError) in try input(digest) }
    }
}

extension StoredEntry {
    /// Reads what an entry rests on; `input` gives what is left of that.
    package init(
        _ entry: LedgerEntry, of log: String, input: (EvidenceDigest) throws(EvidenceError) -> [UInt8]?
    ) throws(EvidenceError) {
        leaf = try EntryLeaf(entry)
        name = Trace.Entry(log: log, sequence: entry.sequence)
        guard let bytes = try input(leaf.evidence) else {
            (manifest, document) = (nil, nil)
            return
        }
        let manifest = try EvidenceManifest(bytes, of: "the manifest of entry \(entry.sequence)")
        self.manifest = manifest
        document = try input(manifest.document)
    }
}
