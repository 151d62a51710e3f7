import RemitFormats
import RemitLedger
import RemitModel

/// Who wrote it, and who answers for that.
extension Tracing {
    /// A chain of more delegations is none of ours.
    private static var linksAtMost: Int { 64 }

    func agents(of decisions: [Read]) throws(EvidenceError) -> [Trace.Participant] {
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

    func chains(
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
