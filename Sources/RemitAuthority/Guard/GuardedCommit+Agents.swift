import RemitFormats
import RemitModel
import RemitSignatures

extension GuardedCommit {
    /// An agent is added, changed, and never removed; an administrator signs it, and nobody else is known by what it is
    /// known by.
    func judge(agent id: String, _ change: RecordChange) throws(AuthorityError) {
        guard !change.isRemoval else {
            return sheet.refuse(.authorityImmutable, change.path, "an agent stays in the inventory; it can be retired")
        }
        guard let signed = signed(change, in: .authority),
            let agent = read(
                change.path,
                { () throws(RecordError) in
                    try Agent(record: signed.record.bytes, file: change.path)
                }),
            isOurs(agent.organisation, change.path), hasCome(agent.resumedAt, "resumed_at", change.path)
        else { return }
        guard agent.id == id else {
            return sheet.refuse(.authorityRecord, change.path, "it is the record of agent '\(agent.id)'")
        }
        guard !administrators(whoSigned: signed.record, in: .authority).isEmpty else {
            return sheet.refuse(.authoritySignature, change.path, "no administrator signed it")
        }
        if let content = change.file?.new?.id, change.file?.old != nil, try wasHeldAnywhere(content, change.path) {
            return sheet.refuse(
                .authorityVersion, change.path, "it is what an earlier record of it said, and that was replaced")
        }
        for identity in agent.identities { requireOwn(identity, of: id, change.path) }
    }

    /// Whether a record had this content before, on its shelf or off it.
    private func wasHeldAnywhere(_ content: ObjectID, _ path: String) throws(AuthorityError) -> Bool {
        for place in [path, AuthorityLayout.shelf(of: path)].compactMap(\.self)
        where try wasHeld(ByteString(place), content) {
            return true
        }
        return false
    }

    /// A pointer that says whose an agent's identity is, and nobody else's.
    private func requireOwn(_ identity: AgentIdentity, of agent: String, _ path: String) {
        let file = identity.pointer
        guard let pointer = attempt(file, { () throws(AuthorityError) in try new.pointer(at: file) }) else { return }
        guard let pointer else {
            return sheet.refuse(.authorityRecord, path, "there is no '\(file)', which says whose \(identity) is")
        }
        guard pointer == .agent(agent) else {
            return refuseSharing(of: identity, pointer.words, "agent '\(agent)'", path)
        }
        if let person = new.person(identifiedBy: identity) {
            refuseSharing(of: identity, person, "agent '\(agent)'", path)
        }
    }

    /// A delegation is added; whether it may be believed, the authority says as it will say to every push.
    func judge(delegation id: RecordID, _ change: RecordChange) {
        guard isAdded(change),
            let found = attempt(change.path, { () throws(AuthorityError) in try new.delegation(id) })
        else { return }
        switch found {
        case .unknown: break
        case .rejected(_, let rule, let reason):
            sheet.refuse(rule, change.path, reason, delegation: id)
        case .verified(let verified):
            // One dated ahead would outlive a suspension that comes before its date.
            guard let signed = signed(change, in: .delegation), isSignedToday(verified, signed.keys, change.path),
                hasCome(verified.delegation.issuedAt, "issued_at", change.path)
            else { return }
            switch verified.agent {
            case .registered: break
            case .unregistered(let agent):
                sheet.refuse(.authorityRecord, change.path, "agent '\(agent)' is not in the inventory", delegation: id)
            case .rejected(_, let reason):
                sheet.refuse(.authorityRecord, change.path, reason, delegation: id)
            }
            for key in verified.delegation.keys { requireTaskKey(key, of: id, change.path) }
        }
    }

    /// A delegation that is dated back to before its signer's key was taken back comes too late.
    private func isSignedToday(_ verified: VerifiedDelegation, _ keys: [SSHPublicKey], _ path: String) -> Bool {
        guard let parent = verified.delegation.parent else {
            return isSigned(by: verified.delegation.delegator, keys, for: .delegation, path)
        }
        for key in keys {
            let found = attempt(path) { () throws(AuthorityError) in
                try new.revocation(of: KeyFingerprint(of: key), heldBy: .delegation(parent))
            }
            guard let found else { return false }
            if let fault = found?.fault(of: KeyFingerprint(of: key), issuedAt: new.now) {
                sheet.refuse(.authoritySignature, path, fault, ask: [verified.delegation.delegator])
                return false
            }
        }
        return true
    }

    private func requireTaskKey(_ key: KeyFingerprint, of id: RecordID, _ path: String) {
        let identity = AgentIdentity.key(key)
        let file = identity.pointer
        guard let pointer = attempt(file, { () throws(AuthorityError) in try new.pointer(at: file) }) else { return }
        guard let pointer else {
            return sheet.refuse(.authorityRecord, path, "there is no '\(file)', which says whose \(identity) is")
        }
        let claimant = Authority.Pointer.delegation(id)
        guard pointer == claimant else { return refuseSharing(of: identity, pointer.words, claimant.words, path) }
        if let person = new.person(identifiedBy: identity) {
            refuseSharing(of: identity, person, claimant.words, path)
        }
    }
}
