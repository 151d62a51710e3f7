import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

extension DelegationTable.State: ExpressibleByArgument {}

/// `remit list`: all delegations at a glance.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the delegations and what has become of them.",
        discussion: """
            Reads the committed state of the authority. What ends within a day is 'expiring'; what has used up a limit is 'spent', \
            where a ledger tells; what has expired and may still be landed is 'landing'; what a server would not believe is 'invalid'.

            Example: remit list --state active --state expiring --agent claude-code
            """)

    @Option(help: "Only those of this agent.", transform: OptionReading.identifier)
    var agent: String?

    @Option(help: "Only those in this state. May be repeated.")
    var state: [DelegationTable.State] = []

    @Option(help: "How to tell it.")
    var format = ReportFormat.text

    @OptionGroup var evidence: LedgerOption

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        let console = Console.standard
        let sheets = try AuthorityListing(
            authority: standing, location: location, spender: evidence.spender(), now: now
        )
        .delegations { console.say("warning: \($0.message)") }
        .filter { agent == nil || $0.delegation.agent == agent }
        let table = DelegationTable(sheets, showing: Set(state), authority: standing.commit, now: now)
        switch format {
        case .json: console.print(table.json.text)
        case .text where table.rows.isEmpty: console.say("there is no such delegation")
        case .text: console.print(table.text)
        }
    }
}
