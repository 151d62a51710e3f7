package import RemitModel
package import RemitLedger

/// A walk over every entry of every log of a store, one page at a time: what it needs does not grow with the logs.
package struct EvidenceWalk {
    private let store: any EvidenceStore
    private let progress: (Int) -> Void

    /// - Parameter progress: is told after each page how many entries have been read so far.
    package init(_ store: any EvidenceStore, progress: @escaping (Int) -> Void = { _ in }) {
        self.store = store
        self.progress = progress
    }

    /// Shows each entry in the order of its log; what it rests on is read by whoever needs it.
    package func each(
        _ visit: (Trace.Entry, LedgerEntry) throws(EvidenceError) -> Void
    ) throws(EvidenceError) {
        var done = 0
        for log in try store.logs() {
            var last: Int64 = 0
            while true {
                let page = try store.entries(in: log, after: last, limit: Ledger.maximumPageCount)
                guard let end = page.last else { break }
                for entry in page { try visit(Trace.Entry(log: log, sequence: entry.sequence), entry) }
                last = end.sequence
                done += page.count
                progress(done)
            }
        }
    }
}

/// Which repositories a store knows, and since when everything that moved there was judged.
package struct RepositoryHistory: Hashable, Sendable {
    package private(set) var repositories: Set<String> = []
    /// The last moment at which something moved that nothing judged, or could have.
    package private(set) var unjudged: [String: Instant] = [:]
    /// When the gate was taken away where it is still away, and by which entry.
    package private(set) var away: [String: Review.Absence] = [:]
    /// When it was away before.
    package private(set) var absences: [Review.Absence] = []

    package init() {}

    /// Takes the next entry of its log.
    package mutating func read(_ leaf: EntryLeaf, of entry: Trace.Entry) {
        let repository = leaf.repository
        repositories.insert(repository)
        switch leaf.summary {
        case .effect(_, let undecided) where undecided > 0: note(leaf.at, repository)
        case .lifecycle(Lifecycle.Event.disabled.rawValue):
            away[repository] = Review.Absence(repository: repository, since: leaf.at, entry: entry)
        case .lifecycle(Lifecycle.Event.installed.rawValue):
            guard var absence = away.removeValue(forKey: repository) else { break }
            absence.until = leaf.at
            if absences.count < Review.groupsAtMost { absences.append(absence) }
            note(leaf.at, repository)
        case .decision, .effect, .lifecycle, .anchor: break
        }
    }

    /// Ends the history: a gate that is away lets everything by until now.
    package mutating func end(at now: Instant) {
        for repository in away.keys { note(now, repository) }
    }

    private mutating func note(_ moment: Instant, _ repository: String) {
        unjudged[repository] = max(unjudged[repository] ?? moment, moment)
    }
}
