import RemitLedger
package import RemitModel

/// Follows the evidence from what was asked for to the person who answers for it.
package struct Tracing<Store: EvidenceStore> {
    let store: Store
    private let question: TraceQuestion

    /// More decisions about one thing than this are not told: only the newest.
    package static var decisionsAtMost: Int { 64 }
    package static var relatedAtMost: Int { 64 }
    /// What is left out is counted no further.
    package static var countedAtMost: Int { 4096 }
    /// So many entries are looked through for what is related.
    private static var examinedAtMost: Int { 1024 }

    package init(_ question: TraceQuestion, in store: Store) {
        self.question = question
        self.store = store
    }

    /// The trace; `nil` where the evidence knows of nothing like it.
    package func trace() throws(EvidenceError) -> Trace? {
        let meanings = try question.meanings(in: store)
        guard let meaning = meanings.first else { return nil }
        if meanings.count > 1 {
            let (first, second) = (meanings[0], meanings[1])
            throw EvidenceError(
                "'\(question.text)' is ambiguous: it is \(Self.words(first)) and \(Self.words(second))")
        }
        let names = try store.entries(about: meaning.subject, limit: Self.countedAtMost)
        let (decisions, landed, read) = try newest(names)
        let recorded = decisions.map(\.recorded)
        let (related, relatedOlder) = try related(to: recorded, but: Set(names))
        return Trace(
            kind: meaning.kind, value: meaning.value, decisions: recorded,
            older: Trace.Rest(entries: names.count - read, isCounted: names.count < Self.countedAtMost),
            effects: try effects(of: recorded, beside: landed), agents: try agents(of: decisions),
            chains: try chains(of: recorded, meaning), related: related, relatedOlder: relatedOlder)
    }

    private static func words(_ meaning: TraceQuestion.Meaning) -> String {
        let value = String(decoding: meaning.value.bytes, as: UTF8.self)
        return meaning.kind == .delegation ? "delegation \(value)" : "\(meaning.kind.rawValue) \(value)"
    }

    // MARK: Decisions

    typealias Read = (recorded: Trace.Recorded, manifest: EvidenceManifest?)

    /// The newest decisions of some entries and the effects among them, both oldest first, and how many entries that were.
    private func newest(
        _ names: [Trace.Entry]
    ) throws(EvidenceError) -> (decisions: [Read], effects: [Trace.Effect], entries: Int) {
        var (decisions, effects, read): ([Read], [Trace.Effect], Int) = ([], [], 0)
        for name in names {
            if let entry = try store.read(name) {
                if let decision = try decision(entry) {
                    guard decisions.count < Self.decisionsAtMost else { break }
                    decisions.append(decision)
                } else if let effect = try effect(entry) {
                    effects.append(effect)
                }
            }
            read += 1
        }
        return (
            LogOrder.merged(decisions, name: { $0.recorded.entry }, at: { $0.recorded.at }),
            LogOrder.merged(effects, name: \.entry, at: \.at), read
        )
    }

    private func decision(_ entry: StoredEntry) throws(EvidenceError) -> Read? {
        guard case .decision(_, let outcome, _, _) = entry.leaf.summary else { return nil }
        let recorded = Trace.Recorded(
            entry: entry.name, at: entry.leaf.at, program: entry.leaf.program, repository: entry.leaf.repository,
            outcome: outcome, decision: try entry.decision())
        return (recorded, entry.manifest)
    }

    private func effect(_ entry: StoredEntry) throws(EvidenceError) -> Trace.Effect? {
        guard case .effect(let landed, let undecided) = entry.leaf.summary else { return nil }
        let document = try entry.document.map { bytes throws(EvidenceError) in
            try Effect(bytes, of: "the effect of entry \(entry.name.sequence)")
        }
        return Trace.Effect(
            entry: entry.name, at: entry.leaf.at, repository: entry.leaf.repository, landed: landed,
            undecided: undecided, moves: document?.landed.map { Trace.Move($0.update, by: $0.decision) })
    }

    /// What landed of the updates that were decided about, beside what is known to have landed.
    private func effects(
        of decisions: [Trace.Recorded], beside known: [Trace.Effect]
    ) throws(EvidenceError) -> [Trace.Effect] {
        var found = Dictionary(known.map { ($0.entry, $0) }) { first, _ in first }
        for recorded in decisions {
            for update in recorded.decision?.updates ?? [] {
                let subject = Subject.update(update, in: ByteString(recorded.repository))
                // Another server can have a repository of this name too.
                for name in try store.entries(about: subject, limit: Self.relatedAtMost)
                where found[name] == nil && name.log == recorded.entry.log {
                    if let entry = try store.read(name) { found[name] = try effect(entry) }
                }
            }
        }
        return LogOrder.merged(found.values, name: \.entry, at: \.at)
    }

    /// What was refused on the same refs, and what else was decided under the same delegations.
    private func related(
        to decisions: [Trace.Recorded], but shown: Set<Trace.Entry>
    ) throws(EvidenceError) -> ([Trace.Recorded], older: Trace.Rest) {
        var names: Set<Trace.Entry> = []
        var refs: Set<Trace.Entry> = []
        var isCounted = true
        func entries(_ subject: Subject) throws(EvidenceError) -> [Trace.Entry] {
            let found = try store.entries(about: subject, limit: Self.countedAtMost)
            if found.count == Self.countedAtMost { isCounted = false }
            return found
        }
        var asked: Set<Subject> = []
        var places: [Subject: [Trace.Entry]] = [:]
        for recorded in decisions {
            guard let decision = recorded.decision else { continue }
            for ref in Set(decision.updates.map(\.ref)) {
                let subject = Subject.ref(ref, in: ByteString(recorded.repository))
                let found: [Trace.Entry]
                if let known = places[subject] { found = known } else { found = try entries(subject) }
                places[subject] = found
                refs.formUnion(found.filter { $0.log == recorded.entry.log })
            }
            for id in Self.delegations(of: decision) {
                let subject = Subject.delegation(id, in: nil)
                if asked.insert(subject).inserted { names.formUnion(try entries(subject)) }
            }
        }
        let all = names.union(refs).subtracting(shown)
        var order = NewestFirst(all)
        var found: [Trace.Recorded] = []
        while order.taken < Self.examinedAtMost, let (name, entry) = try order.next(in: store) {
            if case .decision(_, let outcome, _, _) = try EntryLeaf(entry).summary,
                names.contains(name) || outcome != .allowed,
                let recorded = try decision(store.read(entry, of: name.log))?.recorded
            {
                guard found.count < Self.relatedAtMost else {
                    order.putBack()
                    break
                }
                found.append(recorded)
            }
        }
        return (
            LogOrder.merged(found, name: \.entry, at: \.at),
            Trace.Rest(entries: all.count - order.taken, isCounted: isCounted)
        )
    }

    /// Every delegation that a decision rests on or refused, each once, in order.
    static func delegations(of decision: Decision) -> [RecordID] {
        var ids: [RecordID] = []
        let all =
            decision.delegations.map(\.delegation) + decision.landings.map(\.delegation)
            + decision.authorship.compactMap(\.delegation) + decision.findings.compactMap(\.facts.delegation)
        for id in all where !ids.contains(id) { ids.append(id) }
        return ids
    }
}
