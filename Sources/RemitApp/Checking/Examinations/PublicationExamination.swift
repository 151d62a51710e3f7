import RemitLedger
import RemitReport

/// Whether the ledger is published, so that others can hold it to what it said.
///
/// No push is let through by a log that lags; one that goes back refuses every push.
struct PublicationExamination {
    private let log: LedgerLog

    init(ofLedgerAt path: String) {
        log = LedgerLog(path: path)
    }

    func diagnosis() -> Diagnosis {
        do throws(AppError) {
            if let words = try log.run({ () throws(LedgerError) in try log.directory.standingAlarm() }) {
                return .fail(
                    .log, "an alarm stands: \(words)",
                    "see 'remit log alarm --ledger \(log.path)': every push is refused")
            }
            let head = try log.publishedHead()
            switch try log.key() {
            case .signer(let signer): return try examine(head, signer.publicKey)
            case .unreadable:
                return .warn(
                    .log, "this user may not read the key '\(log.keyPath)': the hook publishes nothing",
                    "run 'remit log publish' as the user whose it is, or give it to the server's user")
            case .missing where head != nil:
                return .warn(
                    .log, "the key '\(log.keyPath)' is gone: the hook publishes nothing",
                    "put it back, or publish from where it is")
            case .missing:
                return .warn(
                    .log, "there is no key '\(log.keyPath)': nothing is published",
                    "make it with 'remit log key --ledger \(log.path) --name \(PlannedLog.defaultName)'")
            }
        } catch {
            return .warn(.log, error.message, "mend that: until then the hook publishes nothing")
        }
    }

    private func examine(_ head: Checkpoint?, _ key: NoteKey) throws(AppError) -> Diagnosis {
        let ledger = try log.open()
        if head != nil {
            do throws(LedgerError) {
                try ledger.requirePublished(by: key, in: log.directory)
            } catch {
                guard error.code == .rolledBack else {
                    return .warn(.log, error.reason, "put the key back that signed it: the hook publishes nothing")
                }
                return .fail(
                    .log, "'\(log.path)' is not the ledger that was published: \(error.reason)",
                    "look for the newer one: every push is refused")
            }
        }
        let size = head?.size ?? 0
        let (count, isBehind) = try log.run { () throws(LedgerError) in
            (try ledger.count(), try ledger.hasEntry(after: size, of: [.effect]))
        }
        guard !isBehind else {
            return .warn(
                .log, "\(size) of \(count) entries are published, and pushes have landed since then",
                "run 'remit log publish', and look what a push says of it")
        }
        return .ok(.log, "'\(key.name)' is published: \(size) of \(count) entries")
    }
}
