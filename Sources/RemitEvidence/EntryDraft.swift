package import RemitLedger
package import RemitModel

/// One entry that is to be recorded, with everything that it rests on.
package struct EntryDraft: Sendable {
    package var summary: EntryLeaf.Summary
    package var at: Instant
    package var program: String
    package var repository: String
    package var document: [UInt8]
    package var inputs: [(role: String, bytes: [UInt8])]
    package var subjects: Set<Subject>

    package init(
        _ summary: EntryLeaf.Summary, at: Instant, program: String, repository: String, document: [UInt8],
        inputs: [(role: String, bytes: [UInt8])] = [], subjects: Set<Subject> = []
    ) {
        self.summary = summary
        self.at = at
        self.program = program
        self.repository = repository
        self.document = document
        self.inputs = inputs
        self.subjects = subjects
    }
}

extension LedgerTransaction {
    /// Appends an entry and keeps what it rests on; returns its sequence.
    package func append(_ evidence: EntryDraft) throws(LedgerError) -> Int64 {
        var inputs: [EvidenceManifest.Input] = []
        for (role, bytes) in evidence.inputs {
            inputs.append(EvidenceManifest.Input(role: role, digest: try store(input: bytes)))
        }
        let manifest = EvidenceManifest(document: try store(input: evidence.document), inputs: inputs)
        let leaf = EntryLeaf(
            evidence.summary, at: evidence.at, program: evidence.program, repository: evidence.repository,
            evidence: try store(input: manifest.bytes))
        let entry = try append(kind: leaf.kind, at: evidence.at, bytes: leaf.bytes)
        try index(entry, about: Array(evidence.subjects))
        return entry
    }
}

/// An entry as it was recorded, with what it rests on, each checked against its digest.
package struct RecordedEntry: Hashable, Sendable {
    package let sequence: Int64
    package let leaf: EntryLeaf
    package let manifest: EvidenceManifest
    /// The document's exact bytes.
    package let document: [UInt8]

    package init(sequence: Int64, leaf: EntryLeaf, manifest: EvidenceManifest, document: [UInt8]) {
        self.sequence = sequence
        self.leaf = leaf
        self.manifest = manifest
        self.document = document
    }
}

extension Ledger {
    /// Reads an entry and its document; `nil` where there is no such entry.
    ///
    /// What was erased is an error that says so.
    package func recorded(_ sequence: Int64) throws(EvidenceError) -> RecordedEntry? {
        guard
            let entry = try EvidenceError.asking({ () throws(LedgerError) in
                try entries(from: sequence, limit: 1).first
            }), entry.sequence == sequence
        else { return nil }
        let leaf = try EntryLeaf(entry)
        guard let bytes = try EvidenceError.asking({ () throws(LedgerError) in try input(leaf.evidence) }) else {
            throw EvidenceError("entry \(sequence) was erased: what it rests on is not kept any more")
        }
        let manifest = try EvidenceManifest(bytes, of: "the manifest of entry \(sequence)")
        return RecordedEntry(
            sequence: sequence, leaf: leaf, manifest: manifest,
            document: try kept(manifest.document, "document", of: sequence))
    }

    /// An input that must be there.
    package func kept(_ digest: EvidenceDigest, _ what: String, of entry: Int64) throws(EvidenceError) -> [UInt8] {
        guard let bytes = try EvidenceError.asking({ () throws(LedgerError) in try input(digest) }) else {
            throw EvidenceError("the \(what) of entry \(entry) is not kept any more: \(digest)")
        }
        return bytes
    }
}

extension EvidenceError {
    package static func asking<Value>(
        _ body: () throws(LedgerError) -> Value
    ) throws(EvidenceError) -> Value {
        do throws(LedgerError) {
            return try body()
        } catch {
            throw EvidenceError("the ledger cannot be read: \(error.code.rawValue): \(error.reason)")
        }
    }
}
