import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit agent show`: one agent's entry in words.
struct AgentShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell in words what the inventory says of an agent, and whether it may act.",
        discussion: """
            The status is 0 where servers believe the entry, whether or not the agent may act; 1 where they do not, or \
            there is none; 2 when that cannot be told.

            Example: remit agent show claude-code
            """)

    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var id: String

    @Option(help: "How to tell it.")
    var format: ReportFormat = .text

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let standing = try authority.located().authority(at: now)
        switch try AppError.asking({ () throws(AuthorityError) in try standing.agent(id) }) {
        case .registered(let verified):
            let sheet = AgentSheet(verified.agent, suspension: verified.suspension, now: now)
            Console.standard.print(format == .text ? sheet.text : String(decoding: sheet.json, as: UTF8.self))
        case .unregistered:
            throw AppError(
                "the inventory does not know agent '\(id)'", hint: "'remit agent list' names those that it knows")
        case .rejected(_, let reason):
            throw AppError(reason, hint: "'remit agent review \(id)' signs it anew")
        }
    }
}
