import RemitAuthority
import RemitModel

/// Refuses a change of a file that steers the gate itself, unless a grant names it explicitly.
///
/// CI definitions, `.gitattributes`, `.gitmodules`, CODEOWNERS and agents' instruction files decide what later checks
/// see; a `**` never covers them. What to do: let a person make that change, or ask for a line that names the file.
struct ScopeProtectedRule: Rule {
    let code = RuleCode.scopeProtected

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard commit.isAgentAuthored else { return [] }
        let protected = commit.changes.filter { circumstances.protectedPaths.covers($0.path) }
        guard !protected.isEmpty else { return [] }
        guard let verified = commit.delegation else {
            // Without a delegation only an assistant's work can pass, and these files need an approver besides: one
            // did when they landed, and what they need to reach an environment is another rule's.
            guard !circumstances.submission.isDeployment else { return [] }
            let refused = protected.filter { !circumstances.isApproved($0.path, ofDraft: commit, on: update) }
            return commit.agents.compactMap(\.registered).flatMap { verified in
                refused.map { change in
                    finding(
                        commit, update, path: change.path,
                        .init(agent: verified.agent.id, ask: verified.agent.owners, tip: update.approvals?.commit))
                }
            }
        }
        let grants = circumstances.standing(of: verified, on: update).grants
        return protected.filter { isUnnamed($0, by: grants, circumstances.protectedPaths) }.map { change in
            finding(commit, update, path: change.path, facts(grants, verified))
        }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let acting = circumstances.actingDelegations(on: update, summary)
        let grants = acting.flatMap { circumstances.standing(of: $0, on: update).grants }
        guard let first = acting.first else { return [] }
        return summary.net.filter {
            circumstances.protectedPaths.covers($0.path) && isUnnamed($0, by: grants, circumstances.protectedPaths)
        }.map { change in
            Finding(
                code, ref: update.update.ref, path: change.path,
                facts: facts(grants, first, reason: UpdateSummary.netReason))
        }
    }

    /// Whether grants cover a protected path without naming it.
    ///
    /// What none covers is refused by another rule.
    private func isUnnamed(_ change: Change, by grants: [Grant], _ protected: ProtectedPaths) -> Bool {
        let covering = grants.filter { $0.paths.allows(change.path) }
        return !covering.isEmpty
            && !covering.contains { grant in
                grant.paths.patterns.contains { protected.isNamed(change.path, by: $0) }
            }
    }

    private func facts(
        _ grants: [Grant], _ verified: VerifiedDelegation, reason: String? = nil
    ) -> Finding.Facts {
        .init(
            delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
            granted: grants.flatMap(\.paths.words), reason: reason)
    }
}
