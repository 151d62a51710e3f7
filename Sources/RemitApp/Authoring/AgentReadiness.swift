import RemitAuthority
import RemitModel

/// Whether an agent can be delegated anything now, asked before a person is made to sign.
struct AgentReadiness {
    let authority: Authority
    let now: Instant

    /// The refusals that a server would give to the agent's first push.
    func require(_ id: String, _ context: Delegation.Context?) throws(AppError) {
        let verified: VerifiedAgent
        switch try AppError.asking({ () throws(AuthorityError) in try authority.agent(id) }) {
        case .registered(let found): verified = found
        case .unregistered:
            throw AppError(
                "the inventory does not know agent '\(id)'", hint: "an administrator runs 'remit agent add \(id)'")
        case .rejected(_, let reason):
            throw AppError(reason, hint: "an administrator must sign the agent's record anew")
        }
        let agent = verified.agent
        let owners = agent.owners.joined(separator: ", ")
        if let suspension = verified.suspension {
            throw AppError(
                "agent '\(id)' is suspended: \(suspension.cause.rawValue): \(suspension.reason)",
                hint: "ask \(owners)")
        }
        guard agent.status == .active else {
            throw AppError(
                "agent '\(id)' is suspended: the inventory says \(agent.status.rawValue)", hint: "ask \(owners)")
        }
        guard agent.reviewBy > now else {
            throw AppError(
                "the review of agent '\(id)' was due at \(agent.reviewBy)", hint: "ask \(owners) to review it")
        }
        guard let context else { return }
        if let model = context.model { try require("model", model, among: agent.review?.models ?? [], of: agent) }
        for tool in context.tools { try require("tool", tool, among: agent.review?.tools ?? [], of: agent) }
    }

    private func require(
        _ kind: String, _ name: String, among reviewed: [String], of agent: Agent
    ) throws(AppError) {
        guard !reviewed.contains(name) else { return }
        let known = reviewed.isEmpty ? "none" : reviewed.joined(separator: ", ")
        throw AppError(
            "\(kind) '\(name)' is not among those for which agent '\(agent.id)' was reviewed: \(known)",
            hint: "ask \(agent.owners.joined(separator: ", ")) to review it")
    }
}
