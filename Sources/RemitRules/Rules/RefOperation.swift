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
        var findings = acting.compactMap { refusal(of: update, under: $0, circumstances) }
        // What else the update brings does not matter: one commit with an agent's mark must not lift the demand.
        if circumstances.personPushes == nil, let reason = authorlessAct(update, isGranted: !acting.isEmpty) {
            findings.append(
                Finding(
                    code, ref: update.update.ref,
                    facts: .init(ask: circumstances.administrators, operation: update.operation, reason: reason)))
        }
        return findings
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

    /// A grant can allow an agent to delete or rewind, never to bring contents that no other rule sees.
    private func authorlessAct(_ update: UpdateCase, isGranted: Bool) -> String? {
        if case .authorless(let kind) = update.target { return "it points at a \(kind), which has no author" }
        guard update.isProtected, !isGranted else { return nil }
        switch update.kind {
        case .delete: return "deleting a protected ref leaves no author"
        case .rewind: return "rewinding a protected ref takes away what was judged"
        case .create, .update: return nil
        }
    }
}
