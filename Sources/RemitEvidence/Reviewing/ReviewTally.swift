import RemitLedger
package import RemitModel

/// Gathers what the evidence of a period has for the owners to look at.
///
/// It keeps groups and a few examples of each, never the entries.
package struct ReviewTally {
    package let period: Period
    package private(set) var history = RepositoryHistory()
    package private(set) var total = 0
    package private(set) var entries = 0
    /// Groups that were not kept any more.
    package private(set) var uncounted = 0
    private var landings: [String: Review.Landings] = [:]
    private var undeclared: [String: Review.Undeclared] = [:]
    private var exceptions: [RecordID: Review.ExceptionUse] = [:]
    private var refusals: [RefusalKey: Review.Refusals] = [:]
    /// Allowed pushes and recorded effects of a repository.
    private var recorded: [String: (decisions: Int, effects: Int)] = [:]

    private struct RefusalKey: Hashable {
        let agent: String?
        let rule: RuleCode
    }

    /// A refusal is repeated from so many decisions on.
    package static let repeatedFrom = 3

    package init(_ period: Period) {
        self.period = period
    }

    /// Reads a whole store.
    package mutating func read(
        _ store: any EvidenceStore, until now: Instant, progress: @escaping (Int) -> Void = { _ in }
    ) throws(EvidenceError) {
        var tally = self
        try EvidenceWalk(store, progress: progress).each { name, entry throws(EvidenceError) in
            let leaf = try EntryLeaf(entry)
            tally.total += 1
            tally.history.read(leaf, of: name)
            guard tally.period.contains(leaf.at) else { return }
            tally.entries += 1
            try tally.take(entry, leaf, name, store)
        }
        tally.history.end(at: now)
        self = tally
    }

    private mutating func take(
        _ entry: LedgerEntry, _ leaf: EntryLeaf, _ name: Trace.Entry, _ store: any EvidenceStore
    ) throws(EvidenceError) {
        switch leaf.summary {
        case .decision(let submission, let outcome, _, _):
            if submission == Submission.push.word, outcome == .allowed {
                recorded[leaf.repository, default: (0, 0)].decisions += 1
            }
            guard let decision = try store.read(entry, of: name.log).decision() else { return }
            take(decision, name)
        case .effect(_, let undecided):
            recorded[leaf.repository, default: (0, 0)].effects += 1
            guard undecided > 0 else { return }
            landings[leaf.repository, default: .init(repository: leaf.repository)].updates += undecided
            landings[leaf.repository]?.examples.keep(name)
        case .lifecycle, .anchor: return
        }
    }

    private mutating func take(_ decision: Decision, _ name: Trace.Entry) {
        // Refused or only observed: nobody answers for it either way.
        let unregistered = (decision.findings + decision.observations).filter { $0.rule == .attributionUnregistered }
        for agent in Set(unregistered.compactMap(\.facts.agent)) {
            guard undeclared[agent] != nil || undeclared.count < Review.groupsAtMost else {
                uncounted += 1
                continue
            }
            let own = unregistered.filter { $0.facts.agent == agent }
            var seen = undeclared[agent] ?? .init(agent: agent)
            seen.commits += Set(own.compactMap(\.commit)).count
            seen.decisions += 1
            seen.repositories.keep(decision.repository)
            seen.examples.keep(.init(entry: name, commit: own.compactMap(\.commit).last))
            undeclared[agent] = seen
        }
        for override in decision.overrides { take(override, decision, name) }
        guard decision.outcome == .refused else { return }
        var seen: Set<RefusalKey> = []
        for finding in decision.findings {
            let only = decision.agents.count == 1 ? decision.agents[0].agent : nil
            let key = RefusalKey(agent: finding.facts.agent ?? only, rule: finding.rule)
            guard seen.insert(key).inserted else { continue }
            guard refusals[key] != nil || refusals.count < Review.groupsAtMost else {
                uncounted += 1
                continue
            }
            var group =
                refusals[key] ?? .init(agent: key.agent, last: finding, submission: decision.submission)
            group.decisions += 1
            group.repositories.keep(decision.repository)
            group.examples.keep(name)
            group.last = finding
            group.submission = decision.submission
            refusals[key] = group
        }
    }

    private mutating func take(_ override: Decision.Override, _ decision: Decision, _ name: Trace.Entry) {
        guard exceptions[override.exception] != nil || exceptions.count < Review.groupsAtMost else {
            uncounted += 1
            return
        }
        var use = exceptions[override.exception] ?? .init(override)
        // One decision can use an exception for several rules.
        if use.examples.last != name { use.decisions += 1 }
        use.findings += override.findings
        use.rules.insert(override.rule)
        use.repositories.keep(decision.repository)
        if use.examples.last != name { use.examples.keep(name) }
        exceptions[override.exception] = use
    }
}

extension ReviewTally {
    package var allLandings: [Review.Landings] { landings.sorted { $0.key < $1.key }.map(\.value) }

    /// Those that were seen most often first, and so with the others.
    package var allUndeclared: [Review.Undeclared] {
        undeclared.values.sorted { ($1.decisions, $0.agent) < ($0.decisions, $1.agent) }
    }

    package var allExceptions: [Review.ExceptionUse] {
        exceptions.values.sorted { ($1.decisions, $0.exception) < ($0.decisions, $1.exception) }
    }

    package var repeatedRefusals: [Review.Refusals] {
        refusals.values.filter { $0.decisions >= Self.repeatedFrom }
            .sorted {
                ($1.decisions, $0.agent ?? "", $0.rule.rawValue) < ($0.decisions, $1.agent ?? "", $1.rule.rawValue)
            }
    }

    /// When gates were away in the period, or are.
    package var absences: [Review.Absence] {
        (history.absences + history.away.values)
            .filter { $0.since < period.until && $0.until.map { $0 >= period.since } ?? true }
            .sorted { ($0.since, $0.repository) < ($1.since, $1.repository) }
    }

    /// Repositories where pushes were allowed and nothing says what became of them, with how many.
    package var withoutEffects: [(repository: String, decisions: Int)] {
        recorded.filter { $0.value.decisions > 0 && $0.value.effects == 0 }
            .map { ($0.key, $0.value.decisions) }.sorted { $0.0 < $1.0 }
    }
}

extension Array where Element: Hashable {
    /// Keeps the newest few.
    fileprivate mutating func keep(_ element: Element) {
        append(element)
        if count > Review.examplesAtMost { removeFirst() }
    }
}

extension Set<String> {
    /// Repositories are told by name only where they are few.
    fileprivate mutating func keep(_ name: String) {
        if count < 16 { insert(name) }
    }
}
