import ArgumentParser
import RemitLedger
import RemitModel
import RemitReport

/// The ledger that a log command is about, and the files beside it.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger.", valueName: "file"))
    var ledger: String?

    func log() throws(AppError) -> LedgerLog { try Self.log(of: ledger) }

    static func log(of ledger: String?) throws(AppError) -> LedgerLog {
        if let ledger { return LedgerLog(path: Files.absolute(ledger)) }
        guard let configured = try Git().configuration("remit.ledger") else {
            throw AppError(
                "which ledger is not known", hint: "name it with --ledger, or run this in a repository that is gated",
                status: .usage)
        }
        return LedgerLog(path: Files.absolute(configured))
    }
}

/// A ledger's file, its key and what is published of it, which lie side by side.
struct LedgerLog {
    let path: String
    var keyPath: String { path + ".key" }
    var directory: LogDirectory { LogDirectory(ofLedgerAt: ByteString(path)) }

    /// Opens the ledger, which must be there.
    func open() throws(AppError) -> Ledger { try Spender.open(path) }

    func signer() throws(AppError) -> NoteSigner {
        guard Files.exists(keyPath) else {
            throw AppError(
                "there is no key '\(keyPath)'", hint: "make it with 'remit log key --name git.example.org/decisions'")
        }
        let bytes = try Files.readPrivate(keyPath, limit: NoteKey.maximumByteCount)
        do throws(NoteError) {
            return try NoteSigner(file: bytes)
        } catch {
            throw AppError("the key '\(keyPath)' \(error)", status: .undecided)
        }
    }

    /// Runs what is done with the ledger, its fault told with the path.
    func run<Value>(_ body: () throws(LedgerError) -> Value) throws(AppError) -> Value {
        do throws(LedgerError) {
            return try body()
        } catch {
            let hints: [String] =
                switch error.code {
                case .rolledBack: ["an older copy of the ledger was put in its place; look for the newer one"]
                default: []
                }
            throw AppError(
                "the ledger '\(path)': \(error.code.rawValue): \(error.reason)", hints: hints,
                status: error.code == .noSuchEntry ? .usage : .undecided)
        }
    }
}
