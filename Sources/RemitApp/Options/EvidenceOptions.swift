import ArgumentParser
import RemitEvidence
import RemitReport

/// Where evidence is read from.
struct EvidenceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger.", valueName: "file"))
    var ledger: String?

    /// Evidence that was opened, and what it is called in a message.
    struct Source {
        let store: any EvidenceStore
        let words: String
    }

    func source() throws(AppError) -> Source {
        let path = try path()
        return Source(store: LedgerStore(try Spender.open(path), log: path), words: "the ledger '\(path)'")
    }

    private func path() throws(AppError) -> String {
        if let ledger { return ledger }
        guard let configured = try Git().configuration("remit.ledger") else {
            throw AppError(
                "no ledger is known", hint: "name it with --ledger, or set git config remit.ledger", status: .usage)
        }
        return configured
    }
}

extension EvidenceError {
    /// Asks the evidence, its fault told as the command's own.
    static func asked<Value>(_ body: () throws(EvidenceError) -> Value) throws(AppError) -> Value {
        do throws(EvidenceError) {
            return try body()
        } catch {
            throw AppError(error.statement, status: .undecided)
        }
    }
}
