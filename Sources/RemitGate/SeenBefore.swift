package import RemitModel

/// What earlier allowed decisions saw: the only proof that an agent's work came in time.
package protocol SeenBefore {
    /// When a commit was first part of an allowed decision under a delegation; `nil` when it never was.
    func firstSeen(_ commit: ObjectID, under delegation: RecordID, in repository: String) throws(GateError) -> Instant?

    /// Whether any change was ever part of an allowed decision.
    func hasSeenChanges() throws(GateError) -> Bool

    /// The delegations under which allowed decisions have seen a change, the earliest first.
    func delegations(of change: TreeChange, in repository: String) throws(GateError) -> [RecordID]

    /// When a change was first part of an allowed decision under a delegation, in whatever commits.
    func firstSeen(_ change: TreeChange, under delegation: RecordID, in repository: String) throws(GateError)
        -> Instant?
}

/// No memory at all: for a check before a push, where no ledger is at hand.
package struct NothingSeen: SeenBefore {
    package init() {}

    package func firstSeen(
        _ commit: ObjectID, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? { nil }

    package func hasSeenChanges() throws(GateError) -> Bool { false }

    package func delegations(of change: TreeChange, in repository: String) throws(GateError) -> [RecordID] { [] }

    package func firstSeen(
        _ change: TreeChange, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? { nil }
}

/// All that a ledger remembers for a push.
protocol Memory: SeenBefore {
    /// Why an authority must not be decided under: it is older than the last one, or differs under the same version.
    func rollback(to state: AuthorityState) throws(GateError) -> String?

    /// The latest moment on record, where the clock has gone back behind it.
    func latestMoment(after now: Instant) throws(GateError) -> Instant?
}

extension Memory {
    /// Refuses to judge by a clock that has gone back: what has expired would begin again.
    func requireClock(_ now: Instant) throws(GateError) {
        guard let latest = try latestMoment(after: now) else { return }
        throw GateError(.undecidedClock, "it says \(now), and the ledger has an entry of \(latest)")
    }
}
