import Glibc
import RemitReport

/// One line on a terminal that tells how far long work has come; nothing where nobody looks.
final class ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let started = ContinuousClock.now
    private var told = ContinuousClock.now
    private var width = 0

    /// How often the line is written again at most.
    private static let interval = Duration.milliseconds(200)

    /// Tells how many of how many have been done, and how many in a second.
    ///
    /// - Parameter what: the work, such as "verifying log 'a'"; nothing in it can steer a terminal.
    func tell(_ what: String, _ done: Int64, of total: Int64, _ things: String) {
        guard isShown, done == total || ContinuousClock.now - told >= Self.interval else { return }
        let seconds = max(1, (ContinuousClock.now - started).components.seconds)
        show("\(what): \(done) of \(total) \(things), \(done / seconds) a second")
    }

    /// The same where nobody knows how many there will be.
    func tell(_ what: String, _ done: Int64, _ things: String) {
        guard isShown, ContinuousClock.now - told >= Self.interval else { return }
        let seconds = max(1, (ContinuousClock.now - started).components.seconds)
        show("\(what): \(done) \(things), \(done / seconds) a second")
    }

    /// Takes the line away, so that something else can be said.
    func clear() {
        guard isShown, width > 0 else { return }
        show("")
        write("\r")
    }

    private func show(_ text: String) {
        told = .now
        let line = Escaping.text(Array(text.utf8), limit: 200)
        write("\r" + line + String(repeating: " ", count: max(0, width - line.utf8.count)))
        width = line.utf8.count
    }

    /// A terminal that has gone away is not our fault.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
