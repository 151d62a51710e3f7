import ArgumentParser
import Glibc
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// `remit log erase`: takes what entries rest on out of the ledger, and leaves the entries.
struct LogEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Delete the personal data that entries rest on; the tree stays whole.",
        discussion: """
            Deletes the documents and inputs of entries: names, logins, addresses, paths, commits. Inputs that other \
            entries rest on too are kept. What stays: that there was a decision, when, with what outcome, in which \
            repository; commit ids, which say what may still land; and what was spent of limits. An entry says who \
            erased what, and why; what was looked for it does not say. Nothing brings the rest back: such a decision \
            cannot be traced or replayed any more.

            The file is then written anew, since SQLite leaves copies behind: pushes wait meanwhile, and it takes the \
            room of another copy. Backups, and what 'remit collect' or an export took elsewhere, are yours to erase.

            Example: remit log erase --before 2026-01-01 --reason 'kept for one year' --dry-run
            """)

    @Argument(help: "Numbers of entries.")
    var entries: [Int64] = []

    @Option(
        help: ArgumentHelp("Decisions and effects before this day or moment in UTC.", valueName: "day"),
        transform: LogEraseCommand.moment)
    var before: Instant?

    @Option(
        help: ArgumentHelp(
            """
            Decisions and effects that tell of this login, address or key; may be repeated, for all of them. Records \
            of the authority are not searched: they name everybody in every decision.
            """, valueName: "name"),
        transform: LogEraseCommand.search)
    var naming: [NamedSearch] = []

    @Option(help: ArgumentHelp("Why they are erased; it is recorded.", valueName: "why"))
    var reason: String?

    @Option(help: ArgumentHelp("Who erases; default: the account that runs this.", valueName: "person"))
    var by: String?

    @Flag(help: "Only tell what would go.")
    var dryRun = false

    @Flag(help: "Do it without asking.")
    var yes = false

    @Flag(help: "Erase nothing more: write the file anew, where an earlier run could not.")
    var compact = false

    @Option(help: "text or json.")
    var format = ReportFormat.text

    @OptionGroup var options: LogOptions

    func validate() throws {
        let isChosen = !entries.isEmpty || before != nil || !naming.isEmpty
        if compact {
            guard !isChosen, !dryRun else { throw ValidationError("--compact erases nothing, and stands alone") }
            return
        }
        guard isChosen else { throw ValidationError("name entries, or give --before or --naming") }
        guard entries.isEmpty || before == nil && naming.isEmpty else {
            throw ValidationError("entries are named by their numbers, or found by --before and --naming")
        }
        guard dryRun || reason.map({ !$0.isEmpty }) == true else { throw ValidationError("missing --reason") }
    }

    func run() throws {
        let log = try options.log()
        var ledger = try log.open()
        guard !compact else { return try Self.compact(ledger, log) }
        let choice =
            entries.isEmpty
            ? ErasureChoice.found(before: before, naming: naming.map(\.search)) : .entries(Set(entries))
        let plan = try EvidenceError.asked { () throws(EvidenceError) in
            try ledger.reading { ledger throws(EvidenceError) in try ErasurePlan(choice, in: ledger) }
        }
        guard !plan.entries.isEmpty else {
            throw AppError("no such entry is left to be erased", hint: "see 'remit log verify' for what was")
        }
        var sheet = ErasureSheet(plan: plan)
        guard !dryRun else { return show(sheet) }
        try confirm(sheet)
        ledger.deadline = .now.advanced(by: .seconds(Self.patienceSeconds))
        let (by, reason) = (by ?? Self.account, reason ?? "")
        sheet.done = try log.run { () throws(LedgerError) in
            try plan.carryOut(
                in: &ledger, by: by, reason: reason, at: Platform.now(), program: HookCommand.program)
        }
        try Self.compact(ledger, log)
        for named in naming {
            let count = try log.run { () throws(LedgerError) in try ledger.count(ofInputsHolding: named.search.name) }
            sheet.remaining.append((named.text, count))
        }
        show(sheet)
    }

    /// How long others are waited for, in seconds.
    private static let patienceSeconds = 60

    private static func compact(_ ledger: borrowing Ledger, _ log: LedgerLog) throws(AppError) {
        do throws(AppError) {
            try log.run { () throws(LedgerError) in try ledger.compact() }
        } catch {
            throw AppError(
                "what was erased may still be found in the file: \(error.message)",
                hint: "run 'remit log erase --compact' when nobody else uses the ledger", status: .undecided)
        }
    }

    private func show(_ sheet: ErasureSheet) {
        switch format {
        case .text: Console.standard.print(sheet.text)
        case .json: Console.standard.print(sheet.json.text)
        }
    }

    private func confirm(_ sheet: ErasureSheet) throws(AppError) {
        guard !yes else { return }
        for line in sheet.text.split(separator: "\n") { Console.standard.say(String(line)) }
        guard
            try Terminal.value(nil, flag: "--yes", question: "erase them for good? (yes or no)", default: "no") == "yes"
        else { throw AppError("nothing was erased") }
    }

    /// The account that runs this, or for which root does.
    private static var account: String {
        let user = Platform.world().trustedOwner ?? getuid()
        guard let entry = unsafe getpwuid(user) else { return "uid \(user)" }
        return unsafe String(cString: entry.pointee.pw_name)
    }

    @Sendable private static func moment(_ text: String) throws -> Instant {
        guard let moment = Instant(text) ?? Instant(text + "T00:00:00Z") else {
            throw OptionFault("neither a day such as 2027-06-30 nor a moment such as 2027-06-30T17:00:00Z")
        }
        return moment
    }

    @Sendable private static func search(_ text: String) throws -> NamedSearch {
        guard let search = NameSearch(text) else {
            throw OptionFault("one line of at least \(NameSearch.byteCountAtLeast) bytes is needed")
        }
        return NamedSearch(text: text, search: search)
    }
}

/// A name as it was given, and the search for it.
struct NamedSearch: Hashable, Sendable {
    let text: String
    let search: NameSearch
}
