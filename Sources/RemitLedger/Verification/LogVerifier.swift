import RemitModel

/// Derives everything again from the entries' bytes: digests, tree, tiles, published files, checkpoints.
///
/// Nothing that the ledger's own code would refuse to read stops it: it goes on and says what it found.
package struct LogVerifier: Sendable {
    let directory: LogDirectory
    /// The key that must have signed the published checkpoint; without one its signature is not checked.
    let key: NoteKey?
    /// A checkpoint that somebody kept.
    let kept: SignedNote?

    package init(_ directory: LogDirectory, key: NoteKey?, kept: SignedNote? = nil) {
        self.directory = directory
        self.key = key
        self.kept = kept
    }

    /// Verifies a ledger; `progress` is told how many of how many entries have been read.
    package func examine(
        _ ledger: borrowing Ledger, progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws(LedgerError) -> LogExamination {
        var found = LogExamination()
        let heads = try heads(&found)
        let session = LogSession(directory: directory, published: found.published?.size ?? 0)
        var state = LogSession.State(sizes: Set(heads.map { $0.head.size }))
        let total = try ledger.count()
        while true {
            let rows = try ledger.session.rawEntries(after: state.last)
            guard !rows.isEmpty else { break }
            for row in rows { try session.take(row, &state, &found, ledger) }
            progress(state.last, total)
        }
        found.entries = state.builder.size
        found.root = state.builder.root
        try session.finish(&state, &found, ledger)
        for (head, words) in heads { check(head, words, state, &found) }
        return found
    }

    /// The checkpoints that the tree must agree with, and how each is called.
    private func heads(_ found: inout LogExamination) throws(LedgerError) -> [(head: Checkpoint, words: String)] {
        var heads: [(Checkpoint, String)] = []
        if let note = try reading(&found, { () throws(LedgerError) in try directory.publishedCheckpoint() }) {
            found.published = head(of: note, "the published checkpoint", &found)
            found.isSigned = key != nil
            if let published = found.published { heads.append((published, "the published checkpoint")) }
        }
        if let note = try reading(&found, { () throws(LedgerError) in try directory.witnessedCheckpoint() }),
            let head = head(of: note, "the cosigned checkpoint", &found)
        {
            heads.append((head, "the cosigned checkpoint"))
        }
        if let words = try reading(&found, { () throws(LedgerError) in try directory.standingAlarm() }) {
            found.faults.add("an alarm stands: \(words)")
        }
        if let kept, let head = head(of: kept, "the checkpoint given", &found) {
            heads.append((head, "the checkpoint given"))
        }
        return heads
    }

    /// What lies beside the ledger; where that is damaged, the fault is noted and the rest is looked at.
    private func reading<Value>(
        _ found: inout LogExamination, _ body: () throws(LedgerError) -> Value?
    ) throws(LedgerError) -> Value? {
        do throws(LedgerError) {
            return try body()
        } catch {
            guard error.code == .corrupt else { throw error }
            found.faults.add(error.reason)
            return nil
        }
    }

    private func head(of note: SignedNote, _ words: String, _ found: inout LogExamination) -> Checkpoint? {
        do {
            let head = try Checkpoint(text: note.text)
            if let key {
                if try note.signers(among: [key]).isEmpty {
                    found.faults.add("\(words) is not signed by \(key.text)")
                }
                if head.origin != key.name {
                    found.faults.add("\(words) is of the log '\(head.origin)', not of '\(key.name)'")
                }
            }
            return head
        } catch {
            found.faults.add("\(words): \(error)")
            return nil
        }
    }

    private func check(
        _ head: Checkpoint, _ words: String, _ state: LogSession.State, _ found: inout LogExamination
    ) {
        guard head.size <= found.entries else {
            found.faults.add(
                "the ledger has \(found.entries) entries, and \(words) says \(head.size)", entry: found.entries + 1)
            return
        }
        guard state.roots[head.size] != head.root else { return }
        found.faults.add("the root over entries 1 to \(head.size) is not that of \(words)", entry: head.size)
    }
}
