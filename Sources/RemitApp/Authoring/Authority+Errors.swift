import RemitFormats
package import RemitAuthority
package import RemitModel
import RemitReport

extension AppError {
    package init(_ error: AuthorityError) {
        self.init(error.statement, status: .undecided)
    }

    /// Runs look-ups in the authority, their faults turned into ours.
    package static func asking<Value>(_ body: () throws(AuthorityError) -> Value) throws(AppError) -> Value {
        do throws(AuthorityError) { return try body() } catch { throw AppError(error) }
    }
}

extension Authority {
    /// The administrator whose key it is.
    func administrator(with key: SigningKey) throws(AppError) -> String {
        guard let administrator = root.administrator(holding: key.publicKey) else {
            throw AppError(
                "\(key.fingerprint) is not an administrator's key",
                hint: "administrators are: \(administrators.joined(separator: ", "))")
        }
        return administrator
    }
}

extension Authority {
    /// The person whose key it is.
    ///
    /// - Parameter option: the option that names the person where the key does not.
    func person(with key: SigningKey, option: String) throws(AppError) -> String {
        guard let id = try person(with: key) else {
            throw AppError(
                "\(key.fingerprint) is not the key of a person whom the authority knows",
                hint: "give --key FILE, or \(option) where the key is for records only")
        }
        return id
    }

    /// The person whose key it is; `nil` where it is nobody's whom the authority knows, or an agent's.
    func person(with key: SigningKey) throws(AppError) -> String? {
        guard case .person(let id) = try holder(key.fingerprint) else { return nil }
        return id
    }

    /// Whose key it is.
    func holder(_ key: KeyFingerprint) throws(AppError) -> KeyHolder {
        try AppError.asking { () throws(AuthorityError) in try holder(of: key) }
    }

    /// Refuses a key for a person that somebody else has already.
    func requireFree(_ key: KeyFingerprint, for person: String, orTheirs: Bool = false) throws(AppError) {
        let holder = try holder(key)
        guard let words = holder.words, !orTheirs || holder != .person(person) else { return }
        throw AppError("\(key) belongs to \(words) already", hint: "give \(person) a key of their own")
    }
}

extension AuthorityLocation {
    /// The authority at its commit, with a change laid over it; verified from the root downwards.
    package func authority(
        at now: Instant, with change: Changeset = Changeset()
    ) throws(AppError) -> Authority {
        let records = try records()
        let pinned = try pin(in: records)
        return try AppError.asking { () throws(AuthorityError) in
            try Authority(ProposedRecords(change, over: records), pinned: pinned, at: now)
        }
    }
}

extension Authority {
    /// The delegation of that name, which must be one that servers believe.
    func believed(named name: String) throws(AppError) -> VerifiedDelegation {
        let found = try AppError.asking { () throws(AuthorityError) in try self.delegation(named: ByteString(name)) }
        switch found {
        case .verified(let verified): return verified
        case .unknown:
            throw AppError(
                "the authority does not hold exactly one delegation '\(name)'",
                hint: "name it by \(Self.shortestName) or more digits of its id")
        case .rejected(let id, let rule, let reason):
            throw AppError(
                "\(rule.rawValue): delegation \(id.abbreviated): \(reason)", hint: "'remit show \(id.abbreviated)'")
        }
    }
}
