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
        let verifier = LogVerifier(log.directory, key: try publicKey(of: log), kept: try checkpoint.map(LogOptions.kept))
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
        let store = LedgerStore(ledger, log: log.path)
        let erasures = try EvidenceError.asked { () throws(EvidenceError) in try Erasures(in: store, log: log.path) }
        found.hold(against: erasures)
        switch format {
        case .text: console.print(Self.text(of: found, erasures))
        case .json: console.print(Self.json(of: found, erasures).text)
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

    private static func text(of found: LogExamination, _ erasures: Erasures) -> String {
        var lines = found.faults.map { "FAIL \($0.words)" }
        if found.furtherFaults > 0 { lines.append("FAIL \(found.furtherFaults) more") }
        lines.append("\(found.entries) entries, root \(found.root.hex)")
        lines.append("\(found.inputs) inputs, \(found.erased) erased")
        for (entry, erasure) in erasures.all {
            lines.append(
                "entry \(entry): \(ErasureSheet.words(erasure.entries)) erased at \(erasure.at) by \(erasure.by): "
                    + erasure.reason)
        }
        if let published = found.published {
            lines.append(
                "published: \(published.size) entries, \(found.isSigned ? "signature" : "no signature") checked")
        } else {
            lines.append("nothing is published")
        }
        return lines.map { Escaping.text(Array($0.utf8), limit: 4096) }.joined(separator: "\n")
    }

    private static func json(of found: LogExamination, _ erasures: Erasures) -> JSONText {
        .object([
            ("schema", .string("log-verification/v1")),
            ("entries", .integer(Int(found.entries))),
            ("root", .string(found.root.hex)),
            ("inputs", .integer(found.inputs)),
            ("erased", .integer(found.erased)),
            (
                "erasures",
                .array(
                    erasures.all.map { entry, erasure in
                        .object([
                            ("entry", .integer(Int(entry))), ("at", .string(erasure.at.description)),
                            ("by", .string(erasure.by)), ("reason", .string(erasure.reason)),
                            ("entries", .integer(erasure.entries.reduce(0) { $0 + $1.count })),
                        ])
                    })
            ),
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

extension LogExamination {
    /// What is missing must be on record as erased.
    fileprivate mutating func hold(against erasures: Erasures) {
        for range in erasures.untold(among: bare) {
            let words = "\(ErasureSheet.words([range])) lost what it rests on, and no erasure says why"
            add(LogFault(words, entry: range.lowerBound))
        }
        for range in lacking {
            let words = "\(ErasureSheet.words([range])) lost an input, which no erasure takes alone"
            add(LogFault(words, entry: range.lowerBound))
        }
    }
}
