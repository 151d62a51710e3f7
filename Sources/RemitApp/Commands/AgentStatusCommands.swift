import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit agent suspend`: the inventory says that an agent is out of use for now.
struct AgentSuspendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Put an agent out of use, until its next review.",
        discussion: """
            An administrator's entry in the inventory, which 'remit agent review' ends: then what was delegated before \
            counts again. In an emergency use 'remit suspend', which operators and the agent's owners may do too, and \
            which stops what was delegated for good.

            Example: remit agent suspend claude-code --key ~/.ssh/id_ed25519
            """)

    @OptionGroup var options: AgentStatusOptions

    func run() throws {
        try options.set(
            .suspended, "Suspend", "suspended in the inventory: servers refuse what it does until its review")
    }
}

/// `remit agent retire`: the inventory says that an agent is out of use for good.
struct AgentRetireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Put an agent out of use, for good.",
        discussion: """
            Its entry stays, so that its old work is still known as its own; nothing new is accepted from it.

            Example: remit agent retire claude-code --key ~/.ssh/id_ed25519
            """)

    @OptionGroup var options: AgentStatusOptions

    func run() throws {
        try options.set(.retired, "Retire", "retired: servers refuse what it does, and it is not taken back into use")
    }
}

/// Which agent gets another status, by whom, and where that is written.
struct AgentStatusOptions: ParsableArguments {
    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var id: String

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    /// - Parameter outcome: what that means for the agent, in words.
    func set(_ status: Agent.Status, _ verb: String, _ outcome: String) throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        _ = try AgentEntry(id: id, signer: signer, clone: clone, now: now).commit(verb) { (before) throws(AppError) in
            let agent = try before.believed(id)
            guard agent.status != status, agent.status != .retired else {
                throw AppError(
                    "the inventory says already that agent '\(id)' is \(agent.status.rawValue)",
                    hint: "nothing was written")
            }
            var draft = AgentDraft(agent, at: now)
            draft.status = status
            return draft.agent
        }
        let console = Console.standard
        console.say("agent '\(id)' is \(outcome)")
        clone.tell()
        console.print(id)
    }
}
