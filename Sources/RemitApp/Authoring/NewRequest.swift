import RemitAuthority
import RemitModel
import RemitReport
import RemitSignatures

/// A request on its way into the authority: no signature is needed, since nothing is believed of it.
struct NewRequest {
    let request: DelegationRequest
    let clone: AuthorityClone

    func commit() throws(AppError) -> RecordID {
        let record = try request.record()
        let id = RecordID(of: record)
        var change = Changeset()
        change.add(record, at: AuthorityLayout.request(id))
        try clone.commit(
            change, message: "Ask for \(request.task) for \(request.agent)\n\nRequest \(id.abbreviated)")
        return id
    }
}
