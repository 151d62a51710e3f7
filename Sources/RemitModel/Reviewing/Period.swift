/// A stretch of time: its first moment belongs to it, its last does not.
///
/// An entry of a ledger belongs to it by the moment that the server gave it, never by its place: a clock can jump.
package struct Period: Hashable, Sendable {
    package let since: Instant
    package let until: Instant

    /// `nil` where it would not hold a single second.
    package init?(since: Instant, until: Instant) {
        guard since < until else { return nil }
        self.since = since
        self.until = until
    }

    package func contains(_ moment: Instant) -> Bool { since <= moment && moment < until }
}
