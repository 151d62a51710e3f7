import RemitFormats
import RemitModel
import RemitSignatures

extension GuardedCommit {
    /// Most requests that an authority holds: anybody may write one, and people read through them all.
    private static let maximumRequestCount = 10_000

    /// A request is anybody's: it need only be readable, since nothing is ever believed for its sake.
    func judge(request id: RecordID, _ change: RecordChange) {
        let path = change.path
        guard isAdded(change), let bytes = bytes(change, limit: RecordText.maximumByteCount),
            isNamed(id, bytes, path),
            let request = read(path, { () throws(RecordError) in try DelegationRequest(record: bytes, file: path) })
        else { return }
        guard isOurs(request.organisation, path),
            let names = attempt(
                path,
                { () throws(AuthorityError) in
                    try new.source.names(in: AuthorityLayout.requests)
                })
        else { return }
        let count = names.count { $0.hasSuffix(".toml") && !$0.hasSuffix(".declined.toml") }
        if count > Self.maximumRequestCount {
            sheet.refuse(.authorityRecord, path, "there are \(Self.maximumRequestCount) requests, and no room for more")
        }
    }

    /// A request is declined by a delegator.
    func judge(declineOf request: RecordID, _ change: RecordChange) {
        let path = change.path
        guard isAdded(change), let signed = signed(change, in: .delegation),
            let decline = read(
                path,
                { () throws(RecordError) in
                    try Decline(record: signed.record.bytes, file: path)
                }),
            isOurs(decline.organisation, path)
        else { return }
        guard decline.request == request else {
            return sheet.refuse(.authorityRecord, path, "it declines request \(decline.request)")
        }
        guard new.policy.roles.contains(where: { $0.person == decline.person }) else {
            return sheet.refuse(.authorityRole, path, "\(decline.person) has no role as a delegator")
        }
        _ = isSigned(by: decline.person, signed.keys, for: .delegation, path)
    }
}
