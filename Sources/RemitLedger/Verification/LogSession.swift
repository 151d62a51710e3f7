/// An entry's row as it stands in the file, believed in nothing.
struct RawEntry {
    let sequence: Int64
    let kind: String
    let digest: [UInt8]
    let bytes: [UInt8]
}

extension LedgerTransaction {
    /// The next rows after this sequence; a page holds few, since each may be large.
    func rawEntries(after sequence: Int64) throws(LedgerError) -> [RawEntry] {
        try statements.rawEntries.all([.integer(sequence)]) { row in
            RawEntry(sequence: row.integer(0), kind: row.text(1), digest: row.bytes(2), bytes: row.bytes(3))
        }
    }
}

/// One walk over a ledger's entries, beside its tiles and what was published of them.
struct LogSession {
    let directory: LogDirectory
    /// How many entries the published checkpoint has.
    let published: Int64

    struct State {
        /// The sizes at which the root is wanted.
        let sizes: Set<Int64>
        var roots: [Int64: TreeHash] = [:]
        var builder = TreeBuilder()
        /// The entries of the bundle that is not full yet, each after its length.
        var bundle: [[UInt8]] = []
        var last: Int64 = Int64.min
        /// Inputs that have been checked already, and whether they are there.
        var inputs: [EvidenceDigest: Bool] = [:]

        init(sizes: Set<Int64>) {
            self.sizes = sizes
            if sizes.contains(0) { roots[0] = .empty }
        }
    }

    func take(
        _ row: RawEntry, _ state: inout State, _ found: inout LogExamination, _ ledger: borrowing Ledger
    ) throws(LedgerError) {
        let expected = state.builder.size + 1
        state.last = row.sequence
        if row.sequence != expected {
            found.faults.add("entry \(expected) is missing: number \(row.sequence) follows", entry: expected)
        }
        if EvidenceDigest(of: row.bytes).bytes != row.digest {
            found.faults.add("entry \(expected) differs from its digest", entry: expected)
        }
        if !EntryKind.isName(row.kind, of: row.bytes) {
            found.faults.add("entry \(expected) is not of the kind '\(row.kind)'", entry: expected)
        }
        if row.kind == EntryKind.anchor.rawValue, row.bytes.starts(with: Self.entryStart) {
            found.anchors.append(expected)
        }
        try LogInputs.check(row.bytes, entry: expected, &state.inputs, &found, ledger)
        let full = state.builder.append(.leaf(row.bytes))
        if let framed = Ledger.frame(row.bytes) {
            state.bundle.append(framed)
        } else {
            found.faults.add("entry \(expected) has \(row.bytes.count) bytes", entry: expected)
        }
        for tile in full { try check(tile.hashes, tile.level, tile.number, &found, ledger) }
        if state.builder.size <= published {
            for tile in full { try checkFile(tile.hashes, tile.level, tile.number, &found) }
            if expected % Tile.width == 0 { try checkBundle(state.bundle, (expected - 1) / Tile.width, &found) }
            if state.builder.size == published { try checkPartialFiles(state, &found) }
        }
        if expected % Tile.width == 0 { state.bundle = [] }
        if state.sizes.contains(expected) { state.roots[expected] = state.builder.root }
    }

    /// What is left when the last entry has been read: tiles that are not full, and rows of none.
    func finish(_ state: inout State, _ found: inout LogExamination, _ ledger: borrowing Ledger) throws(LedgerError) {
        let size = state.builder.size
        for (level, hashes) in state.builder.border.enumerated() {
            try check(hashes, level, Tile.count(atLevel: level, size: size) / Tile.width, &found, ledger)
        }
        let expected = (0..<Tile.levels).reduce(Int64(0)) { sum, level in
            sum + (Tile.count(atLevel: level, size: size) + Tile.width - 1) / Tile.width
        }
        let rows = try ledger.session.database.integer("SELECT count(*) FROM tile")
        if rows > expected {
            found.faults.add("the tree has \(rows) tiles, its entries make \(expected)", entry: size + 1)
        }
    }

