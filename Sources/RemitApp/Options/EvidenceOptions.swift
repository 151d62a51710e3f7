import ArgumentParser
import RemitCollection
import RemitEvidence
import RemitReport

/// Where evidence is read from.
struct EvidenceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger.", valueName: "file"))
    var ledger: String?

    @Option(help: ArgumentHelp("The collection of many servers' ledgers, as libpq takes it.", valueName: "address"))
    var collection: String?

    /// Evidence that was opened, and what it is called in a message.
    struct Source {
        let store: any EvidenceStore
        let words: String
        /// Whether entries must be named with their log.
        let isOfMany: Bool
    }

    func source() throws(AppError) -> Source {
        if let collection {
            guard ledger == nil else {
                throw AppError("--ledger and --collection exclude each other", hint: "give one of them", status: .usage)
            }
            let opened = try CollectionOptions.open(collection)
            return Source(
                store: CollectionStore(opened), words: "the collection \(opened.place)", isOfMany: true)
        }
        let path = try path()
        return Source(
            store: LedgerStore(try Spender.open(path), log: path), words: "the ledger '\(path)'", isOfMany: false)
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
