import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit agent add`: registers one agent in the inventory.
struct AgentAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register an agent, with the persons who answer for it.",
        discussion: """
            Writes the agent's record, signed by an administrator, and the files by which its addresses, accounts and \
            keys are found; commits and pushes them. An agent that is not registered cannot be delegated anything.

            Example: remit agent add claude-code --vendor Anthropic --model claude-opus-4-6 --tool edit --tool bash \
            --owner dana@example.org --autonomy supervised --review-by 180d --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var id: String

    @Option(help: "Who makes it.")
    var vendor: String

    @Option(help: "A model that was reviewed. May be repeated.")
    var model: [String] = []

    @Option(help: "A tool that was reviewed. May be repeated.")
    var tool: [String] = []

    @Option(
        help: "A person who answers for it in every respect. May be repeated.", transform: OptionReading.identifier)
    var owner: [String] = []

    @Option(
        help: "A person who answers for what it is used for. May be repeated.", transform: OptionReading.identifier)
    var businessOwner: [String] = []

    @Option(
        help: "A person who answers for how it is set up and run. May be repeated.",
        transform: OptionReading.identifier)
    var technicalOwner: [String] = []

    @Option(help: "How much it does on its own.")
    var autonomy: Agent.Autonomy = .supervised

    @OptionGroup var deadline: ReviewOptions

    @Option(
        help: "By which it is known: email:ADDRESS, login:NAME or key:SHA256:... May be repeated.",
        transform: OptionReading.identity)
    var identity: [AgentIdentity] = []

    @Option(help: "An id in the catalogue of marks that means this agent. Default: its own id. May be repeated.")
    var mark: [String] = []

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !owner.isEmpty || !businessOwner.isEmpty && !technicalOwner.isEmpty else {
            throw ValidationError("give --owner PERSON, or both --business-owner PERSON and --technical-owner PERSON")
        }
    }

    func run() throws {
        let now = Platform.now()
        let reviewBy = try deadline.reviewBy(from: now)
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        let agent = try AgentEntry(id: id, signer: signer, clone: clone, now: now).commit("Register") {
            (before) throws(AppError) in
            guard before.agent == nil else { throw AppError("agent '\(id)' is registered already") }
            return Agent(
                organisation: before.authority.policy.organisation, id: id, vendor: vendor, models: model, tools: tool,
                businessOwners: owner + businessOwner, technicalOwners: owner + technicalOwner, identities: identity,
                marks: mark.isEmpty ? [id] : mark, autonomy: autonomy, status: .active, reviewBy: reviewBy,
                review: Agent.Review(at: now, by: before.administrator, models: model, tools: tool), issuedAt: now)
        }

        let console = Console.standard
        console.say("registered agent '\(id)', to be reviewed by \(agent.reviewBy)")
        clone.tell()
        console.print(id)
    }
}
