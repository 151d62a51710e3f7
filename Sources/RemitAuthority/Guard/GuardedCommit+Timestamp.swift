import RemitFormats
import RemitModel
import RemitSignatures

/// The one record that is replaced again and again: by a newer one, and it always vouches for the commit before it.
extension GuardedCommit {
    func judgeTimestamp(_ change: RecordChange) {
        let path = change.path
        guard !change.isRemoval else {
            return sheet.refuse(.authorityImmutable, path, "a timestamp is only replaced by a newer one")
        }
        guard change.file != nil else {
            return sheet.refuse(
                .authorityImmutable, change.signatures[0].path, "the signatures of a timestamp come with it, and stay")
        }
        guard let signed = signed(change, in: .timestamp),
            let timestamp = read(
                path,
                { () throws(RecordError) in
                    try Timestamp(record: signed.record.bytes, file: path)
                }),
            isOurs(timestamp.organisation, path), hasCome(timestamp.issuedAt, "issued_at", path)
        else { return }
        var fault: String?
        for key in signed.keys {
            let found = attempt(path) { () throws(AuthorityError) in
                try new.timestampFault(of: key, issuedAt: new.now)
            }
            guard let found else { return }
            fault = found
            if fault == nil { break }
        }
        if let fault { return sheet.refuse(.authorityRole, path, fault) }
        guard let old else { return }
        // The key that signs it may belong to a robot: it must not vouch for what it has not seen.
        guard timestamp.head == old.commit else {
            return sheet.refuse(
                .authorityRecord, path, "it vouches for commit \(timestamp.head), and follows commit \(old.commit)")
        }
        guard let before = issued(of: old, path), before >= timestamp.issuedAt else { return }
        sheet.refuse(.authorityVersion, path, "it is of \(timestamp.issuedAt), and one of \(before) is in force")
    }

    private func issued(of authority: Authority, _ path: String) -> Instant? {
        do {
            guard let bytes = try authority.source.bytes(at: path, limit: RecordText.maximumByteCount) else {
                return nil
            }
            return try Timestamp(record: bytes, file: path).issuedAt
        } catch {
            // What could not be read vouched for nothing.
            return nil
        }
    }
}
