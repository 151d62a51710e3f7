import ArgumentParser
import RemitAttribution
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit agents known`: whom Remit recognises, and by what.
struct AgentKnownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "known", abstract: "List the agents, assistants and bots that are recognised, and by which marks.",
        discussion: """
            Tells the built-in catalogue, and what the organisation's authority adds to it or takes from it, where one \
            is named. A mark that was switched off or is another tool's here is told with the reason. As TOML the \
            built-in marks alone are told, in the form in which 'remit agents marks' takes an organisation's own.

            Example: remit agents known --agent claude-code
            """)

    /// In which form.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
        case toml
    }

    @Option(help: ArgumentHelp("Tell one tool, mark by mark.", valueName: "id"))
    var agent: String?

    @Option(help: "How to tell it.")
    var format: Format = .table

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let console = Console.standard
        let own = try authority.locatedIfNamed()?.authority(at: Platform.now()).marks
        let known = MarkCatalogue.known(with: own)
        let sheet = KnownSheet(known, of: agent)
        guard !sheet.isEmpty else {
            throw AppError(
                "no tool '\(agent ?? "")' is known", hint: "'remit agents known' lists them all", status: .usage)
        }
        switch format {
        case .table:
            console.print(agent == nil ? sheet.table : sheet.text)
            let more = own.map { ", and 'marks.toml' version \($0.version) of \($0.organisation)" }
            console.say("catalogue \(known.version)\(more ?? "")")
            for off in known.idle {
                console.say("warning: a mark of '\(off.tool)' is switched off that this catalogue does not have")
            }
        case .json: console.print(String(decoding: sheet.json, as: UTF8.self))
        case .toml: console.print(String(decoding: try toml(), as: UTF8.self))
        }
    }

    private func toml() throws(AppError) -> [UInt8] {
        let tools = MarkCatalogue.builtIn.tools.filter { agent == nil || $0.id == agent }
        guard !tools.isEmpty else {
            throw AppError(
                "'\(agent ?? "")' is not in the built-in catalogue",
                hint: "the organisation's own marks stand in 'marks.toml' of the authority", status: .usage)
        }
        return try RecordWriter.marks(
            of: tools, organisation: "example.org", version: MarkCatalogue.versionNumber)
    }
}
