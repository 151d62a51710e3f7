import RemitAuthority
import RemitModel

/// Refuses work of a registered agent that names no delegation and needs one.
///
/// Only an `assistant` does without, where a registered person signs the commit or pushes it.
/// What to do: ask one of the agent's owners for a delegation, then commit with its task key.
struct DelegationMissingRule: Rule {
    let code = RuleCode.delegationMissing

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard commit.isAgentAuthored, case .none = commit.claim else { return [] }
        if commit.agents.isEmpty {
            // Only its key says that an agent made it; an agent that no mark names cannot be an assistant either.
            var holder: String?
            if case .agent(let id) = commit.signer { holder = id }
            return [finding(commit, update, .init(agent: holder, ask: circumstances.administrators))]
        }
        return commit.agents.compactMap(\.registered).compactMap { verified in
            let agent = verified.agent
            var reason: String?
            if agent.autonomy == .assistant {
                // What an environment asks of drafts is another rule's; who pushed them was known when they landed.
                if circumstances.submission.isDeployment || circumstances.personPushes != nil { return nil }
                if case .person = commit.signer { return nil }
                reason = "an assistant's work needs a registered person who signs or pushes it"
            }
            return finding(
                commit, update,
                .init(agent: agent.id, ask: agent.owners, found: commit.mark(of: agent), reason: reason))
        }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        // An agent's account that brings no work of an agent leaves nothing else that could name one. A person's
        // signature does not: with commit.gpgsign, git signs whatever an agent commits with the person's key.
        guard case .agent(let pusher) = circumstances.pusherIdentity, !circumstances.submission.isDeployment,
            summary.agentCommits == summary.draftCommits, circumstances.actingDelegations(on: update, summary).isEmpty
        else { return [] }
        return [
            Finding(
                code, ref: update.update.ref,
                facts: .init(
                    agent: pusher.id, ask: circumstances.owners(of: pusher), operation: update.operation,
                    found: circumstances.pusher?.login))
        ]
    }
}

extension CommitCase {
    /// The strongest mark of a registered agent, under any of the names by which the catalogue knows it.
    func mark(of agent: Agent) -> ByteString? {
        mark(of: agent.id) ?? agent.marks.lazy.compactMap { mark(of: $0) }.first
    }
}
