import RemitFormats
import RemitModel
import RemitSignatures

/// What persons say about commits: approvals, exceptions, baselines.
extension GuardedCommit {
    /// An approval is a registered person's, by their own key.
    func judge(approval id: RecordID, of commit: ObjectID, _ change: RecordChange) {
        let path = change.path
        guard isAdded(change), hasRoom(in: AuthorityLayout.approvals(of: commit), path),
            let signed = signed(change, in: .approval), isNamed(id, signed.record.bytes, path),
            let approval = read(
                path,
                { () throws(RecordError) in
                    try Approval(record: signed.record.bytes, file: path)
                }),
            isOurs(approval.organisation, path)
        else { return }
        guard approval.commit == commit else {
            return sheet.refuse(.authorityRecord, path, "it approves commit \(approval.commit)")
        }
        guard isSigned(by: approval.approver, signed.keys, for: .approval, path),
            let found = attempt(
                path,
                { () throws(AuthorityError) in
                    try new.approvals(of: commit, in: approval.repository)
                })
        else { return }
        if !found.verified.contains(where: { $0.id == id && $0.hand == .person }) {
            sheet.refuse(.authorityRole, path, "its key is an agent's too, and agents approve nothing")
        }
    }

    /// An exception is an administrator's.
    func judge(exception id: RecordID, for commit: ObjectID, _ change: RecordChange) {
        let path = change.path
        guard isAdded(change), hasRoom(in: AuthorityLayout.exceptions(for: commit), path),
            let signed = signed(change, in: .exception), isNamed(id, signed.record.bytes, path),
            let exception = read(
                path,
                { () throws(RecordError) in
                    try Exception(record: signed.record.bytes, file: path)
                }),
            isOurs(exception.organisation, path)
        else { return }
        guard exception.commit == commit else {
            return sheet.refuse(.authorityRecord, path, "it lets commit \(exception.commit) through")
        }
        requireAdministrator(exception.issuer, signed.record, path)
    }

    private func requireAdministrator(_ issuer: String, _ record: SignedRecord, _ path: String) {
        guard new.administrators.contains(issuer) else {
            return sheet.refuse(.authorityRole, path, "\(issuer) is not an administrator")
        }
        guard administrators(whoSigned: record, in: .exception).contains(issuer) else {
            return sheet.refuse(.authoritySignature, path, "\(issuer) did not sign it")
        }
    }

    private func hasRoom(in directory: String, _ path: String) -> Bool {
        guard let names = attempt(path, { () throws(AuthorityError) in try new.source.names(in: directory) }) else {
            return false
        }
        guard names.count(where: { $0.hasSuffix(".toml") }) <= Authority.maximumRecordsOfCommit else {
            sheet.refuse(
                .authorityRecord, path,
                "its commit would have more than \(Authority.maximumRecordsOfCommit) such records")
            return false
        }
        return true
    }

    /// A baseline is an administrator's, and only grows: history that was left out is not judged later on.
    func judge(baselineOf repository: String, _ change: RecordChange) {
        let path = change.path
        guard !change.isRemoval else {
            return sheet.refuse(.authorityImmutable, path, "a record is never removed")
        }
        guard let signed = signed(change, in: .exception),
            let baseline = read(
                path,
                { () throws(RecordError) in
                    try Baseline(record: signed.record.bytes, file: path)
                }),
            isOurs(baseline.organisation, path)
        else { return }
        guard baseline.repository == repository else {
            return sheet.refuse(.authorityRecord, path, "it is of repository '\(baseline.repository)'")
        }
        requireAdministrator(baseline.issuer, signed.record, path)
        guard let old, let before = readBaseline(path, of: old) else { return }
        if let lost = before.commits.first(where: { !baseline.commits.contains($0) }) {
            sheet.refuse(.authorityImmutable, path, "it no longer names commit \(lost)")
        }
    }

    private func readBaseline(_ path: String, of authority: Authority) -> Baseline? {
        do {
            guard let bytes = try authority.source.bytes(at: path, limit: RecordText.maximumByteCount) else {
                return nil
            }
            return try Baseline(record: bytes, file: path)
        } catch {
            // What could not be read kept nothing out.
            return nil
        }
    }
}
