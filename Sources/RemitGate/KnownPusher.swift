import RemitAuthority
import RemitFormats
import RemitModel
import RemitRules
import RemitSignatures

/// Who pushes, by the server's word and by the pusher's own: the certificate of a signed push.
///
/// Git's own judgement of the certificate is not asked: it calls a signature good whoever made it. What git alone knows
/// is the nonce that it issued.
struct KnownPusher {
    let pusher: Pusher?
    let identity: Circumstances.PusherIdentity
    let certificate: CertificateCase?

    init(
        of request: PushRequest, updates: [RefUpdate], settings: Settings, in authority: Authority?
    ) throws(AuthorityError) {
        let account = request.pusher
        let accountIdentity = try authority?.identity(of: account) ?? .unknown
        guard let presented = request.certificate else {
            (pusher, identity) = (account, accountIdentity)
            let missing = CertificateCase.Fault(nil, cure: .sign)
            certificate =
                settings.requiresPushCertificate
                ? CertificateCase(record: nil, faults: [missing], account: account) : nil
            return
        }
        let reading = PushCertificateReading(
            presented, request: request, updates: updates, pushees: settings.pushees)
        var faults = reading.faults
        var holder = PushCertificateReading.Holder.stranger
        if let signature = reading.signature, let authority {
            holder = try authority.holder(ofPushSignedWith: signature, at: request.now)
        }
        if case .revoked(let reason) = holder { faults.append(.init(reason, cure: .key)) }
        if let words = holder.conflict(with: accountIdentity), let account {
            faults.append(.init("\(words), and \(account.vouchedBy) says otherwise", cure: .account))
        }
        let standing = faults.isEmpty ? holder.standing : .refused
        certificate = CertificateCase(
            record: presented.record.map {
                Decision.PushCertificate(digest: $0.digest, key: reading.signature?.key, standing: standing)
            }, faults: faults, account: account)
        guard let key = reading.signature?.key, let id = standing.holder else {
            (pusher, identity) = (account, accountIdentity)
            return
        }
        pusher = Pusher(login: ByteString(id), vouchedBy: "push certificate \(key)")
        identity = holder.identity
    }
}

extension PushCertificateReading {
    /// Whose key has signed a push.
    enum Holder {
        case person(String)
        case agent(AgentStanding)
        case stranger
        /// Why the key is good no more.
        case revoked(String)

        var standing: Decision.PushCertificate.Standing {
            switch self {
            case .person(let id): .person(id)
            case .agent(let agent): .agent(agent.id)
            case .stranger: .stranger
            case .revoked: .refused
            }
        }

        var identity: Circumstances.PusherIdentity {
            switch self {
            case .person(let id): .person(id)
            case .agent(let agent): .agent(agent)
            case .stranger, .revoked: .unknown
            }
        }

        /// Whom it names, where the server's account is another's.
        ///
        /// An agent that pushes by a person's account is the agent; a person's key in an agent's account is not the
        /// person: with `push.gpgSign` on, git signs whatever the agent pushes with it.
        func conflict(with account: Circumstances.PusherIdentity) -> String? {
            switch (self, account) {
            case (.person(let id), .person(let other)) where id != other: "it is signed by \(id)"
            case (.person(let id), .agent): "it is signed by \(id)"
            case (.agent(let agent), .agent(let other)) where agent.id != other.id:
                "it is signed by agent '\(agent.id)'"
            default: nil
            }
        }
    }
}

extension Authority {
    /// Whose key made a good signature over a push certificate.
    func holder(
        ofPushSignedWith signature: SignatureStatus, at now: Instant
    ) throws(AuthorityError) -> PushCertificateReading.Holder {
        guard let key = signature.key else { return .stranger }
        switch try holder(of: key) {
        case .person(let id): return .person(id)
        case .agent(let id): return .agent(try agent(id))
        case .delegation(let id): return try holder(of: delegation(id), proving: signature, by: key, at: now)
        case .unknown: break
        }
        if let (person, revocation) = try revoked(key) {
            return .revoked("\(key) of \(person) was revoked: \(revocation.cause.rawValue): \(revocation.reason)")
        }
        // A key that only a certificate of a delegation's certificate authority names.
        guard let named = signature.certificate?.delegations, let only = named.first, named.count == 1 else {
            return .stranger
        }
        return try holder(of: delegation(only), proving: signature, by: key, at: now)
    }

    private func holder(
        of lookup: DelegationLookup, proving signature: SignatureStatus, by key: KeyFingerprint, at now: Instant
    ) throws(AuthorityError) -> PushCertificateReading.Holder {
        guard case .verified(let verified) = lookup, Possession(of: verified, by: signature, at: now) == .proved else {
            return .stranger
        }
        if let revocation = verified.revocation {
            return .revoked("delegation \(verified.id.abbreviated) was revoked: \(verified.cause(of: revocation))")
        }
        for held in [key, signature.certificate?.authority].compactMap(\.self) {
            guard let revocation = try revocation(of: held, heldBy: .delegation(verified.id)) else { continue }
            return .revoked("\(held) was revoked: \(revocation.cause.rawValue): \(revocation.reason)")
        }
        return .agent(verified.agent)
    }
}
