import RemitAuthority
import RemitEvidence
import RemitLedger
import RemitModel
import RemitRules

/// The ledger as the gate uses it: what was seen before, and one transaction for each decision.
final class LedgerMemory: Memory {
    var ledger: Ledger
    /// Whether any change has been seen; `nil` until it was asked.
    private var hasChanges: Bool?
    /// Delegations that are looked at for one change: more that made the very same one are not to be expected.
    private static let delegationsOfOneChange = 16
    private let path: String
    private let limit: TimeLimit?
    /// Called before what was written becomes durable, as the last that can keep it from that.
    var beforeCommit: (() -> Void)?
    /// How the gate stands that asks, for the ledger to notice a change; `nil` where none does.
    var gate: GateNotice?

    /// The highest version of the authority's policy that this server has decided under.
    private static let policyVersion = "authority.version"
    /// The digest of that policy: the same version must always have the same bytes.
    private static let policyDigest = "authority.digest"
    /// The highest version of the root that this server has decided under.
    private static let rootVersion = "authority.root"
    /// How long a decision may wait for other pushes to be recorded, even after the deadline.
    ///
    /// Within the second that hosts leave between our deadline and theirs.
    private static let recordingTime = Duration.milliseconds(500)

    convenience init(at path: String, within limit: TimeLimit) throws(GateError) {
        try self.init(at: path, deadline: limit.end, limit: limit)
    }

    convenience init(at path: String, deadline: ContinuousClock.Instant) throws(GateError) {
        try self.init(at: path, deadline: deadline, limit: nil)
    }

    private init(at path: String, deadline: ContinuousClock.Instant, limit: TimeLimit?) throws(GateError) {
        self.path = path
        self.limit = limit
        do throws(LedgerError) {
            ledger = try Ledger.open(at: ByteString(path), create: false, deadline: deadline, keepsLog: true)
            try ledger.requireNotBehind(LogDirectory(ofLedgerAt: ByteString(path)))
        } catch {
            throw Self.fault(error, path, limit)
        }
    }

    func fault(_ error: LedgerError) -> GateError { Self.fault(error, path, limit) }

    /// A ledger that others held until the time was over is a matter of time, where the time has a figure.
    private static func fault(_ error: LedgerError, _ path: String, _ limit: TimeLimit?) -> GateError {
        guard error.code == .busy, let limit else { return GateError(error, at: path) }
        return limit.during("the ledger '\(path)' was busy until then").fault
    }

