extension Ledger {
    /// Refuses to go on with a ledger that is shorter than what was published of it, or has another past, or about
    /// which an alarm stands.
    ///
    /// It reads one small file and a few rows. That the checkpoint is signed is not asked: it lies beside the ledger, and
    /// whoever can write there needs no forged signature to stop the gate.
    package func requireNotBehind(_ directory: LogDirectory) throws(LedgerError) {
        try directory.requireNoAlarm()
        guard let note = try directory.publishedCheckpoint() else { return }
        _ = try requireNotBehind(note)
    }

    /// Refuses a log whose published checkpoint is not this key's, or is ahead of the ledger.
    package func requirePublished(by key: NoteKey, in directory: LogDirectory) throws(LedgerError) {
        guard let note = try directory.publishedCheckpoint() else { return }
        try Self.requireOwn(note, try requireNotBehind(note), key)
    }

    /// The checkpoint of a note that the ledger still agrees with.
    package func requireNotBehind(_ note: SignedNote) throws(LedgerError) -> Checkpoint {
        let head: Checkpoint
        do {
            head = try Checkpoint(text: note.text)
        } catch {
            throw LedgerError(.corrupt, "the published checkpoint: \(error)")
        }
        let size = try count()
        guard head.size <= size else {
            throw LedgerError(.rolledBack, "it has \(size) entries, and \(head.size) were published")
        }
        guard try root(size: head.size) == head.root else {
            throw LedgerError(.rolledBack, "its first \(head.size) entries are not those that were published")
        }
        return head
    }

    /// Whether an entry of such a kind comes after the first `size`.
    package func hasEntry(after size: Int64, of kinds: Set<EntryKind>) throws(LedgerError) -> Bool {
        var next = size + 1
        while true {
            let page = try entries(from: next, limit: Self.maximumPageCount)
            if page.contains(where: { kinds.contains($0.kind) }) { return true }
            guard let last = page.last else { return false }
            next = last.sequence + 1
        }
    }

    /// The head of the log as it is now.
    package func checkpoint(origin: String) throws(LedgerError) -> Checkpoint {
        let size = try count()
        return Checkpoint(origin: origin, size: size, root: try root(size: size))
    }

    /// That an entry is in the log, for a checkpoint of it that was signed.
    package func proof(ofEntry sequence: Int64, in checkpoint: SignedNote) throws(LedgerError) -> LogProof {
        let head = try requireNotBehind(checkpoint)
        let hashes = try inclusionProof(of: sequence - 1, size: head.size)
        return LogProof(index: sequence - 1, hashes: hashes, checkpoint: checkpoint)
    }

    /// Publishes what has been appended since the last time, and gives the signed checkpoint that says so.
    ///
    /// The checkpoint comes last: what it names is there. Everything may be done again, and after a crash is. It never
    /// goes back: a ledger that is behind what was published is `rolledBack`. Where somebody else has published
    /// `entry` meanwhile, that will do: of many who come at once, few have to write. After `end` no more is written, and
    /// nothing of what was is named by a checkpoint.
    package func publish(
        to directory: LogDirectory, signer: NoteSigner, covering entry: Int64? = nil,
        until end: ContinuousClock.Instant? = nil
    ) throws(LedgerError) -> SignedNote {
        try directory.locked(until: deadline) { () throws(LedgerError) in
            try directory.requireNoAlarm()
            var published: Int64 = 0
            if let note = try directory.publishedCheckpoint() {
                let head = try requireNotBehind(note)
                try Self.requireOwn(note, head, signer.publicKey)
                published = head.size
                let wanted = if let entry { entry } else { try count() }
                if head.size >= wanted { return note }
            }
            let head = try checkpoint(origin: signer.publicKey.name)
            try publishTiles(from: published, to: head.size, directory, until: end)
            let note: SignedNote
            do {
                note = try signer.sign(head.text)
            } catch {
                throw LedgerError(.io, "the checkpoint cannot be signed: \(error)")
            }
            try directory.write(note.bytes, to: LogDirectory.checkpoint)
            return note
        }
    }

    /// One log has one key: another would look like another log to whoever has the first.
    private static func requireOwn(_ note: SignedNote, _ head: Checkpoint, _ key: NoteKey) throws(LedgerError) {
        do {
            if head.origin == key.name, try note.signers(among: [key]) == [key] { return }
        } catch {
            throw LedgerError(.corrupt, "the published checkpoint: \(error)")
        }
        throw LedgerError(.wrongKey, "the published checkpoint is not signed by \(key.text)")
    }

    private func publishTiles(
        from published: Int64, to size: Int64, _ directory: LogDirectory, until end: ContinuousClock.Instant?
    ) throws(LedgerError) {
        for level in 0..<Tile.levels {
            let (before, now) = (Tile.count(atLevel: level, size: published), Tile.count(atLevel: level, size: size))
            guard now > before else { break }
            for number in before / Tile.width...(now - 1) / Tile.width {
                if let end, ContinuousClock.now >= end {
                    throw LedgerError(
                        .busy, "the time for publishing is over, 'remit log publish' takes as long as it needs")
                }
                let width = min(Tile.width, now - number * Tile.width)
                let hashes = try tile(level: level, number: number)
                guard hashes.count >= width else {
                    throw LedgerError(.corrupt, "tile \(level)/\(number) of the tree is missing or too short")
                }
                try directory.write(
                    hashes.prefix(Int(width)).flatMap(\.bytes),
                    to: LogDirectory.name(level: level, number: number, width: width))
                if level == 0 {
                    let entries = try entries(from: number * Tile.width + 1, limit: Int(width))
                    try directory.write(
                        try Self.bundle(entries), to: LogDirectory.name(level: nil, number: number, width: width))
                    if width == Tile.width {
                        directory.removePartials(of: LogDirectory.name(level: nil, number: number))
                    }
                }
                if width == Tile.width { directory.removePartials(of: LogDirectory.name(level: level, number: number)) }
            }
        }
    }

    /// Entries one after the other, each after its length in two bytes.
    private static func bundle(_ entries: [LedgerEntry]) throws(LedgerError) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            guard let framed = frame(entry.bytes) else {
                // An older file allowed one byte more.
                throw LedgerError(.entryTooLarge, "entry \(entry.sequence) has \(entry.bytes.count) bytes")
            }
            bytes += framed
        }
        return bytes
    }

    static func frame(_ entry: [UInt8]) -> [UInt8]? {
        guard let count = UInt16(exactly: entry.count) else { return nil }
        return [UInt8(count >> 8), UInt8(count & 0xFF)] + entry
    }
}
