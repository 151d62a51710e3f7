extension Ledger {
    /// The checkpoint that all of these keys have cosigned, where nothing but anchors has come since.
    ///
    /// Each anchor makes the log longer; without this, witnesses would be asked about nothing else for ever.
    package func checkpoint(
        cosignedBy keys: [NoteKey], in directory: LogDirectory
    ) throws(LedgerError) -> SignedNote? {
        guard let note = try directory.witnessedCheckpoint() else { return nil }
        let head = try requireNotBehind(note)
        let signers = try Self.noting("the cosigned checkpoint") { () throws(NoteError) in
            try note.signers(among: keys)
        }
        guard signers.count == Set(keys).count else { return nil }
        return try hasEntry(after: head.size, of: [.decision, .effect, .lifecycle]) ? nil : note
    }

    /// Keeps what witnesses have signed under a checkpoint: with the published one, as long as that is the same, and by
    /// itself.
    ///
    /// Gives the checkpoint with everything that is under it now.
    package func keep(
        _ cosignatures: [SignedNote.Signature], under checkpoint: SignedNote, in directory: LogDirectory
    ) throws(LedgerError) -> SignedNote {
        try directory.locked(until: deadline) { () throws(LedgerError) in
            let head = try requireNotBehind(checkpoint)
            var base = checkpoint
            let witnessed = try directory.witnessedCheckpoint()
            if let witnessed, witnessed.text == checkpoint.text { base = witnessed }
            let note = try Self.noting("the cosigned checkpoint") { () throws(NoteError) in
                try base.adding(cosignatures)
            }
            let isOlder = try witnessed.map { note throws(LedgerError) in try requireNotBehind(note).size > head.size }
            if isOlder != true { try directory.write(note.bytes, to: LogDirectory.witnessed) }
            if let published = try directory.publishedCheckpoint(), published.text == checkpoint.text {
                let more = try Self.noting("the published checkpoint") { () throws(NoteError) in
                    try published.adding(cosignatures)
                }
                try directory.write(more.bytes, to: LogDirectory.checkpoint)
            }
            return note
        }
    }

    private static func noting<Value>(
        _ what: String, _ body: () throws(NoteError) -> Value
    ) throws(LedgerError) -> Value {
        do throws(NoteError) { return try body() } catch { throw LedgerError(.corrupt, "\(what): \(error)") }
    }
}
