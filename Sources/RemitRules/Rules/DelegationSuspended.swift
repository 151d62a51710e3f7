import RemitAuthority
import RemitModel

/// Refuses work of an agent that is suspended or retired: the kill switch.
///
/// Work under a sub-delegation is stopped with the agents that handed it on.
/// While a suspension is in force nothing lands either; once the agent is resumed, its cause says what of the work that
/// was seen before does. What was seen of an agent that only its entry calls suspended or retired may still be landed,
/// and deployed.
/// What to do: ask the agent's owners.
struct DelegationSuspendedRule: Rule {
    let code = RuleCode.delegationSuspended

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        // What is deployed was seen when it landed.
        let landsSeenWork =
            circumstances.submission.isDeployment
            || commit.firstSeen != nil
                && commit.delegation.map { circumstances.standing(of: $0, on: update).isLanding } == true
        return commit.concernedAgents.compactMap { refusal(of: $0, landsSeenWork: landsSeenWork) }
            .map { finding(commit, update, $0) }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let agents = circumstances.pushedDelegation(on: update, summary)?.registeredAgents ?? []
        return agents.compactMap { refusal(of: $0, landsSeenWork: false) }
            .map { Finding(code, ref: update.update.ref, facts: $0) }
    }

    private func refusal(of verified: VerifiedAgent, landsSeenWork: Bool) -> Finding.Facts? {
        let agent = verified.agent
        if let suspension = verified.suspension {
            return .init(
                agent: agent.id, ask: agent.owners, at: suspension.issuedAt,
                reason: "\(suspension.cause.rawValue): \(suspension.reason)")
        }
        guard agent.status != .active, !landsSeenWork else { return nil }
        return .init(agent: agent.id, ask: agent.owners, reason: "the inventory says \(agent.status.rawValue)")
    }
}

extension CommitCase {
    /// Every registered agent that the commit concerns: by its marks, by its delegation, and by those above that.
    ///
    /// Each once.
    var concernedAgents: [VerifiedAgent] {
        var result = agents.compactMap(\.registered)
        for agent in delegation?.registeredAgents ?? [] where !result.contains(where: { $0.agent.id == agent.agent.id })
        {
            result.append(agent)
        }
        return result
    }
}
