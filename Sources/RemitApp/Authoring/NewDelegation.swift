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

    func commit() throws(AppError) -> RecordID {
        let record = try delegation.record()
        let id = RecordID(of: record)
        var change = Changeset()
        change.add(
            record, signature: try signer.sign(record, for: .delegation), at: AuthorityLayout.delegation(id))
        for key in delegation.keys { change.add("delegation \(id)\n", at: AuthorityLayout.key(key)) }
        let message = "Delegate \(delegation.task) to \(delegation.agent)\n\nDelegation \(id.abbreviated)"
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            try requireVerified(id, in: state.authority(at: now, with: change))
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
            let sentence = Sentence(FindingGroup(Finding(rule, facts: facts)))
            let administrators = proposed.administrators.joined(separator: ", ")
            throw AppError(
                "\(rule.rawValue): \(sentence.fault.text)",
                hints: ["nothing was written", "ask for less, or ask \(administrators) about the role"])
        }
    }
}
