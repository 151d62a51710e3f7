import RemitAuthority
import RemitModel

/// Tells of a commit whose marks, key, accounts and names do not fit each other.
///
/// The contradictions of a delegation are `attribution.mismatch`, which refuses always. These prove nothing by
/// themselves: a tool writes a wrong address, a person rebases, an agent's machine signs with its vendor's key. So they
/// are told and recorded, and refuse only where the policy says `inconsistent = "refuse"`.
/// What to do: see what does not fit, and let each name, mark and key be of the one who made the commit.
struct AttributionInconsistentRule: Rule {
    let code = RuleCode.attributionInconsistent

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        (commit.oddities + Contradictions(commit, circumstances).all).map { oddity in
            let standing = commit.agents.first { $0.id == oddity.agent }
            return finding(
                commit, update,
                .init(
                    agent: oddity.agent, ask: standing.map(circumstances.owners) ?? circumstances.administrators,
                    found: oddity.found, reason: oddity.reason.isEmpty ? nil : oddity.reason,
                    inconsistency: oddity.kind))
        }
    }

    func reaction(
        to finding: Finding, about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> Reaction { circumstances.demands(on: update).inconsistent }
}
