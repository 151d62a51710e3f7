import RemitAuthority
import RemitModel

/// Refuses a change of a pipeline's definition that opens the door which the definition holds shut.
///
/// A gate taken out or put out of force, permissions or secrets that a job did not have, a definition that nobody can
/// read any more: refused even where a grant names the file, because editing a pipeline is not leaving it.
/// What to do: take that part of the change out, or let a person make it.
struct PipelineChangedRule: Rule {
    let code = RuleCode.pipelineChanged

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        findings(about: commit, on: update, circumstances) { $0.kind != .unguarded }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        findings(about: summary, on: update, circumstances) { $0.kind != .unguarded }
    }
}

extension Rule {
    /// What an agent's commit does to pipelines' definitions, less what an approver has let an assistant's draft do.
    func findings(
        about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances,
        where isMeant: (PipelineChange) -> Bool
    ) -> [Finding] {
        guard commit.isAgentAuthored else { return [] }
        var changes = commit.pipelineChanges.filter(isMeant)
        if case .none = commit.claim {
            changes.removeAll { circumstances.isApproved($0.path, ofDraft: commit, on: update) }
        }
        let delegation = commit.delegation
        let agent = commit.agents.first
        return changes.map { change in
            finding(
                commit, update, path: change.path,
                .init(
                    delegation: delegation?.id, agent: delegation?.delegation.agent ?? agent?.id,
                    ask: delegation.map { [$0.delegation.delegator] } ?? agent.map(circumstances.owners) ?? [],
                    reason: change.reason, tip: delegation == nil ? update.approvals?.commit : nil,
                    pipelineJob: change.job, line: change.line))
        }
    }

    /// The same of what an update leaves that no commit of it does.
    func findings(
        about summary: UpdateSummary, on update: UpdateCase, _ circumstances: Circumstances,
        where isMeant: (PipelineChange) -> Bool
    ) -> [Finding] {
        let acting = circumstances.actingDelegations(on: update, summary).first
        return summary.pipelineChanges.filter(isMeant).map { change in
            Finding(
                code, ref: update.update.ref, path: change.path,
                facts: .init(
                    delegation: acting?.id, agent: acting?.delegation.agent,
                    ask: acting.map { [$0.delegation.delegator] } ?? circumstances.administrators,
                    reason: change.reason, pipelineJob: change.job, line: change.line))
        }
    }
}
