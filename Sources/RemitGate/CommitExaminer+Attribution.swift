import RemitAttribution
import RemitAuthority
import RemitModel
import RemitRules

/// Who wrote a commit, from everything that is known of it, its key, its ref, its pusher and what lies beside it.
extension CommitExaminer {
    func attribution(
        of id: ObjectID, _ commit: RawCommit, key: KeyFingerprint?, holder: KeyHolder?, on update: UpdateCase
    ) throws(GateError) -> Attribution {
        var evidence = attributor.evidence(for: commit)
        if let key { evidence += attributor.evidence(forKey: key) }
        for (email, place) in CommitAddresses.all(in: commit) {
            if let standing = try agent(withAddress: email) {
                evidence.append(
                    Evidence(
                        agent: standing.id, place: place, strength: .declared, confidence: .definite, excerpt: email))
            }
        }
        if case .agent(let id) = holder, let key {
            evidence.append(
                Evidence(
                    agent: id, place: .signingKey, strength: .cryptographic, confidence: .definite,
                    excerpt: ByteString(key.description)))
        }
        evidence += pushEvidence
        evidence += try beside.evidence(for: id, commit, on: update.update) { () throws(GateError) in
            Set(try trees.changes(of: commit, on: update).map(\.path))
        }
        // A person's signature outweighs the name of the ref that a commit travels under. It does not outweigh an
        // agent's account: with `commit.gpgsign` on, git signs whatever the agent commits with the person's key.
        if case .person = holder { return Attribution(evidence: evidence) }
        evidence += marks(of: update.update.ref)
        return Attribution(evidence: evidence)
    }

    /// What the account that pushes says, and the options of the push.
    func evidenceOfPush() -> [Evidence] {
        var evidence: [Evidence] = []
        if let pusher = circumstances.pusher {
            evidence += attributor.evidence(forPusher: pusher.login)
            if case .agent(let standing) = circumstances.pusherIdentity {
                evidence.append(
                    Evidence(
                        agent: standing.id, place: .pusher,
                        strength: circumstances.isPusherProved ? .cryptographic : .transport, confidence: .definite,
                        excerpt: pusher.login))
            }
        }
        return evidence + attributor.evidence(forOptions: circumstances.pushOptions)
    }

    /// The agent that the inventory knows by an address, as it is written or in lower case.
    func agent(withAddress address: ByteString) throws(GateError) -> AgentStanding? {
        guard let email = String(validating: address.bytes, as: UTF8.self), !email.isEmpty else { return nil }
        return try GateError.asking { () throws(AuthorityError) in
            if let standing = try authority.agent(identifiedBy: .email(email)) { return standing }
            let folded = email.lowercased()
            return folded == email ? nil : try authority.agent(identifiedBy: .email(folded))
        }
    }

    private func marks(of ref: ByteString) -> [Evidence] {
        if let refEvidence, refEvidence.ref == ref { return refEvidence.evidence }
        let evidence = attributor.evidence(forRef: ref)
        refEvidence = (ref, evidence)
        return evidence
    }

    /// The agents behind the marks.
    ///
    /// A mark that the claimed delegation's agent lists as its own is that agent. Where a mark of an agent that the
    /// inventory does not know is only told of, it is every agent that lists it: none of those may pass for another.
    func agents(
        in attribution: Attribution, claim: CommitCase.Claim, isObservant: Bool
    ) throws(GateError) -> [AgentStanding] {
        var claimed: AgentStanding?
        if case .one(.verified(let verified), _) = claim { claimed = verified.agent }
        var standings: [AgentStanding] = []
        for mark in attribution.agents {
            var found: [AgentStanding] = []
            if let claimed, let agent = claimed.registered?.agent, agent.id == mark || agent.marks.contains(mark) {
                found = [claimed]
            } else {
                found = try GateError.asking { () throws(AuthorityError) in
                    let standing = try authority.agent(mark)
                    guard isObservant, case .unregistered = standing else { return [standing] }
                    let listing = try authority.agents(listing: mark)
                    return listing.isEmpty ? [standing] : listing
                }
            }
            for standing in found where !standings.contains(standing) { standings.append(standing) }
        }
        return standings
    }
}
