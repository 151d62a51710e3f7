import RemitModel
import Synchronization

/// The last resort against a push that is judged too long: a thread that refuses it while the judge does not come back.
///
/// Whoever judges looks at the clock wherever work can be long, refuses in good order, and puts that on record. What
/// nobody can look up from is left to this: a file system that hangs, input that does not end, one comparison of two
/// very large files. Then the refusal is told, is not on record, and the process ends at once.
///
/// There is one answer. Before a decision is written to the disk, and before any is told, the judge claims it; whoever
/// comes second says nothing. So what the ledger holds as allowed is never told as refused, and the other way about:
/// where the watchdog was first, the transaction is not committed, and the next process that opens the ledger takes it
/// back. A commit that does not come back from the disk is not cut off: whether it holds is then known to nobody, and the
/// host, which waits for the process, lets no ref move.
package final class Watchdog: Sendable {
    /// What is told in the judge's stead.
    struct Answer: Sendable {
        let end: ContinuousClock.Instant
        /// Put into words where it is told: that takes time, and hardly any push waits for it.
        let text: @Sendable () -> [UInt8]
        /// Whether it goes to standard output, where data goes.
        let isData: Bool
        let status: Int32
    }

    /// How long after the deadline the judge may still answer in good order.
    ///
    /// Half a second of it may pass in waiting for the ledger. Hosts leave a second between our deadline and theirs.
    static let patience = Duration.milliseconds(700)
    /// How long the thread sleeps between two looks at the clock, in nanoseconds.
    private static let nap = 20_000_000

    private static let nobody = 0
    private static let judge = 1
    private static let watchdog = 2

    private let first = Atomic(nobody)
    private let answer: Mutex<Answer?> = Mutex(nil)

    init() {}

    /// Puts another answer in place of the one before; the first starts the thread.
    func set(_ new: Answer) throws(GateError) {
        let isFirst = answer.withLock { answer in
            defer { answer = new }
            return answer == nil
        }
        guard isFirst else { return }
        let status = Platform.startThread { [self] in watch() }
        guard status == 0 else { throw GateError(.undecidedInternal, "no thread could be started: error \(status)") }
    }

    /// Takes the answer for the judge; does not come back where the watchdog gives it.
    func claim() {
        let (isFirst, holder) = first.compareExchange(
            expected: Self.nobody, desired: Self.judge, ordering: .acquiringAndReleasing)
        guard isFirst || holder == Self.judge else { Platform.waitForTheEnd() }
    }

    private func watch() {
        while true {
            guard first.load(ordering: .acquiring) == Self.nobody else { return }
            let late = answer.withLock { answer in
                answer.flatMap { ContinuousClock.now >= $0.end.advanced(by: Self.patience) ? $0 : nil }
            }
            guard let late else {
                Platform.sleep(nanoseconds: Self.nap)
                continue
            }
            let (isFirst, _) = first.compareExchange(
                expected: Self.nobody, desired: Self.watchdog, ordering: .acquiringAndReleasing)
            guard isFirst else { return }
            Platform.end(saying: late.text(), isData: late.isData, status: late.status)
        }
    }
}
