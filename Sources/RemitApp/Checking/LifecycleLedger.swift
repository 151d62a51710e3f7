import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// Records in the ledger what is done to the gate itself, so that a gap in the decisions is explained.
struct LifecycleLedger: ~Copyable {
    private var ledger: Ledger

    /// How long another writer is waited for.
    private static let patienceSeconds = 10

    init(at path: String, create: Bool, repository: ServerRepository) throws(AppError) {
        let isNew = create && FileState(of: path) == .missing
        do throws(LedgerError) {
            ledger = try Ledger.open(
                at: ByteString(path), create: create, deadline: .now.advanced(by: .seconds(Self.patienceSeconds)))
        } catch {
            throw Self.fault(path, error)
        }
        // The server's user has to write it, whoever installs.
        if isNew {
            for suffix in ["", "-wal", "-shm"] { Ownership.give(path + suffix, toOwnerOf: repository.gitDirectory) }
        }
    }

    /// Records that a gate was put there, or what an installation over another changed of it.
    ///
    /// Only the first one tells what stood before: a later one must not explain what moved past the gate meanwhile.
    mutating func install(_ event: Lifecycle, _ standing: GateStanding, refs: [UInt8]) throws(AppError) -> Int64 {
        try recording(.installed) { transaction throws(LedgerError) in
            var standing = standing
            standing.isInstalled = true
            let isNew = try transaction.standing(of: standing.repository)?.isInstalled != true
            if !isNew, let entry = try transaction.recordChanges(to: standing, as: event, by: HookCommand.commands) {
                return entry
            }
            try transaction.remember(standing)
            return try transaction.append(
                event.draft(by: HookCommand.commands, inputs: isNew ? [(GateHistory.refsRole, refs)] : []))
        }
    }

    mutating func disable(_ event: Lifecycle) throws(AppError) -> Int64 {
        try recording(.disabled) { transaction throws(LedgerError) in
            try transaction.forgetGate(of: event.repository)
            return try transaction.append(event.draft(by: HookCommand.commands))
        }
    }

    private mutating func recording(
        _ event: Lifecycle.Event, _ body: (borrowing LedgerTransaction) throws(LedgerError) -> Int64
    ) throws(AppError) -> Int64 {
        do throws(LedgerError) {
            return try ledger.transaction(body)
        } catch {
            throw AppError("cannot record that the gate was \(event.rawValue): \(error.reason)", status: .undecided)
        }
    }

    private static func fault(_ path: String, _ error: LedgerError) -> AppError {
        AppError("cannot open the ledger '\(path)': \(error.code.rawValue): \(error.reason)", status: .undecided)
    }
}
