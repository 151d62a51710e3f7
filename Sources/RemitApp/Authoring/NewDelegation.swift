import RemitAuthority
import RemitModel
import RemitReport
import RemitSignatures

/// A delegation on its way into the authority: signed, judged as a server will judge it, then committed.
struct NewDelegation {
    let delegation: Delegation
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant
    /// The delegation that ends with this one, in the same commit.
    var superseded: RecordID?
    /// What else must hold of every state of the authority that it is laid over.
    var condition: (AuthorityLocation) throws(AppError) -> Void = { _ in }

    func commit() throws(AppError) -> RecordID {
        let record = try delegation.record()
        let id = RecordID(of: record)
        var change = Changeset()
        change.add(
            record, signature: try signer.sign(record, for: .delegation), at: AuthorityLayout.delegation(id))
        for key in delegation.keys { change.add("delegation \(id)\n", at: AuthorityLayout.key(key)) }
        if let superseded {
            let end = Revocation(
                organisation: delegation.organisation, target: .delegation(superseded), cause: .superseded,
                reason: "delegation \(id.abbreviated) stands in its place", issuedAt: now,
                issuer: delegation.delegator)
            try change.add(end, signer)
        }
        let message = "Delegate \(delegation.task) to \(delegation.agent)\n\nDelegation \(id.abbreviated)"
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            try condition(state)
            let proposed = try state.authority(at: now, with: change)
            try requireVerified(id, in: proposed)
            if let superseded { try proposed.requireRevoked(superseded) }
        }
        return id
    }

    private func requireVerified(_ id: RecordID, in proposed: Authority) throws(AppError) {
        switch try AppError.asking({ () throws(AuthorityError) in try proposed.delegation(id) }) {
        case .verified: return
        case .unknown: throw AppError("the authority would not know the delegation", status: .undecided)
        case .rejected(_, let rule, let reason):
            // The words in which a server would refuse it, but for what to do: it is the delegator who reads them.
            let facts = Finding.Facts(delegation: id, agent: delegation.agent, reason: reason)
            let sentence = Sentence(FindingGroup(Finding(rule, facts: facts), as: .check))
            let administrators = proposed.administrators.joined(separator: ", ")
            throw AppError(
                "\(rule.rawValue): \(sentence.fault.text)",
                hints: ["nothing was written", "ask for less, or ask \(administrators) about the role"])
        }
    }
}

extension Changeset {
    /// Adds the end of a delegation, signed.
    mutating func add(_ end: Revocation, _ signer: Signer) throws(AppError) {
        // The last place is for a plain end; the graver word has a place of its own.
        guard let path = AuthorityLayout.revocations(of: end.target).last else { return }
        let record = try end.record()
        add(record, signature: try signer.sign(record, for: .revocation), at: path)
    }
}

extension Authority {
    /// Refuses an end that servers would not believe: one of a signer who may not end it.
    func requireRevoked(_ id: RecordID) throws(AppError) {
        guard case .verified(let found) = try AppError.asking({ () throws(AuthorityError) in try self.delegation(id) }),
            found.revocation != nil
        else {
            throw AppError(
                "servers would not take delegation \(id.abbreviated) for ended", hint: "nothing was written",
                status: .undecided)
        }
    }
}
