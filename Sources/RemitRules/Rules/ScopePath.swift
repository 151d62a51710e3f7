import RemitAuthority
import RemitModel

/// Refuses a change of a path that no grant for the ref covers.
///
/// Every commit counts, also one that a later commit takes back, and so does what the update leaves changed in sum. A
/// rename is a deletion and a creation: both paths must be covered.
/// What to do: take the change out, or ask the delegator for a wider grant.
struct ScopePathRule: Rule {
    let code = RuleCode.scopePath

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        let grants = circumstances.standing(of: verified, on: update).grants
        guard !grants.isEmpty else { return [] }
        return commit.changes.filter { !covered($0, by: grants) }.map { change in
            finding(
                commit, update, path: change.path,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator], granted: grants.flatMap(\.paths.words)))
        }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let acting = circumstances.actingDelegations(on: update, summary)
        let grants = acting.flatMap { circumstances.standing(of: $0, on: update).grants }
        guard let first = acting.first, !grants.isEmpty else { return [] }
        return summary.net.filter { !covered($0, by: grants) }.map { change in
            Finding(
                code, ref: update.update.ref, path: change.path,
                facts: .init(
                    delegation: first.id, agent: first.delegation.agent, ask: [first.delegation.delegator],
                    granted: grants.flatMap(\.paths.words),
                    reason: UpdateSummary.netReason))
        }
    }

    private func covered(_ change: Change, by grants: [Grant]) -> Bool {
        grants.contains { $0.paths.allows(change.path) }
    }
}
