import RemitAuthority
import RemitModel

/// Refuses agent work that would reach an environment which no delegation names for it.
///
/// The policy says for each environment what agents' changes need: `delegated` (a grant for the repository names it),
/// `approved` (that, or the approval of so many persons who are none of its authors), or `any`. An assistant's draft has
/// no delegation. What to do: make the change anew under a delegation that names the environment, or have the commit to
/// deploy approved where the policy lets persons do that.
struct ScopeEnvironmentRule: Rule {
    let code = RuleCode.scopeEnvironment

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let environment = circumstances.environment, environment.agents != .any,
            circumstances.lacksEnvironment(commit, on: update)
        else { return [] }
        var facts = facts(of: commit, circumstances)
        facts.environment = environment.name
        if let question = circumstances.reaching(commit, on: update) {
            let answer = circumstances.answer(question, on: update)
            guard !answer.isEnough else { return [] }
            facts.limit = question.count
            facts.used = answer.approvers.count
            facts.ask = circumstances.askedToApprove(question, answer, on: update)
            facts.tip = update.approvals?.commit
            facts.reason = ([facts.reason].compactMap(\.self) + (update.approvals?.reasons(answer) ?? []))
                .joined(separator: "; ")
        }
        return [finding(commit, update, facts)]
    }

    private func facts(of commit: CommitCase, _ circumstances: Circumstances) -> Finding.Facts {
        guard let verified = commit.delegation else {
            let agents = commit.agents.compactMap(\.registered).map(\.agent)
            return .init(
                agent: agents.first?.id, ask: agents.first?.owners ?? circumstances.administrators,
                reason: "it names no delegation")
        }
        let grants = verified.delegation.grants.filter { $0.repository == circumstances.repository.name }
        let named = Set(grants.flatMap(\.environments)).sorted()
        return .init(
            delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
            granted: named, reason: named.isEmpty ? "its delegation names no environment" : nil)
    }
}

extension TipApprovals {
    /// Why approvals that are there do not help: no role, or a record that counts for nothing.
    fileprivate func reasons(_ answer: ApprovalAnswer) -> [String] {
        answer.setAside(.outsideRole).map { "\($0) has no role to approve it" } + given.faults.prefix(1)
    }
}
