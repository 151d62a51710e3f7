import ArgumentParser
import RemitLedger
import RemitReport

/// `remit log key`: the key that signs the ledger's checkpoints.
struct LogKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the ledger's key, or tell its public half.",
        discussion: """
            The key lies beside the ledger as '<ledger>.key', for the server's user alone. What is printed goes to \
            whoever verifies. One log has one key for good.

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
        let signer: NoteSigner
        do throws(NoteError) {
            signer = try NoteSigner(name: name)
        } catch {
            throw AppError(
                "--name: \(error)", hint: "write a host and a path, such as 'git.example.org/decisions'",
                status: .usage)
        }
        try AtomicFile.create(log.keyPath, with: signer.file, mode: 0o600)
        Ownership.give(log.keyPath, toOwnerOf: log.path)
        Console.standard.print(signer.publicKey.text)
    }
}
