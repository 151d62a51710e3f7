import RemitAuthority
import RemitModel

/// Refuses an operation on a covered path that the same grant does not allow.
///
/// Clauses are never mixed: one grant must cover the ref, the path and the operation together.
/// What to do: undo that operation, or ask the delegator to grant it.
struct ScopeOperationRule: Rule {
    let code = RuleCode.scopeOperation

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        let grants = circumstances.standing(of: verified, on: update).grants
        return commit.changes.flatMap { change in
            refusals(of: change, by: grants, under: verified).map {
                finding(commit, update, path: change.path, $0)
            }
        }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let acting = circumstances.actingDelegations(on: update, summary)
        let grants = acting.flatMap { circumstances.standing(of: $0, on: update).grants }
        guard let first = acting.first else { return [] }
        return summary.net.flatMap { change in
            refusals(of: change, by: grants, under: first, reason: UpdateSummary.netReason).map {
                Finding(code, ref: update.update.ref, path: change.path, facts: $0)
            }
        }
    }

    /// One refusal for each operation that is lacking; none where no grant covers the path, which is another rule's.
    private func refusals(
        of change: Change, by grants: [Grant], under verified: VerifiedDelegation, reason: String? = nil
    ) -> [Finding.Facts] {
        let covering = grants.filter { $0.paths.allows(change.path) }
        let needed = change.operations
        guard !covering.isEmpty, !covering.contains(where: { needed.isSubset(of: $0.operations) }) else { return [] }
        // The grant that lacks the least is the one that the reader will want to hear about.
        let lacking = covering.map { needed.subtracting($0.operations) }.min { $0.count < $1.count } ?? needed
        return lacking.sorted { $0.rawValue < $1.rawValue }.map { operation in
            .init(
                delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
                operation: operation, granted: Set(covering.flatMap(\.operations)).map(\.rawValue).sorted(),
                reason: reason)
        }
    }
}