    func firstSeen(
        _ commit: ObjectID, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? {
        try asking { () throws(LedgerError) in
            try ledger.firstSeen(repository: ByteString(repository), delegation: delegation, commit: commit)?.at
        }
    }

    func firstSeen(
        _ change: TreeChange, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? {
        try asking { () throws(LedgerError) in
            try ledger.firstSeen(repository: ByteString(repository), delegation: delegation, change: change)?.at
        }
    }

    func hasSeenChanges() throws(GateError) -> Bool {
        if let hasChanges { return hasChanges }
        let any = try asking { () throws(LedgerError) in try ledger.hasChanges() }
        hasChanges = any
        return any
    }

    func delegations(of change: TreeChange, in repository: String) throws(GateError) -> [RecordID] {
        try asking { () throws(LedgerError) in
            try ledger.delegations(of: change, in: ByteString(repository), limit: Self.delegationsOfOneChange)
        }
    }

    /// Runs a look-up, its fault told with the ledger's path.
    private func asking<Value>(_ body: () throws(LedgerError) -> Value) throws(GateError) -> Value {
        do throws(LedgerError) { return try body() } catch { throw fault(error) }
    }

    /// Decides with what was spent until now, and appends the decision with what it saw and spent, durably.
    ///
    /// INVARIANT 12: one transaction, so that no other push spends in between. Only an allowed decision spends.
    /// `evidence` says what is to be kept of the decision.
    func record(
        _ verdict: Verdict, authority: AuthorityState?, as evidence: (Decision, Past) -> EntryDraft
    ) throws(GateError) -> (decision: Decision, entry: Int64) {
        // The last thing that a push waits for: one that ran out of time is on record too, and says only that.
        ledger.deadline = max(ledger.deadline, .now.advanced(by: Self.recordingTime))
        do throws(LedgerError) {
            return try ledger.transaction { transaction throws(LedgerError) in
                if let authority { try Self.remember(authority, in: transaction) }
                try gate?.record(in: transaction)
                let past = try Self.past(of: verdict, in: transaction)
                let decision = verdict.decide(after: past)
                let number = try transaction.append(evidence(decision, past))
                // A CI job asks what would be: it can ask again, and nothing has been seen or spent by that.
                if decision.outcome == .allowed, decision.submission == .push {
                    try Self.settle(decision, verdict, after: past, entry: number, in: transaction)
                }
                beforeCommit?()
                return (decision, number)
            }
        } catch {
            throw fault(error)
        }
    }

    /// Decides with what was spent until now, and leaves the ledger as it is.
    ///
    /// It must still be one that could be written: the answer is to be the one that the push itself would get.
    func decide(_ verdict: Verdict) throws(GateError) -> Decision {
        ledger.deadline = max(ledger.deadline, .now.advanced(by: Self.recordingTime))
        do throws(LedgerError) {
            return try ledger.transaction { transaction throws(LedgerError) in
                verdict.decide(after: try Self.past(of: verdict, in: transaction))
            }
        } catch {
            throw GateError(error, at: path)
        }
    }

    /// What was spent and seen before, as far as the submission touches it.
    private static func past(
        of verdict: Verdict, in transaction: borrowing LedgerTransaction
    ) throws(LedgerError) -> Past {
        var past = Past.none
        let repository = ByteString(verdict.repository)
        for act in verdict.acts {
            let seen = try transaction.firstSeen(
                repository: repository, delegation: act.delegation, commit: act.commit)
            if seen != nil { past.commits.insert(act.commit) }
        }
        if let certificate = verdict.certificate {
            // In whatever repository of this ledger: a certificate is for one push.
            past.certificate = try transaction.entries(about: .certificate(certificate, in: nil), limit: 1).first
        }
        for charge in verdict.charges {
            let id = charge.delegation.id
            past.spent[id] = try transaction.spent(id)
            for path in charge.files where try transaction.hasSpent(path, of: id, in: repository) {
                past.files[id, default: []].insert(path)
            }
        }
        return past
    }

    /// Records what an allowed decision saw and spent.
    private static func settle(
        _ decision: Decision, _ verdict: Verdict, after past: Past, entry: Int64,
        in transaction: borrowing LedgerTransaction
    ) throws(LedgerError) {
        let repository = ByteString(verdict.repository)
        let unproved = decision.unprovedRefs
        for act in verdict.acts where !unproved.contains(act.ref) {
            try transaction.recordSeen(
                repository: repository, delegation: act.delegation, commit: act.commit, ref: act.ref,
                at: decision.decidedAt, entry: entry)
        }
        for seen in verdict.changes where !unproved.contains(seen.ref) {
            try transaction.recordSeen(
                repository: repository, delegation: seen.delegation, change: seen.change, ref: seen.ref,
                at: decision.decidedAt, entry: entry)
        }
        for charge in verdict.charges {
            try transaction.debit(
                charge.delegation.id, charge.expense(after: past).used, files: charge.newFiles(after: past),
                in: repository, entry: entry)
        }
    }

    /// Why an authority must not be decided under: it is older than the last one, or differs under the same version.
    func rollback(to state: AuthorityState) throws(GateError) -> String? {
        do throws(LedgerError) {
            let root = try ledger.highest(Self.rootVersion) ?? 0
            if Int64(state.root) < root {
                return "root version \(state.root) is older than version \(root), which this server has seen"
            }
            let highest = try ledger.highest(Self.policyVersion) ?? 0
            if Int64(state.policy) < highest {
                return "policy version \(state.policy) is older than version \(highest), which this server has seen"
            }
            if Int64(state.policy) == highest, let digest = try ledger.state(Self.policyDigest),
                digest != state.policyID.bytes
            {
                return "policy version \(state.policy) is not the one that this server has seen under that number"
            }
            return nil
        } catch {
            throw fault(error)
        }
    }

    func latestMoment(after now: Instant) throws(GateError) -> Instant? {
        try asking { () throws(LedgerError) in try ledger.latestMoment(after: now) }
    }

    private static func remember(
        _ state: AuthorityState, in transaction: borrowing LedgerTransaction
    ) throws(LedgerError) {
        _ = try transaction.raise(rootVersion, to: Int64(state.root))
        guard try transaction.raise(policyVersion, to: Int64(state.policy)) == Int64(state.policy) else { return }
        try transaction.setState(policyDigest, to: state.policyID.bytes)
    }
}

extension Decision {
    /// The refs on which an exception set aside who acted, or whether they still could.
    ///
    /// It holds for that one update. Work that was let in so was not seen in the sense in which it may land later on,
    /// by itself or as a host rewrites it: that would carry the exception to another ref.
    fileprivate var unprovedRefs: Set<ByteString> {
        Set(
            overrides.filter { override in
                ["delegation.", "attribution."].contains { override.rule.rawValue.hasPrefix($0) }
            }.map(\.ref))
    }
}
