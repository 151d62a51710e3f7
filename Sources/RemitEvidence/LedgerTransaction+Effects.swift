package import RemitLedger
package import RemitModel

extension LedgerTransaction {
    /// How many entries about one movement of a ref are looked at: more often than that no ref goes to and fro.
    private static var entriesOfOneUpdate: Int { 256 }

    /// Records which refs moved, each with the decision that let it.
    package func record(
        landed updates: [RefUpdate], in repository: String, by pusher: Pusher?, at moment: Instant, program: String
    ) throws(LedgerError) -> (effect: Effect, entry: Int64) {
        var landed: [Effect.Landed] = []
        for update in updates {
            landed.append(Effect.Landed(update, by: try decision(letting: update, in: repository)))
        }
        let effect = Effect(repository: repository, pusher: pusher, at: moment, landed: landed)
        return (effect, try append(EntryDraft(of: effect, by: program)))
    }

    /// The newest decision that let a push make this movement, and that no earlier effect rests on.
    ///
    /// The same movement can happen twice: a ref is forced back, then forward again. One decision allows one of them.
    ///
    /// - Parameter monitored: whether one counts that let it in monitor mode, whatever it found.
    package func decision(
        letting update: RefUpdate, in repository: String, monitored: Bool = true
    ) throws(LedgerError) -> Int64? {
        var used: Set<Int64> = []
        let subject = Subject.update(update, in: ByteString(repository))
        for sequence in try entries(about: subject, limit: Self.entriesOfOneUpdate) {
            guard let entry = try entries(from: sequence, limit: 1).first else { continue }
            let leaf = try LedgerError.reading { () throws(EvidenceError) in try EntryLeaf(entry) }
            switch leaf.summary {
            case .decision(Submission.push.word, let outcome, let mode, _)
            where outcome == .allowed || (monitored && mode == .monitor):
                if !used.contains(sequence) { return sequence }
            case .effect:
                for landed in try effect(of: leaf, sequence)?.landed ?? [] where landed.update == update {
                    if let decision = landed.decision { used.insert(decision) }
                }
            case .decision, .lifecycle, .anchor: continue
            }
        }
        return nil
    }

    /// What an entry rests on in one role; `nil` where there is no such thing, or it was erased.
    package func input(_ role: String, of sequence: Int64) throws(LedgerError) -> [UInt8]? {
        guard let entry = try entries(from: sequence, limit: 1).first, entry.sequence == sequence else { return nil }
        let leaf = try LedgerError.reading { () throws(EvidenceError) in try EntryLeaf(entry) }
        guard let found = try manifest(of: leaf, sequence)?.inputs.first(where: { $0.role == role }) else { return nil }
        return try input(found.digest)
    }

    private func manifest(of leaf: EntryLeaf, _ sequence: Int64) throws(LedgerError) -> EvidenceManifest? {
        guard let bytes = try input(leaf.evidence) else { return nil }
        return try LedgerError.reading { () throws(EvidenceError) in
            try EvidenceManifest(bytes, of: "the manifest of entry \(sequence)")
        }
    }

    /// The document of an effect; `nil` where it was erased.
    private func effect(of leaf: EntryLeaf, _ sequence: Int64) throws(LedgerError) -> Effect? {
        guard let manifest = try manifest(of: leaf, sequence), let document = try input(manifest.document) else {
            return nil
        }
        return try LedgerError.reading { () throws(EvidenceError) in
            try Effect(document, of: "the document of entry \(sequence)")
        }
    }
}

extension LedgerError {
    /// Reads evidence within a transaction, where only the ledger's own faults are thrown.
    static func reading<Value>(_ body: () throws(EvidenceError) -> Value) throws(LedgerError) -> Value {
        do throws(EvidenceError) { return try body() } catch { throw LedgerError(.corrupt, error.statement) }
    }
}
