import RemitModel
import RemitSignatures

extension Authority {
    /// What stands above a sub-delegation, the parent first, once every link down to it has been verified.
    ///
    /// The walk ends whatever the records say of each other: with each step up more hops must be left, of which no
    /// record has more than 16, and this is asked before the parent itself is verified.
    func chain(
        of written: WrittenDelegation, below id: RecordID
    ) throws(AuthorityError) -> Result<[VerifiedDelegation], Rejection> {
        let delegation = written.delegation
        func broken(_ reason: String) -> Result<[VerifiedDelegation], Rejection> {
            .failure(Rejection(rule: .delegationChain, reason: reason))
        }
        let name = "its parent \(id.abbreviated)"
        switch try writtenDelegation(id) {
        case nil: return broken("\(name) is not in the authority")
        case .failure(let rejection): return broken("\(name) is rejected: \(rejection.reason)")
        case .success(let parent):
            guard parent.delegation.hops > 0 else { return broken("\(name) allows no sub-delegation") }
            guard delegation.hops < parent.delegation.hops else {
                return broken("it allows \(delegation.hops) further hops, \(name) only \(parent.delegation.hops - 1)")
            }
        }
        switch try self.delegation(id) {
        case .unknown: return broken("\(name) is not in the authority")
        case .rejected(_, _, let reason): return broken("\(name) is rejected: \(reason)")
        case .verified(let parent):
            guard parent.agent.registered != nil else {
                return broken("\(name) is for agent '\(parent.agent.id)', which is not registered")
            }
            let signature = try written.record.fault(in: .delegation) { key throws(AuthorityError) in
                try fault(of: KeyFingerprint(of: key), in: parent, issuedAt: delegation.issuedAt)
            }
            switch signature {
            case .missing(let reason): return .failure(Rejection(rule: .delegationSignature, reason: reason))
            case .stranger(let reason): return broken(reason)
            case nil: break
            }
            if let excess = delegation.excess(beyond: parent.delegation) { return broken(excess) }
            return .success([parent] + parent.ancestors)
        }
    }

    /// Why a key may not hand a delegation on; `nil` when it may.
    private func fault(
        of key: KeyFingerprint, in parent: VerifiedDelegation, issuedAt issued: Instant
    ) throws(AuthorityError) -> String? {
        guard parent.delegation.keys.contains(key) else {
            return "\(key) is not a task key of its parent \(parent.id.abbreviated)"
        }
        return try revocation(of: key, heldBy: .delegation(parent.id))?.fault(of: key, issuedAt: issued)
    }
}

extension Delegation {
    /// The first respect in which a sub-delegation is wider than its parent; `nil` when it is narrower in all.
    func excess(beyond parent: Delegation) -> String? {
        if delegator != parent.delegator {
            return "its delegator is \(delegator), its parent's \(parent.delegator)"
        }
        if issuedAt < parent.issuedAt {
            return "it is issued at \(issuedAt), its parent not before \(parent.issuedAt)"
        }
        if expiresAt > parent.expiresAt {
            return "it expires at \(expiresAt), its parent at \(parent.expiresAt)"
        }
        if mergeBy > parent.mergeBy {
            return "its work may land until \(mergeBy), its parent's until \(parent.mergeBy)"
        }
        if let key = keys.first(where: parent.keys.contains) { return "its task key \(key) is its parent's too" }
        for grant in grants {
            if let excess = grant.excess(beyond: parent.grants) { return excess.beyondParent }
        }
        return limits.excess(beyond: parent.limits)?.beyondParent ?? contextExcess(beyond: parent.context)
    }

    /// What of the context the parent does not name; where it names nothing, anything goes.
    private func contextExcess(beyond parent: Context?) -> String? {
        if let model = parent?.model, context?.model != model {
            return context?.model.map { "its model is \($0), its parent's \(model)" }
                ?? "it names no model, its parent \(model)"
        }
        guard let tools = parent?.tools, !tools.isEmpty else { return nil }
        guard let mine = context?.tools, !mine.isEmpty else {
            return "it names no tools, its parent \(tools.joined(separator: ", "))"
        }
        return mine.first { !tools.contains($0) }.map { "its tool \($0) is not among its parent's" }
    }
}
