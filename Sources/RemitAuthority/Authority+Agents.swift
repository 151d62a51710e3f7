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

    /// The agents whose records list a mark; those too that are not believed, as far as they can be read.
    ///
    /// It reads the whole inventory, so it is asked only where nothing but such a mark speaks of an agent.
    package func agents(listing mark: String) throws(AuthorityError) -> [AgentStanding] {
        if agentsByMark == nil {
            var byMark: [String: [String]] = [:]
            try gatherMarks(in: AuthorityLayout.agents, depth: 0, &byMark)
            agentsByMark = byMark
        }
        var standings: [AgentStanding] = []
        for id in agentsByMark?[mark] ?? [] { standings.append(try agent(id)) }
        return standings
    }

    /// Ids have directories inside; deeper than this none is believed to be one.
    private static let maximumAgentDepth = 8

    private func gatherMarks(
        in directory: String, depth: Int, _ byMark: inout [String: [String]]
    ) throws(AuthorityError) {
        let suffix = ".toml"
        for name in try source.names(in: directory).sorted() {
            let path = "\(directory)/\(name)"
            guard name.hasSuffix(suffix) else {
                // A signature is no directory, and lists nothing.
                guard !name.contains("\(suffix)."), depth < Self.maximumAgentDepth else { continue }
                try gatherMarks(in: path, depth: depth + 1, &byMark)
                continue
            }
            guard let bytes = try source.bytes(at: path, limit: RecordText.maximumByteCount) else { continue }
            do throws(RecordError) {
                let agent = try Agent(record: bytes, file: path)
                for mark in agent.marks { byMark[mark, default: []].append(agent.id) }
            } catch {
                // What cannot be read at all lists nothing; by its own id it is told as it is.
                continue
            }
        }
    }
}
