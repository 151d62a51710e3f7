import ArgumentParser
import RemitEvidence
import RemitGate
import RemitLedger
import RemitReport

/// `remit log alarm`: what somebody else knows of the log that the ledger does not.
struct LogAlarmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarm",
        abstract: "Tell whether an alarm stands about the log, and take it away.",
        discussion: """
            The alarm is raised when a witness or a remote repository holds more of the log than the ledger has, or \
            another past of it. While it stands, every push is refused and nothing is published. Look for the newer \
            ledger first: with it in its place, or with a reason, an operator takes the alarm away, which the ledger \
            records.

            Exit status: 0 when none stands, else 1.

            Example: remit log alarm --clear --reason 'restored the ledger of this morning, see OPS-12'
            """)

    @Flag(help: "Take it away.")
    var clear = false

    @Option(help: "Why it is taken away; the ledger keeps it.")
    var reason: String?

    @OptionGroup var options: LogOptions

    func validate() throws {
        guard clear == (reason?.isEmpty == false) else { throw ValidationError("--clear and --reason go together") }
    }

    func run() throws {
        let log = try options.log()
        let console = Console.standard
        guard let words = try log.run({ () throws(LedgerError) in try log.directory.standingAlarm() }) else {
            return console.say("no alarm stands")
        }
        guard let reason else {
            console.print(Escaping.text(Array(words.utf8), limit: Console.lineAtMost))
            throw ExitCode(ExitStatus.refused.rawValue)
        }
        var event = Lifecycle(.alarmCleared, at: Platform.now(), repository: "", gitDirectory: "")
        event.changes = [.init(key: "alarm", old: words, new: reason)]
        let draft = event.draft(by: HookCommand.commands)
        var ledger = try log.open()
        // On record before it is gone.
        let entry = try log.run { () throws(LedgerError) in
            let entry = try ledger.transaction { (transaction) throws(LedgerError) in try transaction.append(draft) }
            try log.directory.clearAlarm()
            return entry
        }
        console.say("took the alarm away, entry \(entry)")
    }
}
