import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit agent update`: changes an agent's entry.
struct AgentUpdateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change an agent's entry: models, tools, owners, identities, marks, autonomy.",
        discussion: """
            Writes the record anew, signed by an administrator, and adjusts the files by which the agent's addresses, \
            accounts and keys are found. A model or a tool that is added is not reviewed by that: no grant that names \
            it passes before 'remit agent review'.

            Example: remit agent update claude-code --add-model claude-opus-4-7 --remove-tool bash --key \
            ~/.ssh/id_ed25519
            """)

    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var id: String

    @OptionGroup var changes: AgentChangeOptions

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !changes.isEmpty else { throw ValidationError("nothing is to be changed") }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        let agent = try AgentEntry(id: id, signer: signer, clone: clone, now: now).commit("Update") {
            (before) throws(AppError) in try changes.apply(to: before.believed(id), at: now)
        }
        let console = Console.standard
        console.say("updated agent '\(id)'")
        let new =
            agent.models.filter { agent.review?.models.contains($0) != true }.map { "model '\($0)'" }
            + agent.tools.filter { agent.review?.tools.contains($0) != true }.map { "tool '\($0)'" }
        if !new.isEmpty {
            console.say("not reviewed: \(new.joined(separator: ", ")); 'remit agent review \(id)' lets grants name it")
        }
        clone.tell()
        console.print(id)
    }
}