    /// The ledger's own tile.
    private func check(
        _ hashes: [TreeHash], _ level: Int, _ number: Int64, _ found: inout LogExamination, _ ledger: borrowing Ledger
    ) throws(LedgerError) {
        var stored: [TreeHash] = []
        do throws(LedgerError) {
            stored = try ledger.tile(level: level, number: number)
        } catch {
            guard error.code == .corrupt else { throw error }
        }
        compare(hashes, with: stored, "tile \(level)/\(number) of the ledger", level, number, &found)
    }

    private func checkFile(
        _ hashes: [TreeHash], _ level: Int, _ number: Int64, _ found: inout LogExamination
    ) throws(LedgerError) {
        let name = LogDirectory.name(level: level, number: number, width: Int64(hashes.count))
        let bytes = try read(
            name, or: LogDirectory.name(level: level, number: number), count: hashes.count * TreeHash.byteCount,
            limit: Int(Tile.width) * TreeHash.byteCount)
        compare(hashes, with: bytes.flatMap(TileTable.hashes) ?? [], "the file '\(name)'", level, number, &found)
    }

    private func checkPartialFiles(_ state: State, _ found: inout LogExamination) throws(LedgerError) {
        for (level, hashes) in state.builder.border.enumerated() where !hashes.isEmpty {
            try checkFile(hashes, level, Tile.count(atLevel: level, size: published) / Tile.width, &found)
        }
        if published % Tile.width > 0 { try checkBundle(state.bundle, published / Tile.width, &found) }
    }

    private func checkBundle(
        _ entries: [[UInt8]], _ number: Int64, _ found: inout LogExamination
    ) throws(LedgerError) {
        let first = number * Tile.width + 1
        let width = (published - number * Tile.width)
        let name = LogDirectory.name(level: nil, number: number, width: min(width, Tile.width))
        let expected = Array(entries.joined())
        let stored =
            try read(
                name, or: LogDirectory.name(level: nil, number: number), count: expected.count,
                limit: Int(Tile.width) * (Ledger.maximumEntryByteCount + 2)) ?? []
        guard stored != expected else { return }
        var start = 0
        for (place, entry) in entries.enumerated() {
            guard stored.dropFirst(start).starts(with: entry) else {
                let entry = first + Int64(place)
                found.faults.add("the file '\(name)' differs at entry \(entry)", entry: entry)
                return
            }
            start += entry.count
        }
        let last = first + Int64(entries.count) - 1
        found.faults.add("the file '\(name)' goes on after entry \(last)", entry: last)
    }

    /// A tile's bytes; where its partial form is gone, as many of the full one's (C2SP tlog-tiles).
    ///
    /// That is so between the writing of the full tile and of the checkpoint that has it.
    private func read(_ name: String, or full: String, count: Int, limit: Int) throws(LedgerError) -> [UInt8]? {
        if let bytes = try read(name, limit: limit) { return bytes }
        guard name != full, let bytes = try read(full, limit: limit) else { return nil }
        return Array(bytes.prefix(count))
    }

    /// A file's bytes; one that is too long is as wrong as one that is not there.
    private func read(_ name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
        do throws(LedgerError) {
            return try directory.read(name, limit: limit)
        } catch {
            guard error.code == .corrupt else { throw error }
            return nil
        }
    }

    private func compare(
        _ hashes: [TreeHash], with stored: [TreeHash], _ words: String, _ level: Int, _ number: Int64,
        _ found: inout LogExamination
    ) {
        guard hashes != stored else { return }
        // How many entries stand below one hash of this level.
        let span = Int64(1) << Int64(Tile.height * level)
        let place =
            zip(hashes, stored).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(hashes.count, stored.count)
        let first = (number * Tile.width + Int64(place)) * span + 1
        let range = span == 1 ? "entry \(first)" : "entries \(first) to \(first + span - 1)"
        if stored.isEmpty, !hashes.isEmpty {
            found.faults.add("\(words) is missing or cannot be read, from \(range) on", entry: first)
        } else if place == stored.count {
            found.faults.add("\(words) ends before \(range)", entry: first)
        } else if place == hashes.count {
            found.faults.add("\(words) goes on with \(range), which is missing", entry: first)
        } else {
            found.faults.add("\(words) has another hash of \(range)", entry: first)
        }
    }

    private static let entryStart = Array(#"{"schema":"entry/v1","kind":""#.utf8)
}
