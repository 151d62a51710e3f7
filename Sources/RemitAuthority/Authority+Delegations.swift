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
        guard let found = try writtenDelegation(id) else { return .unknown }
        switch found {
        case .failure(let rejection): return .rejected(id: id, rule: rejection.rule, reason: rejection.reason)
        case .success(let written):
            let delegation = written.delegation
            var ancestors: [VerifiedDelegation] = []
            let rejection: Rejection?
            if let parent = delegation.parent {
                switch try chain(of: written, below: parent) {
                case .success(let verified): (ancestors, rejection) = (verified, nil)
                case .failure(let fault): rejection = fault
                }
            } else {
                rejection = try fault(of: written)
            }
            if let rejection { return .rejected(id: id, rule: rejection.rule, reason: rejection.reason) }
            let agent = try agent(delegation.agent)
            return .verified(
                VerifiedDelegation(
                    id: id, delegation: delegation, agent: agent,
                    revocation: try revocation(of: id, delegation, to: agent, below: ancestors), ancestors: ancestors))
        }
    }

    /// A delegation as it lies in the authority, not yet believed.
    struct WrittenDelegation {
        let record: SignedRecord
        let delegation: Delegation
    }

    /// Why a delegation must not be believed, and the rule that says so.
    struct Rejection: Error {
        let rule: RuleCode
        let reason: String
    }

    /// Reads a delegation, whoever signed it; `nil` when there is none of that name.
    func writtenDelegation(
        _ id: RecordID
    ) throws(AuthorityError) -> Result<WrittenDelegation, Rejection>? {
        guard let record = try SignedRecord(at: AuthorityLayout.delegation(id), from: source) else { return nil }
        func rejected(_ reason: String) -> Result<WrittenDelegation, Rejection> {
            .failure(Rejection(rule: .delegationSignature, reason: reason))
        }
        guard record.id == id else { return rejected("its bytes are not those of its name") }
        let delegation: Delegation
        do throws(RecordError) {
            delegation = try Delegation(record: record.bytes, file: record.path)
        } catch {
            return rejected(error.statement)
        }
        guard delegation.organisation == policy.organisation else {
            return rejected("it is of organisation '\(delegation.organisation)'")
        }
        return .success(WrittenDelegation(record: record, delegation: delegation))
    }

    /// Why a delegation is not its delegator's, or goes beyond every role of theirs.
    private func fault(of written: WrittenDelegation) throws(AuthorityError) -> Rejection? {
        let delegation = written.delegation
        let signature = try written.record.fault(in: .delegation) { key throws(AuthorityError) in
            try fault(of: key, as: delegation.delegator, for: .delegation, issuedAt: delegation.issuedAt)
        }
        switch signature {
        case .missing(let reason), .stranger(let reason): return Rejection(rule: .delegationSignature, reason: reason)
        case nil: return excess(of: delegation).map { Rejection(rule: .delegationDelegator, reason: $0) }
        }
    }

    /// Why a delegation goes beyond every role of its delegator; `nil` when each clause lies within one.
    private func excess(of delegation: Delegation) -> String? {
        excess(
            of: delegation.grants, life: delegation.mergeBy.seconds - delegation.issuedAt.seconds,
            by: delegation.delegator)
    }

    /// Why clauses go beyond every role that a person has as a delegator; `nil` when each lies within one.
    ///
    /// - Parameter life: seconds from the issue of the delegation to the last landing under it.
    package func excess(of grants: [Grant], life: Int64, by person: String) -> String? {
        let roles = policy.roles.filter { $0.person == person }
        guard !roles.isEmpty else { return "\(person) has no role as a delegator" }
        for grant in grants {
            guard let excess = grant.excess(beyond: roles, life: life) else { continue }
            return "the grant for '\(grant.repository)' exceeds the role of \(person): \(excess.beyondRole)"
        }
        return nil
    }
}
