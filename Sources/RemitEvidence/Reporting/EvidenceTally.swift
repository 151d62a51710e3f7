import RemitLedger
package import RemitModel

/// Counts what the ledgers of a period hold; it keeps numbers and a few names of entries, never the entries.
package struct EvidenceTally {
    package let period: Period
    package private(set) var figures: [Figure: Int] = [:]
    package private(set) var examples: [EvidenceKind: [Trace.Entry]] = [:]
    /// How many entries each log has.
    package private(set) var logs: [String: Extent] = [:]
    package private(set) var oldest: Instant?
    /// As many as there are agents that the catalogue or the inventory knows.
    private var agents: Set<String> = []

    package struct Extent: Hashable, Sendable {
        package fileprivate(set) var entries = 0
        package fileprivate(set) var total = 0
        /// How many of those in the period lie under the log's signed checkpoint.
        package fileprivate(set) var provable = 0
    }

    package init(_ period: Period) {
        self.period = period
    }

    /// Reads a whole store.
    ///
    /// - Parameters:
    ///   - checkpoints: how many entries the signed checkpoint of each log has, where there is one.
    ///   - replay: judges a decision of the period again; `nil` where nobody asked for that.
    package mutating func read(
        _ store: any EvidenceStore, checkpoints: [String: Int] = [:],
        replay: ((StoredEntry) throws(EvidenceError) -> Replayed)? = nil,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(EvidenceError) {
        var tally = self
        for log in try store.logs() { tally.logs[log] = Extent() }
        try EvidenceWalk(store, progress: progress).each { name, entry throws(EvidenceError) in
            let leaf = try EntryLeaf(entry)
            tally.logs[name.log, default: Extent()].total += 1
            tally.oldest = tally.oldest.map { min($0, leaf.at) } ?? leaf.at
            guard tally.period.contains(leaf.at) else { return }
            tally.logs[name.log, default: Extent()].entries += 1
            if Int(name.sequence) <= checkpoints[name.log] ?? 0 {
                tally.logs[name.log, default: Extent()].provable += 1
                tally.count(.provableEntries, by: name)
            }
            let stored = try store.read(entry, of: name.log)
            try tally.take(stored)
            if leaf.kind == .decision, let replay { tally.take(try replay(stored), name) }
        }
        tally.add(.agentsSeen, tally.agents.count)
        self = tally
    }

    /// What judging again came to.
    package enum Replayed: Hashable, Sendable {
        case same
        case different
        case impossible
    }

    private mutating func add(_ figure: Figure, _ count: Int = 1) {
        guard count > 0 else { return }
        figures[figure, default: 0] += count
    }

    /// Counts an entry, which is named as an example where the figure is evidence.
    private mutating func count(_ figure: Figure, _ count: Int = 1, by name: Trace.Entry) {
        guard count > 0 else { return }
        add(figure, count)
        guard figure.isEvidence, examples[figure.kind]?.last != name else { return }
        examples[figure.kind, default: []].append(name)
        if examples[figure.kind, default: []].count > EvidenceFacts.examplesAtMost {
            examples[figure.kind]?.removeFirst()
        }
    }

    private mutating func take(_ replayed: Replayed, _ name: Trace.Entry) {
        switch replayed {
        case .same: count(.replaysSame, by: name)
        case .different: count(.replaysDifferent, by: name)
        case .impossible: count(.replaysImpossible, by: name)
        }
    }

    private mutating func take(_ stored: StoredEntry) throws(EvidenceError) {
        let name = stored.name
        count(.entries, by: name)
        if stored.document == nil { add(.documentsErased) }
        switch stored.leaf.summary {
        case .decision(let submission, let outcome, let mode, let isOverridden):
            count(.decisions, by: name)
            switch outcome {
            case .allowed: add(.decisionsAllowed)
            case .refused: add(.decisionsRefused)
            case .undecided: add(.decisionsUndecided)
            }
            if mode == .monitor { add(.decisionsMonitored) }
            switch submission {
            case Submission.push.word: add(.pushesDecided)
            case Submission.merge.word: add(.mergesDecided)
            default: add(.deploymentsDecided)
            }
            if isOverridden { count(.decisionsOverridden, by: name) }
            if stored.manifest?["authority"] != nil { add(.authoritiesArchived) }
            if let decision = try stored.decision() { take(decision, name) }
        case .effect(let landed, let undecided):
            count(.effects, by: name)
            add(.updatesLanded, landed)
            count(.updatesWithDecision, landed - undecided, by: name)
            add(.updatesWithoutDecision, undecided)
        case .lifecycle(let event):
            switch Lifecycle.Event(rawValue: event) {
            case .installed: add(.gatesInstalled)
            case .disabled: add(.gatesTakenAway)
            default: break
            }
        case .anchor: count(.anchors, by: name)
        }
    }

    private mutating func take(_ decision: Decision, _ name: Trace.Entry) {
        let rules = Set(decision.findings.map(\.rule))
        if !decision.delegations.isEmpty || !decision.landings.isEmpty {
            count(.decisionsUnderDelegation, by: name)
        }
        if !decision.ancestors.isEmpty { count(.decisionsUnderChain, by: name) }
        if decision.rules.contains(.scopePath) { count(.decisionsOfScope, by: name) }
        add(.scopeFindings, decision.findings.count { Self.isOfScope($0.rule) })
        attribute(decision, name)
        add(.contextFindings, decision.findings.count { $0.rule == .contextChanged })
        if !decision.approvals.isEmpty { count(.decisionsWithApproval, by: name) }
        add(.approvalsCounted, decision.approvals.count)
        add(.findingsSetAside, decision.overrides.map(\.findings).reduce(0, +))
        if decision.outcome == .refused, rules.contains(.delegationRevoked) || rules.contains(.delegationSuspended) {
            count(.refusalsByRevocation, by: name)
        }
        if decision.policyVersion != nil { count(.decisionsNamingPolicy, by: name) }
        switch decision.certificate?.standing {
        case .person, .agent: count(.pushesProved, by: name)
        case .stranger: add(.certificatesOfStrangers)
        case .refused: add(.certificatesRefused)
        case .unchecked, nil: break
        }
        if let job = decision.job {
            add(.jobsNamed)
            if job.proof != nil { count(.jobsProved, by: name) }
        }
    }

    private mutating func attribute(_ decision: Decision, _ name: Trace.Entry) {
        add(.commitsJudged, decision.commits)
        add(.commitsNotListed, decision.commits - decision.authorship.count)
        for authorship in decision.authorship {
            switch authorship.attribution {
            case Strength.cryptographic.name: count(.commitsCryptographic, by: name)
            case Strength.transport.name: count(.commitsTransport, by: name)
            case Strength.declared.name: count(.commitsDeclared, by: name)
            default: add(.commitsWithoutEvidence)
            }
        }
        agents.formUnion(decision.agents.map(\.agent))
    }

    private static func isOfScope(_ rule: RuleCode) -> Bool {
        switch rule {
        case .refScope, .refOperation, .scopePath, .scopeOperation, .scopeProtected, .scopeEnvironment, .limitCommits,
            .limitFiles, .limitLines, .limitBytes, .limitPushes:
            true
        default: false
        }
    }
}
