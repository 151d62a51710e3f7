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
        let verifier = LogVerifier(
            log.directory, key: try publicKey(of: log), kept: try checkpoint.map(LogOptions.kept))
        let ledger = try log.open()
        let console = Console.standard
        var found = try log.run { () throws(LedgerError) in
            var found = try verifier.examine(ledger, progress: Self.progress("verified", console))
            // The index is derived from the entries: where those are not as they were, it says nothing.
            guard found.faults.isEmpty else { return found }
            var audit = IndexAudit()
            try audit.examine(ledger, progress: Self.progress("held against the index", console))
            for fault in audit.faults { found.add(fault) }
            found.furtherFaults += audit.furtherFaults
            return found
        }
        try Self.checkAnchors(of: &found, in: ledger)
        let store = LedgerStore(ledger, log: log.path)
        let erasures = try EvidenceError.asked { () throws(EvidenceError) in try Erasures(in: store, log: log.path) }
        found.hold(against: erasures)
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

    private func publicKey(of log: LedgerLog) throws(AppError) -> NoteKey? {
        guard let key else { return Files.exists(log.keyPath) ? try log.signer().publicKey : nil }
        do throws(NoteError) {
            return try NoteKey(key)
        } catch {
            throw AppError("--key: \(error)", hint: "'remit log key' prints it", status: .usage)
        }
    }

    /// What the entries say that others keep must be what the ledger has.
    private static func checkAnchors(of found: inout LogExamination, in ledger: borrowing Ledger) throws(AppError) {
        for entry in found.anchors {
            do throws(EvidenceError) {
                // Erased is allowed, and counted already.
                guard let anchor = try ledger.anchor(entry) else { continue }
                let size = Int64(anchor.size)
                let root = try EvidenceError.asking { () throws(LedgerError) in
                    size < entry ? try ledger.root(size: size) : nil
                }
                if let fault = anchor.fault(root: root) {
                    found.add(LogFault("entry \(entry) \(fault)", entry: entry))
                }
            } catch {
                found.add(LogFault(error.statement, entry: entry))
            }
        }
    }
}
