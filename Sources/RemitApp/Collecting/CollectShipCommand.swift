import ArgumentParser
import RemitCollection
import RemitLedger
import RemitModel
import RemitReport

/// `remit collect ship`: what a ledger has that the collection lacks.
struct CollectShipCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ship",
        abstract: "Ship entries, what they rest on, and signed checkpoints into PostgreSQL.",
        discussion: """
            Run it on each server from time to time, as the user who may read the ledger. Nothing but what the log's key \
            has signed is shipped; what is new is published first where the key lies beside the ledger. It may be run as \
            often as wanted, ships only what is new, and goes on where it was interrupted. A ledger that is not the one \
            that was collected earlier is refused, and nothing is written.

            The database gets a schema 'remit' with '--create', which takes the right to create one. After that a role \
            with USAGE on the schema and SELECT, INSERT on its tables is enough. Everything that libpq knows is in force: \
            sslmode and the like in the address, PGPASSWORD, password and service files. A password in the address can be \
            seen by every user of the machine.

            Exit status: 0 when every ledger was collected, 1 when one was refused, 2 when it could not be tried.

            Example: remit collect --to 'postgres://collector@db.example.org/evidence?sslmode=verify-full' \
            --ledger /var/lib/remit/ledger.sqlite
            """)

    @Option(help: ArgumentHelp("The collection, as libpq takes it.", valueName: "address"))
    var to: String

    @Option(
        name: .customLong("ledger"),
        help: ArgumentHelp("A ledger; may be given again. Default: git config remit.ledger.", valueName: "file"))
    var ledgers: [String] = []

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            """
            The public key of a log whose key does not lie beside its ledger; may be given again. It is needed once: \
            the collection remembers it.
            """, valueName: "vkey"))
    var keys: [String] = []

    @Flag(help: "Make the collection's tables where there are none.")
    var create = false

    func run() throws {
        let keys = try CollectionOptions.keys(self.keys)
        let logs = try self.logs()
        let collection = try CollectionOptions.open(to, create: create)
        var statuses: Set<ExitStatus> = []
        for log in logs {
            do throws(AppError) {
                try collect(log, into: collection, keys)
            } catch {
                // The other ledgers are no worse for it, unless it is the connection that failed.
                guard collection.isConnected, logs.count > 1 else { throw error }
                Console.standard.fail(error)
                statuses.insert(error.status)
            }
        }
        if let status = statuses.contains(.refused) ? .refused : statuses.first { throw ExitCode(status.rawValue) }
    }

    private func logs() throws(AppError) -> [LedgerLog] {
        guard ledgers.isEmpty else { return ledgers.map { LedgerLog(path: Files.absolute($0)) } }
        guard let configured = try Git().configuration("remit.ledger") else {
            throw AppError(
                "no ledger is known", hint: "name it with --ledger, or set git config remit.ledger", status: .usage)
        }
        return [LedgerLog(path: Files.absolute(configured))]
    }

    private func collect(_ log: LedgerLog, into collection: Collection, _ keys: [NoteKey]) throws(AppError) {
        let ledger = try log.openForReading()
        let source = try source(log, ledger, collection, keys)
        let line = ProgressLine()
        defer { line.clear() }
        let collector = Collector(source, into: collection) { progress in
            switch progress {
            case .waiting: Console.standard.say("waiting for another collector of '\(source.key.name)'")
            case .read(let done, let total): line.tell("reading '\(source.key.name)'", done, of: total, "entries")
            case .shipped(let done, let total): line.tell("shipping '\(source.key.name)'", done, of: total, "entries")
            }
        }
        let collected = try CollectionOptions.asking { () throws(CollectionError) in try collector.collect(ledger) }
        line.clear()
        let erased = collected.erased > 0 ? ", \(collected.erased) inputs are erased" : ""
        Console.standard.say(
            "collected \(collected.entries) entries and \(collected.inputs) inputs of \(collected.log)\(erased): "
                + "\(collected.total) entries in all")
    }

    /// The newest signed checkpoint of a ledger, and the key that signs it.
    private func source(
        _ log: LedgerLog, _ ledger: borrowing Ledger, _ collection: Collection, _ keys: [NoteKey]
    ) throws(AppError) -> Collector.Source {
        if Files.exists(log.keyPath) {
            let signer = try log.signer()
            let note = try log.run { () throws(LedgerError) in
                try ledger.publish(to: log.directory, signer: signer)
            }
            return Collector.Source(path: log.path, note: note, key: signer.publicKey)
        }
        guard let note = try log.run({ () throws(LedgerError) in try log.directory.publishedCheckpoint() }) else {
            throw AppError(
                "nothing of the ledger '\(log.path)' is published",
                hint: "run 'remit log publish --ledger \(log.path)' where its key is", status: .undecided)
        }
        let origin = try LogCheckpointCommand.head(of: note).origin
        let known = try CollectionOptions.asking { () throws(CollectionError) in try collection.log(named: origin) }
        guard let key = keys.first(where: { $0.name == origin }) ?? known?.key else {
            throw AppError(
                "nothing says which key signs the log '\(origin)' of the ledger '\(log.path)'",
                hint: "give what 'remit log key' prints on its server as --key", status: .usage)
        }
        return Collector.Source(path: log.path, note: note, key: key)
    }
}

extension LedgerLog {
    /// How long another process may hold the ledger or its directory, in seconds.
    private static var patienceSeconds: Int { 60 }

    /// Opens the ledger, which must be there, so that nothing can be written to it.
    fileprivate func openForReading() throws(AppError) -> Ledger {
        do throws(LedgerError) {
            return try Ledger.open(
                readingAt: ByteString(path), deadline: .now.advanced(by: .seconds(Self.patienceSeconds)))
        } catch {
            throw Spender.fault(path, error)
        }
    }
}
