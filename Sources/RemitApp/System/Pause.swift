import Glibc

/// A wait between two attempts at what somebody else is in the way of.
enum Pause {
    /// The longest wait, in microseconds.
    private static let longest: UInt32 = 2_000_000

    /// Waits longer after every attempt, and not as long as the others who wait.
    static func take(afterAttempt attempt: Int) {
        let span = min(longest, 50_000 << UInt32(min(attempt, 8)))
        usleep(UInt32.random(in: span / 4...span))
    }
}
