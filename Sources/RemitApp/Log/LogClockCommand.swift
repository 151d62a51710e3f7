import ArgumentParser
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// `remit log clock`: whether the clock is behind the ledger, and the way out where the clock is right.
struct LogClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Tell whether the clock is behind what is recorded, and go on from it.",
        discussion: """
            A push is undecided while the clock is more than five minutes behind the latest entry: what has expired \
            would begin again. Set the clock right. Only where it is right, and entries were recorded while it was \
            ahead, --accept goes on from now; that is on record too.

            Exit status: 0 when the clock is not behind, or was accepted, else 1.

            Example: remit log clock --ledger /var/lib/remit/ledger.sqlite
            """)

    @Flag(help: "The clock is right: record that, and judge by it from now on.")
    var accept = false

    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.log()
        let now = Platform.now()
        var ledger = try log.open()
        let latest = try log.run { () throws(LedgerError) in try ledger.latestMoment() }
        let behind = try log.run { () throws(LedgerError) in try ledger.latestMoment(after: now) }
        let console = Console.standard
        console.print("the clock says \(now)")
        console.print(latest.map { "the latest entry is of \($0)" } ?? "no entry has been recorded")
        guard let behind else {
            guard accept else { return }
            throw AppError("there is nothing to accept: the clock is not behind the ledger", status: .usage)
        }
        guard accept else {
            throw AppError(
                "the clock has gone back: pushes are undecided",
                hint: "set the clock right; where it is right, run 'remit log clock --accept'")
        }
        let entry = try log.run { () throws(LedgerError) in
            try ledger.transaction { transaction throws(LedgerError) in
                var event = Lifecycle(.clockAccepted, at: now, repository: "", gitDirectory: "")
                event.changes = [.init(key: "clock", old: behind.description, new: now.description)]
                try transaction.acceptClock(now)
                return try transaction.append(event.draft(by: HookCommand.commands))
            }
        }
        console.print("entry \(entry) recorded: the clock is accepted")
    }
}
