import ArgumentParser
import RemitLedger
import RemitModel
import RemitReport

/// `remit log publish`: brings the files beside the ledger up to it.
struct LogPublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write the log's tiles and its signed checkpoint beside the ledger.",
        discussion: """
            Writes what has been appended since the last time into '<ledger>.log', in the layout of C2SP tlog-tiles. \
            The hook does that for each push that landed, where it may read the key. It may be run at any time and as \
            often as wanted, and never goes back.

            Example: remit log publish --ledger /var/lib/remit/ledger.sqlite
            """)

    @OptionGroup var options: LogOptions

    func run() throws {
        let note = try options.log().publish()
        let head = try LogCheckpointCommand.head(of: note)
        Console.standard.say("published \(head.size) entries of \(head.origin)")
    }
}

/// `remit log checkpoint`: the signed head of the log.
struct LogCheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the log's signed checkpoint, publishing what is new first.",
        discussion: """
            Whoever keeps it can show later that the log was rewritten: give it to 'remit log verify --checkpoint'.

            Example: remit log checkpoint > decisions.checkpoint
            """)

    @OptionGroup var options: LogOptions

    func run() throws {
        let note = try options.log().publish()
        Console.standard.print(String(decoding: note.bytes, as: UTF8.self))
    }

    static func head(of note: SignedNote) throws(AppError) -> Checkpoint {
        do throws(NoteError) {
            return try Checkpoint(text: note.text)
        } catch {
            throw AppError("\(error)", status: .undecided)
        }
    }
}

/// `remit log prove`: one file with which anybody can check that an entry is in the log.
struct LogProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Write the proof that an entry is in the log.",
        discussion: """
            The proof is a C2SP tlog-proof: the entry's index, the way up to the root, and the signed checkpoint: one \
            that was kept, or the newest, for which what is new is published first.

            Example: remit log prove 7 -o 7.tlog-proof
            """)

    @Argument(help: "The number of the entry, as a push names it.")
    var entry: Int64

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it. Default: standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("The checkpoint to prove it for, kept from earlier.", valueName: "file"))
    var checkpoint: String?

    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.log()
        let note = if let checkpoint { try LogOptions.kept(checkpoint) } else { try log.publish() }
        let ledger = try log.open()
        let proof = try log.run { () throws(LedgerError) in try ledger.proof(ofEntry: entry, in: note) }
        guard let output else { return Console.standard.print(String(decoding: proof.bytes, as: UTF8.self)) }
        try AtomicFile.replace(Files.absolute(output), with: proof.bytes, mode: 0o644)
    }
}
