import RemitFormats
package import RemitLedger
import RemitModel
package import RemitReport

extension ExportedEntry {
    /// An entry of a store with what is left of what it rests on.
    package init(_ entry: LedgerEntry, of log: String, in store: some EvidenceStore) throws(EvidenceError) {
        let stored = try store.read(entry, of: log)
        let content: Content
        switch stored.leaf.summary {
        case .decision(let submission, let outcome, let mode, let isOverridden):
            content = .decision(
                Verdict(submission: submission, outcome: outcome, mode: mode, isOverridden: isOverridden),
                try stored.decision(), try Self.policy(stored, in: store))
        case .effect(let landed, let undecided):
            content = .effect(landed: landed, undecided: undecided, details: try Self.details(stored))
        case .lifecycle(let event): content = .lifecycle(event: event, details: try Self.details(of: stored))
        case .anchor(let size): content = .anchor(size: size)
        }
        self.init(
            stored.name, digest: entry.digest.hex, at: stored.leaf.at, program: stored.leaf.program,
            repository: stored.leaf.repository, content: content)
    }

    /// The policy that was decided under; `nil` where its record is not archived.
    private static func policy(
        _ stored: StoredEntry, in store: some EvidenceStore
    ) throws(EvidenceError) -> Policy? {
        guard let digest = stored.manifest?["record:authority.toml"], let record = try store.input(digest),
            let id = RecordID(bytes: digest.bytes)
        else { return nil }
        do throws(RecordError) {
            let policy = try RemitModel.Policy(record: record, file: "authority.toml")
            return Policy(organisation: policy.organisation, digest: id)
        } catch {
            // Then nothing was decided under it.
            return nil
        }
    }

    private static func details(_ stored: StoredEntry) throws(EvidenceError) -> EffectDetails? {
        guard let document = stored.document else { return nil }
        let effect = try Effect(document, of: "the effect of entry \(stored.name.sequence)")
        return EffectDetails(pusher: effect.pusher, updates: effect.landed.map { ($0.update, $0.decision) })
    }

    /// What a lifecycle's document says in plain members, and which settings changed; nothing where it was erased.
    private static func details(of stored: StoredEntry) throws(EvidenceError) -> [Detail] {
        guard let document = stored.document else { return [] }
        let members = try Members(document, of: "the event of entry \(stored.name.sequence)")
        var details: [Detail] = []
        for name in ["by", "reason", "git_directory", "mode", "program", "from", "to"] {
            if let text = try members.optionalText(name) { details.append(Detail(name, text)) }
        }
        if members["changes"] != nil {
            var keys: [String] = []
            for change in try members.objects("changes") { keys.append(try change.text("key")) }
            if !keys.isEmpty { details.append(Detail("changes", keys.joined(separator: " "))) }
        }
        return details
    }
}
