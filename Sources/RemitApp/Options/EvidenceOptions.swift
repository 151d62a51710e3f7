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
        /// The ledger's file, where it is one server's; entries of several are named with their log.
        var ledger: String?
    }

    func source() throws(AppError) -> Source {
        guard let source = try sourceIfKnown() else {
            throw AppError(
                "no ledger is known", hint: "name it with --ledger, or set git config remit.ledger", status: .usage)
        }
        return source
    }

    /// The evidence, where any is named or configured.
    func sourceIfKnown() throws(AppError) -> Source? {
        if let collection {
            guard ledger == nil else {
                throw AppError("--ledger and --collection exclude each other", hint: "give one of them", status: .usage)
            }
            let opened = try CollectionOptions.open(collection)
            return Source(store: CollectionStore(opened), words: "the collection \(opened.place)")
        }
        guard let path = try ledger.orAsk({ () throws(AppError) in try Git().configuration("remit.ledger") }) else {
            return nil
        }
        return Source(
            store: LedgerStore(try Spender.open(path), log: path), words: "the ledger '\(path)'", ledger: path)
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
