import RemitFormats
import RemitLedger
package import RemitModel

/// Follows the evidence from what was asked for to the person who answers for it.
package struct Tracing<Store: EvidenceStore> {
    private let store: Store
    private let question: TraceQuestion

    /// More decisions about one thing than this are not told: only the newest.
    package static var decisionsAtMost: Int { 64 }
    package static var relatedAtMost: Int { 64 }
    /// A chain of more delegations is none of ours.
    private static var linksAtMost: Int { 64 }

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
        let names = try store.entries(about: meaning.subject, limit: Self.decisionsAtMost + 1)
        let decisions = try recorded(names.prefix(Self.decisionsAtMost).reversed())
        let shown = Set(names)
        return Trace(
            kind: meaning.kind, value: meaning.value, decisions: decisions.map(\.recorded),
            isCut: names.count > Self.decisionsAtMost, effects: try effects(of: decisions.map(\.recorded)),
            agents: try agents(of: decisions), chains: try chains(of: decisions.map(\.recorded), meaning),
            related: try related(to: decisions.map(\.recorded), but: shown))
    }

    private static func words(_ meaning: TraceQuestion.Meaning) -> String {
        let value = String(decoding: meaning.value.bytes, as: UTF8.self)
        return meaning.kind == .delegation ? "delegation \(value)" : "\(meaning.kind.rawValue) \(value)"
    }

    // MARK: Decisions

    private typealias Read = (recorded: Trace.Recorded, manifest: EvidenceManifest?)

    private func recorded(_ names: some Sequence<Trace.Entry>) throws(EvidenceError) -> [Read] {
        var found: [Read] = []
        for name in names {
            guard let entry = try store.read(name), case .decision(_, let outcome, _, _) = entry.leaf.summary else {
                continue
            }
            let recorded = Trace.Recorded(
                entry: name, at: entry.leaf.at, program: entry.leaf.program, repository: entry.leaf.repository,
                outcome: outcome, decision: try entry.decision())
            found.append((recorded, entry.manifest))
        }
        return found
    }

    /// What landed of the updates that were decided about.
    private func effects(of decisions: [Trace.Recorded]) throws(EvidenceError) -> [Trace.Effect] {
        var found: [Trace.Effect] = []
        for recorded in decisions {
            for update in recorded.decision?.updates ?? [] {
                let subject = Subject.update(update, in: ByteString(recorded.repository))
                for name in try store.entries(about: subject, limit: Self.relatedAtMost) {
                    guard let entry = try store.entry(name), entry.kind == .effect else { continue }
                    let leaf = try EntryLeaf(entry)
                    guard case .effect(let landed, let undecided) = leaf.summary else { continue }
                    let effect = Trace.Effect(entry: name, at: leaf.at, landed: landed, undecided: undecided)
                    if !found.contains(effect) { found.append(effect) }
                }
            }
        }
        return found.sorted { $0.entry.sequence < $1.entry.sequence }
    }

    /// What was refused on the same refs, and what else was decided under the same delegations.
    private func related(
        to decisions: [Trace.Recorded], but shown: Set<Trace.Entry>
    ) throws(EvidenceError) -> [Trace.Recorded] {
        var names: Set<Trace.Entry> = []
        var refs: Set<Trace.Entry> = []
        for recorded in decisions {
            guard let decision = recorded.decision else { continue }
            let place = ByteString(recorded.repository)
            for ref in Set(decision.updates.map(\.ref)) {
                refs.formUnion(try store.entries(about: .ref(ref, in: place), limit: Self.relatedAtMost))
            }
            for id in Self.delegations(of: decision) {
                names.formUnion(try store.entries(about: .delegation(id, in: nil), limit: Self.relatedAtMost))
            }
        }
        let all = names.union(refs).subtracting(shown).sorted { $0.sequence < $1.sequence }
        return try recorded(all.suffix(Self.relatedAtMost)).map(\.recorded)
            .filter { names.contains($0.entry) || $0.outcome != .allowed }
    }

    /// Every delegation that a decision rests on or refused, each once, in order.
    private static func delegations(of decision: Decision) -> [RecordID] {
        var ids: [RecordID] = []
        let all =
            decision.delegations.map(\.delegation) + decision.landings.map(\.delegation)
            + decision.authorship.compactMap(\.delegation) + decision.findings.compactMap(\.facts.delegation)
        for id in all where !ids.contains(id) { ids.append(id) }
        return ids
    }

    // MARK: Who

    private func agents(of decisions: [Read]) throws(EvidenceError) -> [Trace.Participant] {
        var found: [Trace.Participant] = []
        // The newest first: owners are those of the last decision whose inventory is archived.
        for (recorded, manifest) in decisions.reversed() {
            for id in recorded.decision?.agents.map(\.agent) ?? [] where !found.contains(where: { $0.id == id }) {
                found.append(Trace.Participant(id: id, owners: try owners(of: id, by: manifest)))
            }
        }
        return found.sorted { $0.id < $1.id }
    }

    /// Who answered for an agent, by the record that was read for the decision.
    private func owners(of id: String, by manifest: EvidenceManifest?) throws(EvidenceError) -> [String]? {
        let path = "agents/\(id).toml"
        guard let digest = manifest?["authority"], let bytes = try store.input(digest) else { return nil }
        let authority = try Members(bytes, of: "the authority \(digest)")
        guard let file = try authority.object("files").optionalDigest(path), let record = try store.input(file) else {
            return nil
        }
        // A record that cannot be read is no obstacle to the rest: it says nothing of owners.
        do throws(RecordError) { return try Agent(record: record, file: path).owners } catch { return nil }
    }

    private func chains(
        of decisions: [Trace.Recorded], _ meaning: TraceQuestion.Meaning
    ) throws(EvidenceError) -> [[Trace.Link]] {
        var ids: [RecordID] = []
        if meaning.kind == .delegation, let id = RecordID(String(decoding: meaning.value.bytes, as: UTF8.self)) {
            ids.append(id)
        }
        for decision in decisions.compactMap(\.decision) {
            for id in Self.delegations(of: decision) where !ids.contains(id) { ids.append(id) }
        }
        var chains: [[Trace.Link]] = []
        for id in ids { chains.append(try chain(from: id)) }
        return chains
    }

    /// A delegation and those above it: an id is the digest of its record, so that the archive finds it by that.
    private func chain(from id: RecordID) throws(EvidenceError) -> [Trace.Link] {
        var links: [Trace.Link] = []
        var next: RecordID? = id
        while let id = next, links.count < Self.linksAtMost {
            var delegation: Delegation?
            if let digest = EvidenceDigest(bytes: id.bytes), let record = try store.input(digest) {
                // One that cannot be read was refused for that, which its decision says.
                do throws(RecordError) {
                    delegation = try Delegation(record: record, file: "delegation \(id.abbreviated)")
                } catch {}
            }
            links.append(Trace.Link(id: id, delegation: delegation))
            next = delegation?.parent
        }
        return links
    }
}

extension Members {
    fileprivate func optionalDigest(_ name: String) throws(EvidenceError) -> EvidenceDigest? {
        self[name] == nil ? nil : try digest(name)
    }
}
