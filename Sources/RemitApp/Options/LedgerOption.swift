import ArgumentParser
import RemitLedger
import RemitModel
import RemitReport

/// The ledger from which it is told how much of a limit is used, where it can be read.
struct LedgerOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The ledger that tells how much of the limits is used. Default: git config remit.ledger, where that can be \
            read.
            """, valueName: "file"))
    var ledger: String?

    /// What a delegation has used; `nil` where no ledger tells.
    func spender() throws(AppError) -> Spender? {
        if let ledger { return try Spender(ledger) }
        guard let configured = try Git().configuration("remit.ledger") else { return nil }
        // A default that this user may not read is not asked for.
        do { return try Spender(configured) } catch { return nil }
    }
}

/// Reads from a ledger what delegations have used.
final class Spender {
    private let path: String
    private let ledger: Ledger

    /// How long a writer of the ledger is waited for, in seconds.
    static let patienceSeconds = 10

    init(_ path: String) throws(AppError) {
        self.path = path
        ledger = try Self.open(path)
    }

    /// Opens a ledger that is there.
    static func open(_ path: String) throws(AppError) -> Ledger {
        do throws(LedgerError) {
            return try Ledger.open(
                at: ByteString(Files.absolute(path)), create: false,
                deadline: .now.advanced(by: .seconds(patienceSeconds)))
        } catch {
            throw fault(path, error)
        }
    }

    static func fault(_ path: String, _ error: LedgerError) -> AppError {
        AppError("cannot read the ledger '\(path)': \(error.code.rawValue): \(error.reason)", status: .undecided)
    }

    func spent(_ delegation: RecordID) throws(AppError) -> Spent {
        do throws(LedgerError) { return try ledger.spent(delegation) } catch { throw Self.fault(path, error) }
    }
}
