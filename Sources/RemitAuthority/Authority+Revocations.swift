package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// A key in somebody's hand: who may revoke it depends on whose it is.
    struct KeyUse: Hashable {
        let key: KeyFingerprint
        let holder: KeyHolder
    }

    /// The gravest revocation of a key that a person or a delegation has; `nil` when it has not been revoked.
    ///
    /// A person's key can be revoked by that person, a task key by the delegator, and ended by the agent itself.
    package func revocation(
        of key: KeyFingerprint, heldBy holder: KeyHolder
    ) throws(AuthorityError) -> Revocation? {
        let use = KeyUse(key: key, holder: holder)
        if let known = keyRevocations[use] { return known }
        let found: [Revocation]
        switch holder {
        case .person(let id): found = try revocations(of: .key(key), by: [id])
        case .delegation(let id):
            guard case .verified(let verified) = try delegation(id) else { return nil }
            let chain = [verified.delegation] + verified.ancestors.map(\.delegation)
            found = try revocations(of: .key(key), by: [verified.delegation.delegator], chain)
        case .agent, .unknown: found = []
        }
        keyRevocations[use] = .some(found.gravest)
        return found.gravest
    }

    /// The gravest of what stops a delegation for good: its own revocation, one of those above it, and a suspension that
    /// it did not outlive.
    ///
    /// A suspension that is in force is the agent's matter and stops it anyway; once the agent is resumed it still stops
    /// what had been delegated before it was given.
    func revocation(
        of id: RecordID, _ delegation: Delegation, to agent: AgentStanding, below ancestors: [VerifiedDelegation]
    ) throws(AuthorityError) -> Revocation? {
        let chain = [delegation] + ancestors.map(\.delegation)
        var found = try revocations(of: .delegation(id), by: [delegation.delegator], chain)
        if let agent = agent.registered?.agent {
            found += try suspensions(of: agent).filter {
                !isInForce($0, for: agent) && $0.issuedAt >= delegation.issuedAt
            }
        }
        if let inherited = ancestors.first?.revocation { found.append(inherited) }
        return found.gravest
    }

    /// Every suspension of an agent or of all agents that was ever given.
    func suspensions(of agent: Agent) throws(AuthorityError) -> [Revocation] {
        try suspensions(of: agent.id, .agent(agent.id), by: agent.owners) + suspensions(of: nil, .everyAgent, by: [])
    }

    private func suspensions(
        of agent: String?, _ target: Revocation.Target, by owners: [String]
    ) throws(AuthorityError) -> [Revocation] {
        if let known = suspensions[agent] { return known }
        let found = try revocations(of: target, by: owners)
        suspensions[agent] = .some(found)
        return found
    }

    /// Whether a suspension stops what is delegated now: it does until an administrator resumes the agent.
    ///
    /// A moment that has not come resumes nobody, or the switch would be off before anybody needs it.
    func isInForce(_ suspension: Revocation, for agent: Agent) -> Bool {
        let resumed = suspension.target == .everyAgent ? policy.resumedAt : agent.resumedAt
        return resumed.map { suspension.issuedAt >= $0 || !hasCome($0) } ?? true
    }

    /// Seconds by which a signer's clock may be ahead of the server's.
    private static let tolerance: Int64 = 60

    /// Whether a moment that a record gives has come, by a clock that may be a little behind.
    func hasCome(_ moment: Instant) -> Bool {
        moment <= now.adding(seconds: Self.tolerance)
    }

    /// The revocations of a target, each by somebody who may give it.
    ///
    /// One that cannot be believed stops everything rather than nothing. The name of a file is not signed, so only the
    /// words in the record count.
    private func revocations(
        of target: Revocation.Target, by issuers: [String], _ chain: [Delegation] = []
    ) throws(AuthorityError) -> [Revocation] {
        var found: [Revocation] = []
        for path in AuthorityLayout.revocations(of: target) {
            guard let record = try SignedRecord(at: path, from: source) else {
                if target.isNumbered { break }
                continue
            }
            let revocation: Revocation
            do throws(RecordError) {
                revocation = try Revocation(record: record.bytes, file: path)
            } catch {
                throw AuthorityError(.malformed, error.statement)
            }
            guard revocation.organisation == policy.organisation, revocation.target == target,
                isEntitled(revocation, record, issuers, chain)
            else {
                throw AuthorityError(.untrusted, "'\(path)' is not signed by someone who may revoke what it names")
            }
            found.append(revocation)
        }
        return found
    }

    /// Whether the issuer of a revocation signed it and may give it.
    ///
    /// Keys count as they were listed when it was issued, and even where they have been revoked since: nothing that was
    /// taken back comes to life again because of what became of a key, and a key can always take itself back.
    func isEntitled(
        _ revocation: Revocation, _ record: SignedRecord, _ issuers: [String], _ chain: [Delegation]
    ) -> Bool {
        let issuer = revocation.issuer
        let keys = record.signers(in: .revocation).keys
        if (issuers + policy.operators + administrators).contains(issuer),
            keys.contains(where: { isListed($0, as: issuer, for: .revocation, at: revocation.issuedAt) })
        {
            return true
        }
        if root.signers(of: record, in: .revocation).contains(issuer) { return true }
        let prints = keys.map { KeyFingerprint(of: $0) }
        return revocation.cause == .ended
            && chain.contains { $0.agent == issuer && $0.keys.contains(where: prints.contains) }
    }
}

extension Revocation.Target {
    /// Whether its records are numbered without a gap, so that the first one missing is the end.
    fileprivate var isNumbered: Bool {
        switch self {
        case .agent, .everyAgent: true
        case .delegation, .key: false
        }
    }
}
