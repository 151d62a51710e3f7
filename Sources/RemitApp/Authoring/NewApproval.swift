import RemitAuthority
import RemitModel
import RemitReport
import RemitSignatures

/// An approval on its way into the authority: signed, read as a server will read it, then committed.
struct NewApproval {
    let approval: Approval
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant

    func commit() throws(AppError) -> RecordID {
        let record = try approval.record()
        let id = RecordID(of: record)
        var change = Changeset()
        change.add(
            record, signature: try signer.sign(record, for: .approval),
            at: AuthorityLayout.approval(id, of: approval.commit))
        let message = """
            Approve \(approval.commit.abbreviated) of \(approval.repository)

            Approval \(id.abbreviated)
            """
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            try requireBelieved(id, in: state.authority(at: now, with: change))
        }
        return id
    }

    private func requireBelieved(_ id: RecordID, in proposed: Authority) throws(AppError) {
        let found = try AppError.asking { () throws(AuthorityError) in
            try proposed.approvals(of: approval.commit, in: approval.repository)
        }
        guard let verified = found.verified.first(where: { $0.id == id }) else {
            let path = AuthorityLayout.approval(id, of: approval.commit)
            throw AppError(
                found.faults.first { $0.contains(path) } ?? "the authority would not know the approval",
                hint: "nothing was written; give --key and --approver that belong together")
        }
        if case .agent(let agent) = verified.hand {
            throw AppError(
                "it would be signed by \(agent), and approvals by agents never count",
                hint: "nothing was written; let a person sign with a key of their own")
        }
    }
}

/// An exception on its way into the authority.
struct NewException {
    let exception: RemitModel.Exception
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant

    func commit() throws(AppError) -> RecordID {
        let record = try exception.record()
        let id = RecordID(of: record)
        let path = AuthorityLayout.exception(id, for: exception.commit)
        var change = Changeset()
        change.add(record, signature: try signer.sign(record, for: .exception), at: path)
        let message = """
            Let \(exception.commit.abbreviated) into \(exception.repository) by exception

            \(exception.reason)

            Exception \(id.abbreviated)
            """
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            try requireBelieved(id, at: path, in: state.authority(at: now, with: change))
        }
        return id
    }

    private func requireBelieved(_ id: RecordID, at path: String, in proposed: Authority) throws(AppError) {
        let found = try AppError.asking { () throws(AuthorityError) in
            try proposed.exceptions(for: exception.commit, in: exception.repository)
        }
        guard found.verified.contains(where: { $0.id == id }) else {
            throw AppError(
                found.faults.first { $0.contains(path) } ?? "the authority would not know the exception",
                hint: "nothing was written")
        }
    }
}
