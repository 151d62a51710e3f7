import ArgumentParser
import RemitLedger
import RemitReport

/// `remit log key`: the key that signs the ledger's checkpoints.
struct LogKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the ledger's key, or tell its public half.",
        discussion: """
            The key lies beside the ledger as '<ledger>.key', for the server's user alone; 'remit install' makes it. \
            What is printed goes to whoever verifies. One log has one key for good.

            Example: remit log key --ledger /var/lib/remit/ledger.sqlite --name git.example.org/decisions
            """)

    @OptionGroup var options: LogOptions

    @Option(help: ArgumentHelp("Make the key, for the log of this name.", valueName: "name"))
    var name: String?

    func run() throws {
        let log = try options.log()
        guard let name else { return Console.standard.print(try log.signer().publicKey.text) }
        // A log without a ledger is a mistake in the path.
        _ = try log.open()
        let signer = try LedgerLog.newKey(named: name, option: "--name")
        try log.keep(signer)
        Console.standard.print(signer.publicKey.text)
    }
}

extension LedgerLog {
    /// A new key for a log of this name.
    static func newKey(named name: String, option: String) throws(AppError) -> NoteSigner {
        do throws(NoteError) {
            return try NoteSigner(name: name)
        } catch {
            throw AppError(
                "\(option): \(error)", hint: "write a host and a path, such as 'git.example.org/decisions'",
                status: .usage)
        }
    }

    /// Puts the key beside the ledger, where none is yet, for the ledger's user alone.
    func keep(_ key: NoteSigner) throws(AppError) {
        try AtomicFile.create(keyPath, with: key.file, mode: 0o600)
        Ownership.give(keyPath, toOwnerOf: path)
    }
}
