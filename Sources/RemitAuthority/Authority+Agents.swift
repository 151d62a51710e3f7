package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// Looks an agent up in the inventory.
    ///
    /// Its record must be signed by an administrator.
    package func agent(_ id: String) throws(AuthorityError) -> AgentStanding {
        if let known = agents[id] { return known }
        let standing = try verify(agent: id)
        agents[id] = standing
        return standing
    }

    private func verify(agent id: String) throws(AuthorityError) -> AgentStanding {
        // The id can come from a mark in a commit, and becomes part of a path.
        guard RecordTable.isIdentifier(id),
            let record = try SignedRecord(at: AuthorityLayout.agent(id), from: source)
        else { return .unregistered(id) }
        let agent: Agent
        do throws(RecordError) {
            agent = try Agent(record: record.bytes, file: record.path)
        } catch {
            return .rejected(id, reason: error.statement)
        }
        guard agent.id == id, agent.organisation == policy.organisation else {
            return .rejected(id, reason: "'\(record.path)' is the record of another agent or organisation")
        }
        guard try !administrators(whoSigned: record, in: .authority).isEmpty else {
            return .rejected(id, reason: "'\(record.path)' is not signed by an administrator")
        }
        let inForce = try suspensions(of: agent).filter { isInForce($0, for: agent) }
        return .registered(VerifiedAgent(agent: agent, suspension: inForce.gravest))
    }

    /// The agent that an organisation knows by an address or an account of its own; `nil` when there is none.
    package func agent(identifiedBy identity: AgentIdentity) throws(AuthorityError) -> AgentStanding? {
        if let known = identities[identity] { return try known.map { id throws(AuthorityError) in try agent(id) } }
        let file = AuthorityLayout.identity(RecordID(of: Array(identity.description.utf8)))
        guard let pointer = try pointer(at: file) else {
            identities[identity] = .some(nil)
            return nil
        }
        guard case .agent(let id) = pointer else {
            throw AuthorityError(.malformed, "'\(file)' must say 'agent' and an id")
        }
        let standing = try agent(id)
        // A pointer proves nothing: the signed record must list the identity too.
        if case .registered(let verified) = standing, !verified.agent.identities.contains(identity) {
            identities[identity] = .some(nil)
            return nil
        }
        identities[identity] = id
        return standing
    }
}
