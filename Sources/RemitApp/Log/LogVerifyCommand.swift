import ArgumentParser
import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

/// `remit log verify`: derives the whole log again and names what is not as it was.
struct LogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify every entry, the tree over them, and what was published.",
        discussion: """
            Reads every entry and derives digests, tree, tiles and root again. Against somebody who can write the \
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
        var told: Int64 = 0
        var found = try log.run { () throws(LedgerError) in
            try verifier.examine(ledger) { done, total in
                guard done >= told + 10_000 else { return }
                told = done
                console.say("verified \(done) of \(total) entries")
            }
        }
        try Self.checkAnchors(of: &found, in: ledger)
        switch format {
        case .text: console.print(Self.text(of: found))
        case .json: console.print(Self.json(of: found).text)
        }
        if !found.faults.isEmpty { throw ExitCode(ExitStatus.refused.rawValue) }
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

    private static func text(of found: LogExamination) -> String {
        var lines = found.faults.map { "FAIL \($0.words)" }
        if found.furtherFaults > 0 { lines.append("FAIL \(found.furtherFaults) more") }
        lines.append("\(found.entries) entries, root \(found.root.hex)")
        lines.append("\(found.inputs) inputs, \(found.erased) erased")
        if !found.anchors.isEmpty { lines.append("\(found.anchors.count) anchors") }
        if let published = found.published {
            lines.append(
                "published: \(published.size) entries, \(found.isSigned ? "signature" : "no signature") checked")
        } else {
            lines.append("nothing is published")
        }
        return lines.map { Escaping.text(Array($0.utf8), limit: 4096) }.joined(separator: "\n")
    }

    private static func json(of found: LogExamination) -> JSONText {
        .object([
            ("schema", .string("log-verification/v1")),
            ("entries", .integer(Int(found.entries))),
            ("root", .string(found.root.hex)),
            ("inputs", .integer(found.inputs)),
            ("erased", .integer(found.erased)),
            ("anchors", .integer(found.anchors.count)),
            ("published", found.published.map { .integer(Int($0.size)) } ?? .null),
            ("signature_checked", .boolean(found.isSigned)),
            ("further_faults", .integer(found.furtherFaults)),
            (
                "faults",
                .array(
                    found.faults.map { fault in
                        .object([
                            ("entry", fault.entry.map { .integer(Int($0)) } ?? .null), ("words", .string(fault.words)),
                        ])
                    })
            ),
        ])
    }
}
