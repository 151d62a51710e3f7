package import RemitLedger
package import RemitModel

/// What the ledger says of one repository's gate and refs, read from its first entry to its last.
package struct GateHistory: Sendable {
    package let repository: String
    /// What stood when the gate began, last time it did; `nil` where that is not on record.
    package private(set) var baseline: Baseline?
    /// When the gate was away.
    package private(set) var away: [(since: Coverage.Moment, until: Coverage.Moment?)] = []
    /// Where refs may be: what the last effect left, and what decisions since then let.
    package private(set) var expected: [ByteString: Set<ObjectID>] = [:]
    /// How often decisions let each movement.
    package private(set) var allowed: [RefUpdate: Int] = [:]
    package private(set) var undecided: [(update: RefUpdate, entry: Int64)] = []
    package private(set) var decisions = 0
    package private(set) var effects = 0
    /// Entries of which it is not known any more what they were about.
    package private(set) var erased = 0
    /// The updates of decisions that no effect rests on yet.
    private var open: [Int64: [RefUpdate]] = [:]

    package struct Baseline: Hashable, Sendable {
        package let at: Instant
        package let refs: [ByteString: ObjectID]
    }

    /// Under this role an installation keeps what every ref was.
    package static let refsRole = "refs"

    /// Of decisions that let something through, each update that no effect records.
    package var withoutEffect: [(update: RefUpdate, entry: Int64)] {
        open.sorted { $0.key < $1.key }.flatMap { entry, updates in updates.map { ($0, entry) } }
    }

    package init(of repository: String, in ledger: borrowing Ledger) throws(EvidenceError) {
        self.repository = repository
        var next: Int64 = 1
        while true {
            let from = next
            let page = try EvidenceError.asking({ () throws(LedgerError) in
                try ledger.entries(from: from, limit: Ledger.maximumPageCount)
            })
            guard let last = page.last else { return }
            for entry in page {
                let leaf = try EntryLeaf(entry)
                if leaf.repository == repository { try read(leaf, entry.sequence, in: ledger) }
            }
            next = last.sequence + 1
        }
    }

    private mutating func read(_ leaf: EntryLeaf, _ entry: Int64, in ledger: borrowing Ledger) throws(EvidenceError) {
        switch leaf.summary {
        case .decision(Submission.push.word, let outcome, let mode, _) where outcome == .allowed || mode == .monitor:
            decisions += 1
            guard let updates = try updates(of: leaf, entry, in: ledger) else {
                erased += 1
                return
            }
            for update in updates {
                allowed[update, default: 0] += 1
                open[entry, default: []].append(update)
                expected[update.ref, default: Set([baseline?.refs[update.ref]].compactMap(\.self))].insert(update.new)
            }
        case .effect:
            effects += 1
            guard let recorded = try Self.recorded(leaf, entry, in: ledger) else {
                erased += 1
                return
            }
            let effect = try Effect(recorded.document, of: "the document of entry \(entry)")
            for landed in effect.landed { note(landed, entry) }
        case .lifecycle(let event): try read(event, leaf, entry, in: ledger)
        case .decision, .anchor: break
        }
    }

    private mutating func note(_ landed: Effect.Landed, _ entry: Int64) {
        guard let decision = landed.decision else {
            undecided.append((landed.update, entry))
            return
        }
        expected[landed.update.ref] = [landed.update.new]
        open[decision]?.removeAll { $0 == landed.update }
    }

    private mutating func read(
        _ event: String, _ leaf: EntryLeaf, _ entry: Int64, in ledger: borrowing Ledger
    ) throws(EvidenceError) {
        let moment = Coverage.Moment(entry: entry, at: leaf.at)
        switch Lifecycle.Event(rawValue: event) {
        case .disabled: away.append((moment, nil))
        case .installed:
            if let last = away.indices.last, away[last].until == nil { away[last].until = moment }
            guard let recorded = try Self.recorded(leaf, entry, in: ledger) else {
                erased += 1
                return
            }
            guard let digest = recorded.manifest[Self.refsRole] else {
                return
            }
            let bytes = try ledger.kept(digest, "list of refs", of: entry)
            baseline = Baseline(at: leaf.at, refs: try Self.refs(bytes, of: entry))
            // What came before it explains nothing that moves after it.
            (expected, allowed) = ([:], [:])
        case .upgraded, .configChanged, .clockAccepted, .alarmCleared, nil: break
        }
    }

    /// An entry with its document; `nil` where it was erased.
    private static func recorded(
        _ leaf: EntryLeaf, _ entry: Int64, in ledger: borrowing Ledger
    ) throws(EvidenceError) -> RecordedEntry? {
        let isKept = try EvidenceError.asking({ () throws(LedgerError) in try ledger.input(leaf.evidence) }) != nil
        return isKept ? try ledger.recorded(entry) : nil
    }

    private func updates(
        of leaf: EntryLeaf, _ entry: Int64, in ledger: borrowing Ledger
    ) throws(EvidenceError) -> [RefUpdate]? {
        guard let recorded = try Self.recorded(leaf, entry, in: ledger) else { return nil }
        let members = try Members(recorded.document, of: "the document of entry \(entry)")
        var updates: [RefUpdate] = []
        for update in try members.objects("updates") { updates.append(try RefUpdate(update)) }
        return updates
    }

    /// A line for each ref: `<id> <name>`.
    private static func refs(_ bytes: [UInt8], of entry: Int64) throws(EvidenceError) -> [ByteString: ObjectID] {
        var refs: [ByteString: ObjectID] = [:]
        for line in bytes.split(separator: 0x0A) {
            guard let space = line.firstIndex(of: 0x20),
                let id = ObjectID(hex: String(decoding: line[..<space], as: UTF8.self))
            else { throw EvidenceError("the list of refs of entry \(entry) cannot be read") }
            refs[ByteString(line[(space + 1)...])] = id
        }
        return refs
    }
}
