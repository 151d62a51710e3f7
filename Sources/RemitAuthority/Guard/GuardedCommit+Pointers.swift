import RemitFormats
import RemitModel
import RemitSignatures

/// What a file under `keys/` or `identities/` is about.
enum PointedAt {
    case key(KeyFingerprint)
    /// The digest of an identity, which does not say it.
    case identity(RecordID)
}

extension GuardedCommit {
    /// A pointer leads to a record that lists what it is about, and moves only when that record no longer does.
    func judge(pointerOf subject: PointedAt, _ change: RecordChange) {
        let path = change.path
        let before = change.file?.old == nil ? nil : pointer(path, in: old)
        guard !change.isRemoval else {
            if let before, lists(before, subject) != nil {
                sheet.refuse(.authorityImmutable, path, "\(before.words) still lists it")
            }
            return
        }
        guard let pointer = attempt(path, { () throws(AuthorityError) in try new.pointer(at: path) }) ?? nil else {
            return
        }
        guard let identity = lists(pointer, subject) else {
            return sheet.refuse(.authorityRecord, path, "\(pointer.words) does not list it")
        }
        if let before, before != pointer, lists(before, subject) != nil {
            return refuseSharing(of: identity, before.words, pointer.words, path)
        }
        if let person = new.person(identifiedBy: identity) {
            refuseSharing(of: identity, person, pointer.words, path)
        }
    }

    func refuseSharing(of identity: AgentIdentity, _ one: String, _ other: String, _ path: String) {
        sheet.refuse(.authorityRecord, path, "\(identity) is of \(one) and of \(other), and nothing is shared")
    }

    /// Refuses a person's new key, account or address by which an agent is known.
    func requireUnclaimed(_ identity: AgentIdentity, by person: String, _ path: String) {
        let subject =
            switch identity {
            case .key(let key): PointedAt.key(key)
            case .email, .login: PointedAt.identity(identity.digest)
            }
        guard let holder = pointer(identity.pointer, in: new), lists(holder, subject) != nil else { return }
        refuseSharing(of: identity, holder.words, person, path)
    }

    /// A pointer that leads somewhere; one that is malformed leads nowhere.
    private func pointer(_ path: String, in authority: Authority?) -> Authority.Pointer? {
        do throws(AuthorityError) { return try authority?.pointer(at: path) } catch { return nil }
    }

    /// The identity by which a record lists a pointer's subject; `nil` where it does not, or cannot be read.
    ///
    /// Read without its signatures: they are judged when the record is added or changed.
    private func lists(_ pointer: Authority.Pointer, _ subject: PointedAt) -> AgentIdentity? {
        switch (pointer, subject) {
        case (.delegation(let id), .key(let key)):
            let path = AuthorityLayout.delegation(id)
            let delegation = read(path) { bytes throws(RecordError) in try Delegation(record: bytes, file: path) }
            let isListed = delegation.map { $0.keys.contains(key) || $0.certificateAuthorities.contains(key) }
            return isListed == true ? .key(key) : nil
        case (.agent(let id), let subject):
            let path = AuthorityLayout.agent(id)
            let agent = read(path) { bytes throws(RecordError) in try Agent(record: bytes, file: path) }
            return agent?.identities.first { identity in
                switch (identity, subject) {
                case (.key(let own), .key(let key)): own == key
                case (.email, .identity(let digest)), (.login, .identity(let digest)): identity.digest == digest
                case (.key, .identity), (.email, .key), (.login, .key): false
                }
            }
        case (.delegation, .identity): return nil
        }
    }

    private func read<Record>(_ path: String, _ body: ([UInt8]) throws(RecordError) -> Record) -> Record? {
        do {
            guard let bytes = try new.source.bytes(at: path, limit: RecordText.maximumByteCount) else { return nil }
            return try body(bytes)
        } catch {
            return nil
        }
    }
}

extension Authority.Pointer {
    var words: String {
        switch self {
        case .delegation(let id): "delegation \(id)"
        case .agent(let id): "agent '\(id)'"
        }
    }
}

extension AgentIdentity {
    /// The digest under which an address or an account is found.
    var digest: RecordID { RecordID(of: Array(description.utf8)) }

    /// The file that says whose identity it is.
    package var pointer: String {
        switch self {
        case .key(let key): AuthorityLayout.key(key)
        case .email, .login: AuthorityLayout.identity(digest)
        }
    }
}

extension Authority {
    /// The person or administrator whose key, account or address it is already, in words; `nil` when it is nobody's.
    func person(identifiedBy identity: AgentIdentity) -> String? {
        switch identity {
        case .key(let key): person(holding: key)
        case .login(let login): policy.persons.first { $0.logins.contains(login) }?.id
        case .email(let address): policy.persons.first { $0.id.lowercased() == address.lowercased() }?.id
        }
    }

    /// Who holds a key, for whatever purpose and at whatever time.
    func person(holding key: KeyFingerprint) -> String? {
        if let signers = personKeys[key] {
            return policy.persons.first { person in signers.contains { $0.principals.matches(person.id) } }?.id
                ?? "a person of '\(AuthorityLayout.people)'"
        }
        return root.administrators.first { $0.keys.contains { KeyFingerprint(ofLine: $0) == key } }?.id
    }
}

extension KeyFingerprint {
    /// The fingerprint of a public key's line; `nil` when it is none.
    init?(ofLine line: String) {
        do throws(SSHFormatError) {
            self.init(of: try SSHPublicKey(line: line))
        } catch {
            return nil
        }
    }
}
