import RemitFormats
import RemitModel
import RemitSignatures

extension GuardedCommit {
    /// A revocation is by somebody who may give it, and lies where the next look-up of its target finds it.
    func judge(revocationOf target: Revocation.Target, _ index: Int, _ change: RecordChange) {
        let path = change.path
        guard isAdded(change), let signed = signed(change, in: .revocation),
            let revocation = read(
                path,
                { () throws(RecordError) in
                    try Revocation(record: signed.record.bytes, file: path)
                }),
            isOurs(revocation.organisation, path), hasCome(revocation.issuedAt, "issued_at", path)
        else { return }
        guard revocation.target == target else {
            return sheet.refuse(.authorityRecord, path, "it does not revoke what its place is for")
        }
        switch target {
        case .agent, .everyAgent: guard follows(revocation, index, change) else { return }
        case .delegation, .key:
            guard (revocation.cause == .compromised) == (index == 0) else {
                return sheet.refuse(
                    .authorityRecord, path, "the cause '\(revocation.cause.rawValue)' has another place")
            }
        }
        requireEntitled(revocation, signed, path)
    }

    /// Whether a suspension follows the one before it: a copy of an old one would only use the places up.
    private func follows(_ revocation: Revocation, _ index: Int, _ change: RecordChange) -> Bool {
        guard index > 0 else { return true }
        let before = AuthorityLayout.revocations(of: revocation.target)[index - 1]
        guard
            let bytes = attempt(
                change.path,
                { () throws(AuthorityError) in
                    try new.source.bytes(at: before, limit: RecordText.maximumByteCount)
                })
        else { return false }
        guard let bytes else {
            sheet.refuse(.authorityVersion, change.path, "there is no '\(before)' before it")
            return false
        }
        do throws(RecordError) {
            guard try Revocation(record: bytes, file: before).issuedAt < revocation.issuedAt else {
                sheet.refuse(.authorityVersion, change.path, "it was not issued after '\(before)'")
                return false
            }
        } catch {
            // One that cannot be read stops everything already.
            return true
        }
        return true
    }

    private func requireEntitled(
        _ revocation: Revocation, _ signed: (record: SignedRecord, keys: [SSHPublicKey]), _ path: String
    ) {
        let ask = new.policy.operators + new.administrators
        do throws(AuthorityError) {
            guard try isEntitled(revocation, signed.record) else {
                return sheet.refuse(.authorityRole, path, "\(revocation.issuer) may not revoke that", ask: ask)
            }
            guard try !isSignedToday(revocation, signed) else { return }
            sheet.refuse(
                .authoritySignature, path, "its key is not one with which \(revocation.issuer) signs today", ask: ask)
        } catch {
            sheet.refuse(.authorityRole, path, error.statement, ask: ask)
        }
    }

    /// Whether the issuer may give it: asked through the look-ups that will ask it of every push.
    private func isEntitled(_ revocation: Revocation, _ record: SignedRecord) throws(AuthorityError) -> Bool {
        var issuers: [String] = []
        switch revocation.target {
        case .everyAgent: break
        case .agent(let id):
            if case .registered = try new.agent(id) { return true }
        case .delegation(let id):
            switch try new.delegation(id) {
            case .verified: return true
            // It may come before its delegation, and then it is not yet known whose that is.
            case .unknown, .rejected: issuers = new.policy.roles.map(\.person)
            }
        case .key(let key):
            if let person = new.policy.persons.map(\.id).first(where: { new.person(holding: key) == $0 }) {
                issuers = [person]
            } else if let pointer = try new.pointer(at: AuthorityLayout.key(key)) {
                switch pointer {
                case .agent(let id): issuers = try new.agent(id).registered?.agent.owners ?? []
                case .delegation(let id):
                    guard case .verified(let verified) = try new.delegation(id) else { break }
                    _ = try new.revocation(of: key, heldBy: .delegation(verified.id))
                    return true
                }
            }
        }
        return new.isEntitled(revocation, record, issuers, [])
    }

    /// Whether the key is good now, whatever date the record gives itself.
    ///
    /// A key that was taken back revokes nothing any more, except itself.
    private func isSignedToday(
        _ revocation: Revocation, _ signed: (record: SignedRecord, keys: [SSHPublicKey])
    ) throws(AuthorityError) -> Bool {
        let issuer = revocation.issuer
        guard new.policy.persons.contains(where: { $0.id == issuer }) || new.administrators.contains(issuer) else {
            // The agent itself, with the task key that it ends.
            return true
        }
        for key in signed.keys where revocation.target == .key(KeyFingerprint(of: key)) { return true }
        for key in signed.keys {
            if try new.fault(of: key, as: issuer, for: .revocation, issuedAt: new.now) == nil { return true }
        }
        return try new.administrators(whoSigned: signed.record, in: .revocation, issuedAt: new.now).contains(issuer)
    }
}
