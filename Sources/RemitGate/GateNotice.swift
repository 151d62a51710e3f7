import RemitEvidence
import RemitLedger
import RemitModel

/// How the gate stands that judges a push: a change since the last one is recorded before the decision that it explains.
struct GateNotice {
    private let standing: GateStanding
    private let lifecycle: Lifecycle

    init(_ settings: Settings, in gitDirectory: ByteString, at moment: Instant) {
        standing = settings.standing(in: String(decoding: gitDirectory.bytes, as: UTF8.self))
        var lifecycle = Lifecycle(
            .configChanged, at: moment, repository: standing.repository, gitDirectory: standing.gitDirectory)
        lifecycle.mode = settings.mode
        self.lifecycle = lifecycle
    }

    func record(in transaction: borrowing LedgerTransaction) throws(LedgerError) {
        _ = try transaction.recordChanges(to: standing, as: lifecycle, by: HookCommand.program)
    }
}
