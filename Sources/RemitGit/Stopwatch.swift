/// The time in which a repository may be read.
///
/// One thread looks at it, the one that reads. Once it is over it stays over: what was being read is not to be believed,
/// whatever came of it.
package final class Stopwatch {
    /// Objects that are read between two looks at the clock; a power of two.
    private static let readsAtOnce: UInt32 = 8

    private var end: ContinuousClock.Instant?
    /// How many objects were read from the disk, and steps taken; it begins again from 0 after 2^32.
    package private(set) var reads: UInt32 = 0
    package private(set) var isOver = false

    init() {}

    /// Lets reading end with an error from then on.
    package func start(until end: ContinuousClock.Instant) {
        self.end = end
        isOver = false
    }

    /// Looks at the clock.
    package func look() -> Bool {
        if !isOver, let end, ContinuousClock.now >= end { isOver = true }
        return isOver
    }

    /// Counts one read, and looks at the clock now and then: an object may be read in less time than that takes.
    func count() -> Bool {
        reads &+= 1
        return reads & (Self.readsAtOnce - 1) == 0 ? look() : isOver
    }

    /// Counts one step of a walk that need not read an object for it.
    func require() throws(GitError) {
        if count() { throw Self.fault }
    }

    static let fault = GitError(.deadline, "deadline", "the time for reading the repository is over")
}
