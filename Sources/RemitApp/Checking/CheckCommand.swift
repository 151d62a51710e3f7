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

            With --pre-push it takes what git gives to a pre-push hook, and judges each ref by itself. With --message it \
            takes what git gives to a commit-msg hook, and says what of it the server would refuse; without an \
            authority, only what the message itself shows, with a warning of what was not checked.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit check origin/main..HEAD
            """)

    @Argument(help: "A..B, or one commit; default: what a push of the present branch would bring.")
    var range: String?

    @Option(help: "The ref that would be pushed to; default: the upstream's, else the branch's own name.")
    var ref: String?

    @Option(
        help: ArgumentHelp(
            "Judge the refs that git names on standard input, on their way to this remote.", valueName: "remote"))
    var prePush: String?

    @Option(help: ArgumentHelp("Judge the message of a commit that is about to be made.", valueName: "file"))
    var message: String?

    @OptionGroup var settings: CheckSettings

    @Option(help: ArgumentHelp("Judge as if this person's account pushed.", valueName: "login"))
    var asPerson: String?

    @OptionGroup var reports: ReportOptions

    func validate() throws {
        guard prePush == nil || (range == nil && ref == nil) else {
            throw ValidationError("--pre-push takes its refs from standard input; give no range and no --ref")
        }
        guard message == nil || (range == nil && ref == nil && prePush == nil && asPerson == nil) else {
            throw ValidationError("--message is about one message; give no range, --ref, --pre-push and --as-person")
        }
        guard message == nil || (reports.report.isEmpty && reports.isText) else {
            throw ValidationError("--message answers in words; --report and --format are for decisions")
        }
        guard prePush == nil || reports.report.isEmpty else {
            throw ValidationError("--pre-push judges each ref by itself; --report is for one decision")
        }
    }

    func run() throws {
        let git = Git()
        if let message {
            let status = try MessageCheck(at: message, git)?.run(settings, now: Platform.now(), .standard)
            if let status, status != .allowed { throw ExitCode(status.rawValue) }
            return
        }
        let ranges =
            if let prePush {
                try PushedUpdates.read().map { pushed in try CheckRange(pushed, to: prePush, git) }
            } else {
                [try CheckRange(range, ref: ref, git)]
            }
        var worst = ExitStatus.allowed
        for range in ranges {
            let status = try check(range, git)
            // Refused is the firmer answer of the two.
            if status == .refused || worst == .allowed { worst = status }
        }
        if worst != .allowed { throw ExitCode(worst.rawValue) }
    }

    private func check(_ range: CheckRange, _ git: Git) throws -> ExitStatus {
        let console = Console.standard
        let check = Check(range, asPerson: asPerson, now: Platform.now())
        let decision = try check.decide(settings.values(git))
        if reports.isText { console.say("checking \(range.words)") }
        if reports.isText, TextReport(of: .check).text(of: decision).isEmpty {
            console.say(AllowedLine.unmarked(decision).text)
        } else {
            reports.show(decision, as: .check, ledgerEntry: nil, console)
        }
        try reports.write(decision, as: .check, ledgerEntry: nil)
        return ExitStatus(decision)
    }
}
