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
            // Without a delegation only an assistant's work can pass, and that does not extend to these files.
            return commit.agents.compactMap(\.registered).flatMap { verified in
                protected.map { change in
                    finding(
                        commit, update, path: change.path,
                        .init(agent: verified.agent.id, ask: verified.agent.owners))
                }
            }
        }
        let grants = circumstances.standing(of: verified, on: update).grants
        return protected.filter { change in
            let covering = grants.filter { $0.paths.allows(change.path) }
            return !covering.isEmpty
                && !covering.contains { grant in
                    grant.paths.patterns.contains { circumstances.protectedPaths.isNamed(change.path, by: $0) }
                }
        }.map { change in
            finding(
                commit, update, path: change.path,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator], granted: grants.flatMap(\.paths.words)))
        }
    }
}
