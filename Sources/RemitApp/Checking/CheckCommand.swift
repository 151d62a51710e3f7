import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit check`: the server's judgement, before the push.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge commits as the server would judge a push of them.",
        discussion: """
            Reads the settings remit.authority, remit.root and remit.repository of the clone's git config. Without a \
            range it takes what a push of the present branch would bring: upstream..HEAD, or for a new branch all \
            that no protected branch of the remote has. What only a server knows is left out: who pushes (see \
            --as-person), and what its ledger has seen, and what earlier pushes have spent.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit check origin/main..HEAD
            """)

    @Argument(help: "A..B, or one commit; default: what a push of the present branch would bring.")
    var range: String?

    @Option(help: "The ref that would be pushed to; default: the upstream's, else the branch's own name.")
    var ref: String?

    @OptionGroup var settings: CheckSettings

    @Option(help: ArgumentHelp("Judge as if this person's account pushed.", valueName: "login"))
    var asPerson: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func run() throws {
        let console = Console.standard
        let git = Git()
        let range = try CheckRange(range, ref: ref, git)
        let check = Check(range, asPerson: asPerson, now: Platform.now())
        let decision = try check.decide(settings.values(git))
        switch format {
        case .text:
            console.say("checking \(range.words)")
            let text = TextReport(of: .check).text(of: decision)
            if text.isEmpty { console.say("allowed, without a mark of an agent; commits judged: \(decision.commits)") }
            if !text.isEmpty { console.print(text) }
        case .json:
            console.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self))
        }
        let status = ExitStatus(decision)
        if status != .allowed { throw ExitCode(status.rawValue) }
    }
}
