import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit agent list`: the inventory at a glance.
struct AgentListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the agents of the inventory, and whether they may act.",
        discussion: "Example: remit agent list --format json")

    @Option(help: "How to tell it.")
    var format: ReportFormat = .text

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        var entries: [AgentList.Entry] = []
        for id in try location.agents(at: standing.commit) {
            switch try AppError.asking({ () throws(AuthorityError) in try standing.agent(id) }) {
            case .registered(let verified):
                entries.append(.sheet(AgentSheet(verified.agent, suspension: verified.suspension, now: now)))
            case .unregistered: continue
            case .rejected(_, let reason): entries.append(.fault(id: id, reason))
            }
        }
        let list = AgentList(entries: entries)
        Console.standard.print(format == .text ? list.text : String(decoding: list.json, as: UTF8.self))
    }
}
