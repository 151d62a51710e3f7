import RemitLedger
import RemitReport

/// The log of a ledger, as an installation finds it: nothing is written yet.
struct PlannedLog {
    let log: LedgerLog
    /// The key that is to be made; `nil` where there is one already, here or elsewhere.
    let newKey: NoteSigner?

    /// - Parameter name: what the log is to be called; without one, after this machine.
    init(ofLedgerAt path: String, named name: String?) throws(AppError) {
        log = LedgerLog(path: path)
        let present: String
        switch try log.key() {
        case .signer(let signer): present = signer.publicKey.name
        case .unreadable:
            newKey = nil
            return
        case .missing:
            guard let head = try log.publishedHead() else {
                newKey = try LedgerLog.newKey(named: name ?? Self.defaultName, option: "--log-name")
                return
            }
            // Another key would look like another log to whoever knows the first; this one is kept elsewhere.
            present = head.origin
        }
        guard name == nil || name == present else {
            throw AppError(
                "--log-name: the log of '\(path)' is called '\(present)'",
                hint: "leave --log-name away: one log has one name for good", status: .usage)
        }
        newKey = nil
    }

    static var defaultName: String { "\(Files.hostName)/decisions" }

    /// Keeps the new key, if there is one to be made.
    func make() throws(AppError) {
        guard let newKey else { return }
        do throws(AppError) {
            try log.keep(newKey)
        } catch {
            // Another installation over the same ledger was first: one key is enough.
            guard Files.exists(log.keyPath) else { throw error }
        }
    }

    /// Publishes what there is, where this user may sign; says what a verifier has to know.
    func publish() throws(AppError) -> NoteKey? {
        guard case .signer(let signer) = try log.key() else { return nil }
        _ = try log.publish()
        return signer.publicKey
    }
}
