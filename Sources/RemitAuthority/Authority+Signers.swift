import RemitFormats
import RemitModel
import RemitSignatures

extension Authority {
    /// Whether a key is listed as a person's for one purpose, at a moment.
    ///
    /// Whether it has been revoked is another question.
    func isListed(
        _ key: SSHPublicKey, as person: String, for namespace: SignatureNamespace, at moment: Instant
    ) -> Bool {
        policy.persons.contains { $0.id == person }
            && people.signers(with: key).contains {
                $0.signs(as: person, namespace: namespace.rawValue, at: moment)
            }
    }

    /// Why a person's key may not have signed a record of one kind; `nil` when it may.
    ///
    /// - Parameter issued: when the record says it was issued. A key that was ended holds for what came before.
    func fault(
        of key: SSHPublicKey, as person: String, for namespace: SignatureNamespace, issuedAt issued: Instant
    ) throws(AuthorityError) -> String? {
        let fingerprint = KeyFingerprint(of: key)
        guard isListed(key, as: person, for: namespace, at: now) else {
            return "\(fingerprint) may not sign \(namespace.objects) as \(person)"
        }
        return try revocation(of: fingerprint, heldBy: .person(person))?.fault(of: fingerprint, issuedAt: issued)
    }

    /// The administrators who signed a record with a key of the root that was not revoked before.
    ///
    /// - Parameter issued: when the record says it was issued; `nil` for one that bears no date, whose signature holds
    ///   unless the key was compromised.
    func administrators(
        whoSigned record: SignedRecord, in namespace: SignatureNamespace, issuedAt issued: Instant? = nil
    ) throws(AuthorityError) -> Set<String> {
        var signed: Set<String> = []
        for key in record.signers(in: namespace).keys {
            guard let administrator = root.administrators.first(where: { $0.keys.contains(key.line) }) else { continue }
            let fingerprint = KeyFingerprint(of: key)
            let revocation = try revocation(of: fingerprint, heldBy: .person(administrator.id))
            let isHeld = revocation.map { revocation in
                revocation.cause != .compromised && issued.map { $0 < revocation.issuedAt } ?? true
            }
            if isHeld ?? true { signed.insert(administrator.id) }
        }
        return signed
    }
}

extension Revocation {
    /// Why a record, signed with the key that this takes back, does not hold; `nil` when it was issued before the end.
    func fault(of key: KeyFingerprint, issuedAt issued: Instant) -> String? {
        guard cause == .compromised || issued >= issuedAt else { return nil }
        return "\(key) was revoked: \(cause.rawValue): \(reason)"
    }
}

extension SignedRecord {
    /// Why none of the signatures counts.
    enum SignatureFault {
        /// There is none, or none is good.
        case missing(String)
        /// Those that are good are by keys that may not sign this.
        case stranger(String)
    }

    /// Finds a signature whose key is accepted.
    ///
    /// - Parameter keyFault: why a key may not have signed this record; `nil` when it may.
    func fault(
        in namespace: SignatureNamespace, keyFault: (SSHPublicKey) throws(AuthorityError) -> String?
    ) throws(AuthorityError) -> SignatureFault? {
        let (keys, faults) = signers(in: namespace)
        guard !signatures.isEmpty else { return .missing("it has no signature") }
        var first: String?
        for key in keys {
            guard let fault = try keyFault(key) else { return nil }
            first = first ?? fault
        }
        if let first { return .stranger(first) }
        return .missing("its signature is bad: \(faults.first ?? "it is not readable")")
    }
}

extension SignatureNamespace {
    /// What is signed in it, in words: `delegations`.
    fileprivate var objects: String {
        rawValue.split(separator: "-").last.map { "\($0)s" } ?? rawValue
    }
}
