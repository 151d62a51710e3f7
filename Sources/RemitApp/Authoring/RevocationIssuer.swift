import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport

/// Who revokes: found by the key that signs, and asked whether that person or agent may.
struct RevocationIssuer {
    let authority: Authority
    let key: SigningKey

    /// The issuer of a revocation; refused where no server would take it from them.
    ///
    /// - Parameter named: the person's id, where the key does not tell it.
    func require(_ target: Revocation.Target, _ cause: Revocation.Cause, named: String?) throws(AppError) -> String {
        let entitled = try entitled(to: target)
        if let issuer = try named.orAsk({ () throws(AppError) in try person() }) {
            guard entitled.contains(issuer) else {
                throw AppError(
                    "\(issuer) may not revoke \(RevocationNotice.name(target).text)",
                    hint: "those who may: \(entitled.joined(separator: ", "))")
            }
            return issuer
        }
        return try agent(for: target, cause)
    }

    private func person() throws(AppError) -> String? {
        if let administrator = authority.root.administrator(holding: key.publicKey) { return administrator }
        return try authority.person(with: key)
    }

    /// Persons who may revoke a target, each once.
    private func entitled(to target: Revocation.Target) throws(AppError) -> [String] {
        let policy = authority.policy
        let concerned: [String]
        switch target {
        case .delegation(let id): concerned = try delegators(of: id)
        case .agent(let id): concerned = try owners(of: id)
        case .key(let key):
            switch try authority.holder(key) {
            case .person(let id): concerned = [id]
            case .delegation(let id): concerned = try delegators(of: id)
            case .agent(let id): concerned = try owners(of: id)
            case .unknown: concerned = []
            }
        case .everyAgent: concerned = []
        }
        return (concerned + policy.operators + authority.administrators).reduce(into: []) { all, id in
            if !all.contains(id) { all.append(id) }
        }
    }

    private func owners(of agent: String) throws(AppError) -> [String] {
        try AppError.asking { () throws(AuthorityError) in try authority.agent(agent) }.registered?.agent.owners ?? []
    }

    /// The delegator of a delegation, or everybody who may be one where the authority does not hold it yet.
    private func delegators(of id: RecordID) throws(AppError) -> [String] {
        guard case .verified(let verified) = try delegation(id) else { return authority.policy.roles.map(\.person) }
        return [verified.delegation.delegator]
    }

    /// The agent that holds a task key of the delegation, or of one above it, and may end it.
    private func agent(for target: Revocation.Target, _ cause: Revocation.Cause) throws(AppError) -> String {
        guard case .delegation(let held) = try authority.holder(key.fingerprint),
            case .verified(let holder) = try delegation(held)
        else {
            throw AppError(
                "\(key.fingerprint) is nobody's key whom the authority knows",
                hint: "give --key FILE, or --issuer PERSON where the key is for revocations only")
        }
        guard case .delegation(let id) = target, case .verified(let ended) = try delegation(id),
            ([id] + ended.ancestors.map(\.id)).contains(held)
        else {
            throw AppError(
                "\(key.fingerprint) is a task key, which may end its own delegation and what was handed on from it",
                hint: "its delegation is \(held.abbreviated); a person gives --key FILE")
        }
        guard cause == .ended else {
            throw AppError(
                "a task key may only end its delegation: --cause ended",
                hint: "\(ended.delegation.delegator) may say --cause \(cause.rawValue)")
        }
        return holder.delegation.agent
    }

    private func delegation(_ id: RecordID) throws(AppError) -> DelegationLookup {
        try AppError.asking { () throws(AuthorityError) in try authority.delegation(id) }
    }
}
