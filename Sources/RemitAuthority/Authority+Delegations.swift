package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// Fewest hexadecimal digits by which a delegation may be named.
    package static let shortestName = 12

    /// Looks a delegation up by what a trailer says: its digest, or the first 12 or more digits of it.
    package func delegation(named name: ByteString) throws(AuthorityError) -> DelegationLookup {
        if let known = names[name] { return known }
        let text = String(decoding: name.bytes, as: UTF8.self)
        let digits = text.hasPrefix(RecordID.prefix) ? String(text.dropFirst(RecordID.prefix.count)) : text
        let found = try id(beginning: digits).map { id throws(AuthorityError) in try delegation(id) } ?? .unknown
        names[name] = found
        return found
    }

    private func id(beginning digits: String) throws(AuthorityError) -> RecordID? {
        guard (Self.shortestName...64).contains(digits.utf8.count), digits.utf8.allSatisfy({ Hex.value($0) != nil })
        else { return nil }
        if let whole = RecordID(digits) { return whole }
        let suffix = ".toml"
        let matches = try source.names(in: AuthorityLayout.delegationDirectory(digits))
            .filter { $0.hasPrefix(digits) && $0.hasSuffix(suffix) }
            .compactMap { RecordID($0.dropLast(suffix.count)) }
        return matches.count == 1 ? matches[0] : nil
    }

    /// Looks a delegation up by its digest, and verifies it.
    package func delegation(_ id: RecordID) throws(AuthorityError) -> DelegationLookup {
        if let known = delegations[id] { return known }
        let found = try verify(id)
        delegations[id] = found
        return found
    }

    private func verify(_ id: RecordID) throws(AuthorityError) -> DelegationLookup {
        guard let record = try SignedRecord(at: AuthorityLayout.delegation(id), from: source) else { return .unknown }
        func rejected(_ rule: RuleCode, _ reason: String) -> DelegationLookup {
            .rejected(id: id, rule: rule, reason: reason)
        }
        guard record.id == id else { return rejected(.delegationSignature, "its bytes are not those of its name") }
        let delegation: Delegation
        do throws(RecordError) {
            delegation = try Delegation(record: record.bytes, file: record.path)
        } catch {
            return rejected(.delegationSignature, error.statement)
        }
        guard delegation.organisation == policy.organisation else {
            return rejected(.delegationSignature, "it is of organisation '\(delegation.organisation)'")
        }
        let (keys, faults) = record.signers(in: .delegation)
        guard keys.contains(where: { isKey($0, of: delegation.delegator, for: .delegation) }) else {
            return rejected(.delegationSignature, fault(of: record, keys: keys, faults: faults, delegation))
        }
        if delegation.parent != nil {
            return rejected(.delegationChain, "sub-delegations are not accepted by this version")
        }
        if let excess = excess(of: delegation) { return rejected(.delegationDelegator, excess) }
        return .verified(
            VerifiedDelegation(
                id: id, delegation: delegation, agent: try agent(delegation.agent),
                revocation: try revocation(of: .delegation(id), issuers: [delegation.delegator])))
    }

    private func fault(
        of record: SignedRecord, keys: [SSHPublicKey], faults: [String], _ delegation: Delegation
    ) -> String {
        if record.signatures.isEmpty { return "it has no signature" }
        if let fault = faults.first, keys.isEmpty { return "its signature is bad: \(fault)" }
        let key = keys.first.map { KeyFingerprint(of: $0).description } ?? "its key"
        return "\(key) may not sign delegations as \(delegation.delegator)"
    }

    /// Why a delegation goes beyond every role of its delegator; `nil` when it lies within.
    private func excess(of delegation: Delegation) -> String? {
        let roles = policy.roles.filter { $0.person == delegation.delegator }
        guard !roles.isEmpty else { return "\(delegation.delegator) has no role as a delegator" }
        let life = delegation.mergeBy.seconds - delegation.issuedAt.seconds
        for grant in delegation.grants {
            let faults = roles.map { $0.excess(of: grant, life: life) }
            guard !faults.contains(nil) else { continue }
            let reason = faults.compactMap { $0 }.first ?? "no role covers it"
            return "the grant for '\(grant.repository)' exceeds the role of \(delegation.delegator): \(reason)"
        }
        return nil
    }

    /// The gravest revocation of a target.
    ///
    /// One that cannot be believed stops everything rather than nothing.
    func revocation(
        of target: Revocation.Target, issuers: [String]
    ) throws(AuthorityError) -> Revocation? {
        var gravest: Revocation?
        for path in AuthorityLayout.revocations(of: target) {
            guard let record = try SignedRecord(at: path, from: source) else {
                if target.isNumbered { break }
                continue
            }
            let revocation: Revocation
            do throws(RecordError) {
                revocation = try Revocation(record: record.bytes, file: path)
            } catch {
                throw AuthorityError(.malformed, error.statement)
            }
            let issuer = revocation.issuer
            guard revocation.organisation == policy.organisation, revocation.target == target,
                issuers.contains(issuer) || administrators.contains(issuer),
                record.signers(in: .revocation).keys.contains(where: { isKey($0, of: issuer, for: .revocation) })
            else {
                throw AuthorityError(
                    .untrusted, "'\(path)' is not signed by someone who may revoke what it names")
            }
            // The name of the file is not signed, so the word in the record decides.
            if gravest == nil || revocation.cause == .compromised { gravest = revocation }
        }
        return gravest
    }
}

extension Revocation.Target {
    /// Whether its records are numbered without a gap, so that the first one missing is the end.
    var isNumbered: Bool {
        switch self {
        case .agent, .everyAgent: true
        case .delegation, .key: false
        }
    }
}

extension DelegatorRole {
    /// What of a grant goes beyond this role; `nil` when all of it lies within.
    func excess(of grant: Grant, life: Int64) -> String? {
        guard repositories.contains("*") || repositories.contains(grant.repository) else { return "its repository" }
        if let ref = (grant.refs + grant.mergeInto).first(where: { ref in !refs.contains { $0.contains(ref) } }) {
            return "the ref \(ref)"
        }
        guard paths.contains(grant.paths) else { return "its paths" }
        if let operation = grant.operations.subtracting(operations).map(\.rawValue).min() {
            return "the operation \(operation)"
        }
        if let environment = grant.environments.subtracting(environments).min() {
            return "the environment \(environment)"
        }
        guard life <= lifetime else { return "its life of \(life / 3600) hours is longer than \(lifetime / 3600)" }
        return nil
    }
}
