import ArgumentParser
import RemitModel
import RemitReport

/// What is changed in an agent's entry.
struct AgentChangeOptions: ParsableArguments {
    @Option(help: "Who makes it.")
    var vendor: String?

    @Option(help: "How much it does on its own.")
    var autonomy: Agent.Autonomy?

    @Option(help: "A model that it uses too; to be reviewed before a grant may name it. May be repeated.")
    var addModel: [String] = []

    @Option(help: "A model that it uses no more. May be repeated.")
    var removeModel: [String] = []

    @Option(help: "A tool that it has too; to be reviewed before a grant may name it. May be repeated.")
    var addTool: [String] = []

    @Option(help: "A tool that it has no more. May be repeated.")
    var removeTool: [String] = []

    @Option(
        help: "One more person who answers for it in every respect. May be repeated.",
        transform: OptionReading.identifier)
    var addOwner: [String] = []

    @Option(help: "A person who answers for it no more. May be repeated.", transform: OptionReading.identifier)
    var removeOwner: [String] = []

    @Option(
        help: "One more person who answers for what it is used for. May be repeated.",
        transform: OptionReading.identifier)
    var addBusinessOwner: [String] = []

    @Option(
        help: "One more person who answers for how it is set up and run. May be repeated.",
        transform: OptionReading.identifier)
    var addTechnicalOwner: [String] = []

    @Option(
        help: "By which it is known too: email:ADDRESS, login:NAME or key:SHA256:... May be repeated.",
        transform: OptionReading.identity)
    var addIdentity: [AgentIdentity] = []

    @Option(help: "By which it is known no more. May be repeated.", transform: OptionReading.identity)
    var removeIdentity: [AgentIdentity] = []

    @Option(help: "An id in the catalogue of marks that means this agent too. May be repeated.")
    var addMark: [String] = []

    @Option(help: "An id in the catalogue of marks that means it no more. May be repeated.")
    var removeMark: [String] = []

    var isEmpty: Bool {
        vendor == nil && autonomy == nil
            && [
                addModel, removeModel, addTool, removeTool, addOwner, removeOwner, addBusinessOwner, addTechnicalOwner,
                addMark, removeMark,
            ].allSatisfy(\.isEmpty) && addIdentity.isEmpty && removeIdentity.isEmpty
    }

    /// The entry with the changes.
    ///
    /// What is there already, or is not there, is refused: it was meant otherwise.
    func apply(to agent: Agent, at now: Instant) throws(AppError) -> Agent {
        var draft = AgentDraft(agent, at: now)
        draft.vendor = vendor ?? agent.vendor
        draft.autonomy = autonomy ?? agent.autonomy
        try draft.models.edit("model", adding: addModel, removing: removeModel)
        try draft.tools.edit("tool", adding: addTool, removing: removeTool)
        try draft.marks.edit("mark", adding: addMark, removing: removeMark)
        try draft.identities.edit("identity", adding: addIdentity, removing: removeIdentity)
        if let stranger = removeOwner.first(where: { !agent.owners.contains($0) }) {
            throw AppError("owner '\(stranger)' is not in the entry")
        }
        let (business, technical) = (agent.businessOwners, agent.technicalOwners)
        try draft.businessOwners.edit(
            "business owner", adding: addBusinessOwner + addOwner.filter { !business.contains($0) },
            removing: removeOwner.filter(business.contains))
        try draft.technicalOwners.edit(
            "technical owner", adding: addTechnicalOwner + addOwner.filter { !technical.contains($0) },
            removing: removeOwner.filter(technical.contains))
        return draft.agent
    }
}

extension Array where Element: Equatable {
    fileprivate mutating func edit(_ kind: String, adding: [Element], removing: [Element]) throws(AppError) {
        for element in removing {
            guard let index = firstIndex(of: element) else {
                throw AppError("\(kind) '\(element)' is not in the entry")
            }
            remove(at: index)
        }
        for element in adding {
            guard !contains(element) else { throw AppError("\(kind) '\(element)' is in the entry already") }
            append(element)
        }
    }
}
