package import RemitModel

/// A movement of a ref that a log of git's tells.
package struct LoggedMovement: Hashable, Sendable {
    package let update: RefUpdate
    package let at: Instant

    package init(_ update: RefUpdate, at moment: Instant) {
        self.update = update
        at = moment
    }
}

/// What does not agree between the refs of a repository and what the ledger says of them.
package struct Coverage: Hashable, Sendable {
    package let repository: String
    package private(set) var gaps: [Gap] = []
    /// Decisions whose updates git did not carry out, which is its right.
    package private(set) var notLanded: [Gap] = []
    package let refs: Int
    package let movements: Int
    package let decisions: Int
    package let effects: Int
    /// Entries of which it is not known any more what they were about: what they let cannot be told.
    package let erased: Int

    package enum Gap: Hashable, Sendable {
        /// A ref is not where any decision let it; its value is zero where it is gone.
        case ref(ByteString, at: ObjectID)
        /// Git's log has a movement that no decision let.
        case movement(RefUpdate, at: Instant)
        /// A push landed that no decision let.
        case effect(RefUpdate, entry: Int64)
        /// A decision's update that no effect records.
        case record(RefUpdate, entry: Int64)
        /// The gate was away; `until` is the entry and moment at which it was there again.
        case disabled(since: Moment, until: Moment?)
        /// Nothing says what stood when the gate began.
        case beginning
    }

    package struct Moment: Hashable, Sendable {
        package let entry: Int64
        package let at: Instant
    }

    /// Holds what is there against what is recorded.
    package init(of history: GateHistory, refs: [ByteString: ObjectID], logs: [LoggedMovement]) {
        repository = history.repository
        self.refs = refs.count
        movements = logs.count
        decisions = history.decisions
        effects = history.effects
        erased = history.erased
        if history.baseline == nil { gaps.append(.beginning) }
        gaps += history.away.map { .disabled(since: $0.since, until: $0.until) }
        gaps += Self.unexplained(refs, history)
        gaps += Self.unexplained(logs, history)
        gaps += history.undecided.map { .effect($0.update, entry: $0.entry) }
        let moved = Set(logs.map(\.update))
        for (update, entry) in history.withoutEffect {
            if moved.contains(update) || refs[update.ref] ?? ObjectID.zero == update.new {
                gaps.append(.record(update, entry: entry))
            } else {
                notLanded.append(.record(update, entry: entry))
            }
        }
    }

    private static func unexplained(_ refs: [ByteString: ObjectID], _ history: GateHistory) -> [Gap] {
        let names = Set(refs.keys).union(history.expected.keys).union((history.baseline?.refs ?? [:]).keys)
        return names.sorted().compactMap { name in
            // A ref that nothing tells of was not there.
            let expected = history.expected[name] ?? Set([history.baseline?.refs[name]].compactMap(\.self))
            let value = refs[name]
            if let value { return expected.contains(value) ? nil : .ref(name, at: value) }
            guard !expected.isEmpty, !expected.contains(where: \.isZero) else { return nil }
            return .ref(name, at: .zero)
        }
    }

    /// The movements since the gate stands for which there is no decision; each decision lets one.
    private static func unexplained(_ logs: [LoggedMovement], _ history: GateHistory) -> [Gap] {
        guard let baseline = history.baseline else { return [] }
        var left = history.allowed
        let since = Dictionary(grouping: logs, by: \.update.ref).sorted { $0.key < $1.key }
            .flatMap { ref, log in later(log, than: baseline, at: baseline.refs[ref]) }
        return since.compactMap { movement in
            if let count = left[movement.update], count > 0 {
                left[movement.update] = count - 1
                return nil
            }
            // Within the second of the installation: what led to what stood then was before it.
            guard movement.at != baseline.at || baseline.refs[movement.update.ref] != movement.update.new else {
                return nil
            }
            return .movement(movement.update, at: movement.at)
        }
    }

    /// Of one ref's log, oldest first, what is later than the baseline, at which the ref stood at `value`.
    ///
    /// The order of the log says so rather than its times: a clock can go back, and whoever moves a ref on the server can
    /// write any time. Only where the log does not tell how the ref came to stand there, older times are believed.
    private static func later(
        _ log: [LoggedMovement], than baseline: GateHistory.Baseline, at value: ObjectID?
    ) -> ArraySlice<LoggedMovement> {
        let older = log.prefix { $0.at < baseline.at }
        guard let value else { return log.dropFirst(older.count) }
        if let last = older.lastIndex(where: { $0.update.new == value }) { return log[(last + 1)...] }
        return log[(older.firstIndex { $0.update.old == value } ?? older.endIndex)...]
    }
}
