import RemitFormats
package import RemitModel
import RemitSignatures

extension Authority {
    /// Until when this authority is known to be whole, and by which commit; `nil` where nobody has said so.
    ///
    /// Signed by a key that the policy has for it, or by an administrator or operator. That the commit leads to this one
    /// is for whoever can read the history.
    package func timestamp() throws(AuthorityError) -> Timestamp? {
        let path = AuthorityLayout.timestamp
        guard let record = try SignedRecord(at: path, from: source) else { return nil }
        let timestamp: Timestamp
        do throws(RecordError) {
            timestamp = try Timestamp(record: record.bytes, file: path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        guard timestamp.organisation == policy.organisation else {
            throw AuthorityError(.untrusted, "'\(path)' is of organisation '\(timestamp.organisation)'")
        }
        let fault = try record.fault(in: .timestamp) { key throws(AuthorityError) in
            try timestampFault(of: key, issuedAt: timestamp.issuedAt)
        }
        switch fault {
        case nil: return timestamp
        case .missing(let reason), .stranger(let reason): throw AuthorityError(.untrusted, "'\(path)': \(reason)")
        }
    }

    /// Why a key may not say how fresh the authority is; `nil` when it may.
    func timestampFault(of key: SSHPublicKey, issuedAt issued: Instant) throws(AuthorityError) -> String? {
        let fingerprint = KeyFingerprint(of: key)
        let person =
            root.administrators.first { $0.keys.contains(key.line) }?.id
            ?? policy.operators.first { isListed(key, as: $0, for: .timestamp, at: now) }
        guard person != nil || policy.timestampKeys.contains(fingerprint) else {
            return "\(fingerprint) may not say how fresh the authority is"
        }
        guard let person else { return nil }
        return try revocation(of: fingerprint, heldBy: .person(person))?.fault(of: fingerprint, issuedAt: issued)
    }
}
