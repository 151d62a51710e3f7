import ArgumentParser
import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

/// `remit log verify`: derives the whole log again and names what is not as it was.
struct LogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify every entry, the tree over them, what was published, and the index.",
        discussion: """
            Reads every entry and derives digests, tree, tiles and root again; then what entries are found by, which \
            commits count as seen, and what delegations have spent. Against somebody who can write the \
            ledger and has its key, only what is kept elsewhere helps: give a key and a checkpoint from there.

            Exit status: 0 when everything is as it was written, else 1.

            Example: remit log verify --checkpoint decisions.checkpoint
            """)

    @Option(help: ArgumentHelp("The log's public key. Default: that of '<ledger>.key'.", valueName: "vkey"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "A checkpoint kept from earlier, or what 'git push -o remit.checkpoint' showed.", valueName: "file"))
    var checkpoint: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.log()
        let console = Console.standard
        let (verified, indexed) = (Self.progress("verified", console), Self.progress("held against the index", console))
        let (found, erasures) = try log.examine(
            key: log.publicKey(key), kept: checkpoint.map(LogOptions.kept), verified: verified, indexed: indexed)
        switch format {
        case .text: console.print(found.text(with: erasures))
        case .json: console.print(found.json(with: erasures).text)
        }
        if !found.faults.isEmpty { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// Says how far it is, every so many entries.
    private static func progress(_ words: String, _ console: Console) -> (Int64, Int64) -> Void {
        var told: Int64 = 0
        return { done, total in
            guard done >= told + 10_000 else { return }
            told = done
            console.say("\(words): \(done) of \(total) entries")
        }
    }
}
