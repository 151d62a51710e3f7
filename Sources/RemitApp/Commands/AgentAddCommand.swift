import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit agent add`: registers one agent in the inventory.
struct AgentAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register an agent, with the persons who answer for it.",
        discussion: """
            Writes the agent's record, signed by an administrator, and the files by which its addresses, accounts and \
            keys are found; commits them. An agent that is not registered cannot be delegated anything.

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

    @Option(
        help: ArgumentHelp("When its entry must be reviewed: a day, or a span such as 180d.", valueName: "day"),
        transform: OptionReading.deadline)
    var reviewBy: Deadline?

    @Option(
        help: "By which it is known: email:ADDRESS, login:NAME or key:SHA256:... May be repeated.",
        transform: OptionReading.identity)
    var identity: [AgentIdentity] = []

    @Option(help: "An id in the catalogue of marks that means this agent. Default: its own id. May be repeated.")
    var mark: [String] = []

    @Option(
        help: ArgumentHelp(
            "An administrator's key: a private key, or a .pub whose other half is in ssh-agent.", valueName: "file"))
    var key: String?

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !owner.isEmpty || !businessOwner.isEmpty && !technicalOwner.isEmpty else {
            throw ValidationError("give --owner PERSON, or both --business-owner PERSON and --technical-owner PERSON")
        }
    }

    /// Days until the review where nothing else is said.
    private static let reviewDays: Int64 = 180

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let standing = try clone.location.authority(at: now)
        let signer = Signer(try SigningKey(option: key, clone.git))
        let agent = try agent(of: standing, by: standing.administrator(with: signer.key), at: now)
        if let stranger = agent.owners.first(where: { id in !standing.policy.persons.contains { $0.id == id } }) {
            throw AppError(
                "'\(stranger)' is not a person of the authority",
                hint: "persons are: \(standing.policy.persons.map(\.id).joined(separator: ", "))")
        }
        if case .registered = try AppError.asking({ () throws(AuthorityError) in try standing.agent(id) }) {
            throw AppError("agent '\(id)' is registered already")
        }

        for identity in identity { try requireFree(identity, in: standing) }
        let record = try agent.record()
        var change = Changeset()
        change.add(
            record, signature: try signer.sign(record, for: .authority), at: AuthorityLayout.agent(id))
        for identity in agent.identities { change.add("agent \(id)\n", at: identity.pointer) }
        try clone.commit(change, message: "Register agent \(id)", signedWith: signer.key) { (state) throws(AppError) in
            try requireRegistered(state.authority(at: now, with: change))
        }

        let console = Console.standard
        console.say("registered agent '\(id)', to be reviewed by \(agent.reviewBy)")
        clone.tell()
        console.print(id)
    }

    private func agent(of authority: Authority, by reviewer: String, at now: Instant) throws -> Agent {
        let reviewBy = reviewBy?.moment(from: now) ?? now.adding(seconds: Self.reviewDays * 86_400)
        guard reviewBy > now else {
            throw AppError("--review-by \(reviewBy) is not in the future", status: .usage)
        }
        return Agent(
            organisation: authority.policy.organisation, id: id, vendor: vendor, models: model, tools: tool,
            businessOwners: owner + businessOwner, technicalOwners: owner + technicalOwner, identities: identity,
            marks: mark.isEmpty ? [id] : mark, autonomy: autonomy, status: .active, reviewBy: reviewBy,
            review: Agent.Review(at: now, by: reviewer, models: model, tools: tool))
    }

    /// Refuses an address, an account or a key by which somebody else is known already.
    private func requireFree(_ identity: AgentIdentity, in authority: Authority) throws {
        let holder: String?
        if case .key(let key) = identity {
            holder = try AppError.asking { () throws(AuthorityError) in try authority.holder(of: key) }.words
        } else {
            let standing = try AppError.asking { () throws(AuthorityError) in
                try authority.agent(identifiedBy: identity)
            }
            holder = standing.map { "agent '\($0.id)'" }
        }
        if let holder { throw AppError("\(identity) belongs to \(holder) already", hint: "name another --identity") }
    }

    /// Judges the new record as servers will.
    private func requireRegistered(_ proposed: Authority) throws(AppError) {
        switch try AppError.asking({ () throws(AuthorityError) in try proposed.agent(id) }) {
        case .registered: return
        case .unregistered: throw AppError("the inventory would not know agent '\(id)'")
        case .rejected(_, let reason):
            throw AppError(
                reason, hint: "administrators are: \(proposed.administrators.joined(separator: ", "))")
        }
    }
}
