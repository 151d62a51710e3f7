import RemitAuthority
import RemitModel

/// Refuses an operation on a ref that nobody may be held to, or that no grant allows.
///
/// An agent needs the operation in a grant for that ref. Acts that leave no author behind (deleting or rewinding a
/// protected ref, pointing a ref at a tree or a blob) need a person whom the server knows.
/// What to do: ask the delegator for the operation, or let a person do it over a transport that knows them.
struct RefOperationRule: Rule {
    let code = RuleCode.refOperation

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let acting = circumstances.actingDelegations(on: update, summary)
        if !acting.isEmpty {
            return acting.compactMap { refusal(of: update, under: $0, circumstances) }
        }
        guard summary.agentCommits == 0, let reason = authorlessAct(update), circumstances.personPushes == nil else {
            return []
        }
        return [
            Finding(
                code, ref: update.update.ref,
                facts: .init(ask: circumstances.administrators, operation: update.operation, reason: reason))
        ]
    }

    private func refusal(
        of update: UpdateCase, under delegation: VerifiedDelegation, _ circumstances: Circumstances
    ) -> Finding? {
        let grants = circumstances.standing(of: delegation, on: update).grants
        guard !grants.contains(where: { $0.operations.contains(update.operation) }) else { return nil }
        return Finding(
            code, ref: update.update.ref,
            facts: .init(
                delegation: delegation.id, agent: delegation.delegation.agent,
                ask: [delegation.delegation.delegator], operation: update.operation,
                granted: Set(grants.flatMap(\.operations)).map(\.rawValue).sorted()))
    }

    private func authorlessAct(_ update: UpdateCase) -> String? {
        if case .authorless(let kind) = update.target { return "it points at a \(kind), which has no author" }
        guard update.isProtected else { return nil }
        switch update.kind {
        case .delete: return "deleting a protected ref leaves no author"
        case .rewind: return "rewinding a protected ref takes away what was judged"
        case .create, .update: return nil
        }
    }
}

extension Circumstances {
    /// The delegations under which agents act on a ref: those of the commits, and the one that a push option names
    /// where the pusher itself is an agent.
    func actingDelegations(on update: UpdateCase, _ summary: UpdateSummary) -> [VerifiedDelegation] {
        guard case .agent = pusherIdentity, case .verified(let named)? = pushDelegation,
            standing(of: named, on: update).isActing, !summary.acting.contains(named)
        else { return summary.acting }
        return summary.acting + [named]
    }
}
