import RemitModel

/// An agent's entry while it is changed.
struct AgentDraft {
    private let organisation: String
    private let id: String
    var vendor: String
    var models: [String]
    var tools: [String]
    var businessOwners: [String]
    var technicalOwners: [String]
    var identities: [AgentIdentity]
    var marks: [String]
    var autonomy: Agent.Autonomy
    var status: Agent.Status
    var reviewBy: Instant
    var review: Agent.Review?
    var resumedAt: Instant?
    private let issuedAt: Instant?

    /// Issued after the entry that it takes the place of, even where both are signed within one second.
    ///
    /// Otherwise an entry could become what an earlier one was, byte by byte, which no server takes.
    ///
    /// - Parameter now: when it is signed.
    init(_ agent: Agent, at now: Instant) {
        issuedAt = agent.issuedAt.map { max(now, $0.adding(seconds: 1)) } ?? now
        (organisation, id, vendor) = (agent.organisation, agent.id, agent.vendor)
        (models, tools) = (agent.models, agent.tools)
        (businessOwners, technicalOwners) = (agent.businessOwners, agent.technicalOwners)
        (identities, marks) = (agent.identities, agent.marks)
        (autonomy, status) = (agent.autonomy, agent.status)
        (reviewBy, review, resumedAt) = (agent.reviewBy, agent.review, agent.resumedAt)
    }

    var agent: Agent {
        Agent(
            organisation: organisation, id: id, vendor: vendor, models: models, tools: tools,
            businessOwners: businessOwners, technicalOwners: technicalOwners, identities: identities, marks: marks,
            autonomy: autonomy, status: status, reviewBy: reviewBy, review: review, resumedAt: resumedAt,
            issuedAt: issuedAt)
    }
}
