import ArgumentParser
import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

/// `remit log anchors`: who keeps which checkpoint.
struct LogAnchorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchors",
        abstract: "List who keeps a checkpoint of the log outside this server.",
        discussion: """
            One line for each: the entry that records it, when, how many entries the checkpoint covers, and who keeps \
            it. 'remit log verify' checks them.

            Example: remit log anchors --format json
            """)

    @Option(help: "text or json.")
    var format = ReportFormat.text

    @OptionGroup var options: LogOptions

    func run() throws {
        let ledger = try options.log().open()
        let console = Console.standard
        var next: Int64 = 1
        while true {
            let page: [LedgerEntry]
            do throws(EvidenceError) {
                page = try EvidenceError.asking { () throws(LedgerError) in
                    try ledger.entries(from: next, limit: Ledger.maximumPageCount)
                }
                for entry in page where entry.kind == .anchor {
                    console.print(line(entry.sequence, try ledger.anchor(entry.sequence)))
                }
            } catch {
                throw AppError(error.statement, hint: "see 'remit log verify'", status: .undecided)
            }
            guard let last = page.last else { return }
            next = last.sequence + 1
        }
    }

    private func line(_ entry: Int64, _ anchor: Anchor?) -> String {
        switch format {
        case .text:
            let words =
                anchor.map { "\($0.at) \($0.size) entries, kept by \($0.keeper.words)" } ?? "its document was erased"
            return Escaping.text(Array("\(entry) \(words)".utf8), limit: Console.lineAtMost)
        case .json:
            let members: [(name: String, value: JSONText)] =
                anchor.map {
                    [
                        ("at", .string($0.at.description)), ("origin", .string($0.origin)), ("size", .integer($0.size)),
                        ("root", .string($0.root.hex)), ("keeper", $0.keeper.json),
                    ]
                } ?? [("erased", .boolean(true))]
            return String(
                decoding: JSONText.object(
                    [("schema", .string("anchor-line/v1")), ("entry", .integer(Int(entry)))] + members
                )
                .encoded, as: UTF8.self)
        }
    }
}
