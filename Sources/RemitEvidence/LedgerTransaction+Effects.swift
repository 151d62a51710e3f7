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
    private func decision(letting update: RefUpdate, in repository: String) throws(LedgerError) -> Int64? {
        var used: Set<Int64> = []
        let subject = Subject.update(update, in: ByteString(repository))
        for sequence in try entries(about: subject, limit: Self.entriesOfOneUpdate) {
            guard let entry = try entries(from: sequence, limit: 1).first else { continue }
            let leaf = try LedgerError.reading { () throws(EvidenceError) in try EntryLeaf(entry) }
            switch leaf.summary {
            case .decision(Submission.push.word, let outcome, let mode, _)
            where outcome == .allowed || mode == .monitor:
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

    /// The document of an effect; `nil` where it was erased.
    private func effect(of leaf: EntryLeaf, _ sequence: Int64) throws(LedgerError) -> Effect? {
        guard let bytes = try input(leaf.evidence) else { return nil }
        let manifest = try LedgerError.reading { () throws(EvidenceError) in
            try EvidenceManifest(bytes, of: "the manifest of entry \(sequence)")
        }
        guard let document = try input(manifest.document) else { return nil }
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
