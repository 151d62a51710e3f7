import ArgumentParser
import RemitAuthority
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// How a report can be told.
enum DocumentFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case json
    case html
}

/// `remit report`: which controls Remit's evidence supports.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell which controls of security frameworks the evidence of a period supports, with counts.",
        discussion: """
            Reads authority and ledger, counts what lies in the period, and tells for each control which kinds of \
            evidence support it, which are missing in the period, and what they do not show. It says "supports": \
            whether a control is met, an assessor decides. An entry belongs to the period by the moment that its \
            server gave it: --since is included, --until is not. Each count is followed by a few of the entries.

            Frameworks: \(Framework.all.map(\.key).joined(separator: ", ")).

            Example: remit report --since 2026-10-01 --until 2026-11-01 --framework owasp_nhi --format html
            """)

    @OptionGroup var time: PeriodOptions

    @Option(
        help: ArgumentHelp("Only this framework. May be repeated. Default: all.", valueName: "key"),
        transform: OptionReading.framework)
    var framework: [Framework] = []

    @Flag(help: "Verify the log first: every entry, the tree over them, and what was published.")
    var verify = false

    @Flag(help: "Judge every decision of the period again.")
    var replay = false

    @Option(
        help: ArgumentHelp(
            "The log's public key, which must have signed its checkpoint. Default: that of '<ledger>.key'.",
            valueName: "vkey"))
    var key: String?

    @Option(help: "How to tell it.")
    var format = DocumentFormat.text

    @OptionGroup var evidence: EvidenceOptions

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let period = try time.period(at: now)
        let console = Console.standard
        let source = try evidence.source()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        let logs = try LogStates(source, key: key, verifying: verify, console)
        let tally = try tally(source.store, period, logs.checkpoints, console)
        var figures = try AuthorityFigures(standing, at: location, period: period, now: now).figures
        figures.merge(tally.figures) { $1 }
        figures.merge(logs.figures) { $1 }
        let facts = EvidenceFacts(
            period: period, authority: standing.commit, readAt: now, logs: logs.states(tally.logs),
            oldest: tally.oldest, figures: figures, examples: tally.examples)
        let report = ControlReport(facts, of: framework.isEmpty ? Framework.all : framework)
        switch format {
        case .text: console.print(report.text)
        case .markdown: console.print(report.markdown)
        case .json: console.print(report.json.text)
        case .html: console.print(report.page.text)
        }
    }

    private func tally(
        _ store: any EvidenceStore, _ period: Period, _ checkpoints: [String: Int], _ console: Console
    ) throws(AppError) -> EvidenceTally {
        let progress = Progress(every: 10_000, say: console.say) { "\($0) entries read" }
        return try EvidenceError.asked { () throws(EvidenceError) in
            var tally = EvidenceTally(period)
            guard replay else {
                try tally.read(store, checkpoints: checkpoints, progress: progress.reach)
                return tally
            }
            try tally.read(
                store, checkpoints: checkpoints,
                replay: { entry throws(EvidenceError) in Self.replay(entry, in: store) }, progress: progress.reach)
            return tally
        }
    }

    private static func replay(_ entry: StoredEntry, in store: any EvidenceStore) -> EvidenceTally.Replayed {
        do throws(EvidenceError) {
            return switch try Replay(entry, in: store)?.judge() {
            case .same: .same
            case .different: .different
            case nil: .impossible
            }
        } catch {
            // Why, 'remit replay' tells.
            return .impossible
        }
    }
}

extension OptionReading {
    @Sendable static func framework(_ key: String) throws -> Framework {
        guard let found = Framework.all.first(where: { $0.key == key }) else {
            throw OptionFault("none of \(Framework.all.map(\.key).joined(separator: ", "))")
        }
        return found
    }
}
