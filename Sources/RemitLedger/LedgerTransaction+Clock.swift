package import RemitModel

/// The latest moment that any entry was recorded at: a clock that says less has gone back.
///
/// It is kept beside the entries, which are ordered by their sequence, whatever the clock said.
extension LedgerTransaction {
    static var latestMoment: String { "clock.latest" }

    /// Goes on from an earlier moment: what was recorded until now bore a wrong time.
    package func acceptClock(_ moment: Instant) throws(LedgerError) {
        try setState(Self.latestMoment, to: BigEndian.bytes(of: moment.seconds))
    }
}

extension Ledger {
    /// By how much a clock may be behind before it counts as gone back: 300 seconds.
    ///
    /// Pushes wait for each other, so that one which began earlier is recorded later; and clocks are kept right by small
    /// steps.
    package static let clockTolerance: Int64 = 300

    /// The latest moment at which anything was recorded; `nil` where nothing was, or only by an older Remit.
    package func latestMoment() throws(LedgerError) -> Instant? {
        try highest(LedgerTransaction.latestMoment).map(Instant.init(seconds:))
    }

    /// The latest moment, where it is so much later than `now` that the clock must have gone back.
    package func latestMoment(after now: Instant) throws(LedgerError) -> Instant? {
        guard let latest = try latestMoment(), latest.seconds - Self.clockTolerance > now.seconds else { return nil }
        return latest
    }
}
