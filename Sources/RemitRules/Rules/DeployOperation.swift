import RemitAuthority
import RemitModel

/// Refuses a deployment that an agent's account starts without a grant for it.
///
/// Work that may reach an environment is one thing, an agent that decides when it does is another: the operation
/// `deploy` and the environment must stand in one grant of a delegation that is in force now.
/// What to do: let a person start the job, or name such a delegation with `--delegation`.
struct DeployOperationRule: Rule {
    let code = RuleCode.scopeOperation

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let environment = circumstances.submission.environment,
            case .agent(let agent) = circumstances.pusherIdentity,
            let reason = refusal(of: agent, to: environment, circumstances)
        else { return [] }
        var facts = Finding.Facts(
            agent: agent.id, ask: circumstances.owners(of: agent), operation: .deploy, reason: reason,
            environment: environment)
        if case .verified(let verified)? = circumstances.pushDelegation {
            facts.delegation = verified.id
            facts.ask = [verified.delegation.delegator]
        }
        return [Finding(code, ref: update.update.ref, facts: facts)]
    }

    /// Why an agent may not start the deployment; `nil` when it may.
    private func refusal(
        of agent: AgentStanding, to environment: String, _ circumstances: Circumstances
    ) -> String? {
        let verified: VerifiedDelegation
        switch circumstances.pushDelegation {
        case nil: return "it names no delegation"
        case .unknown: return "the authority does not hold the delegation that it names"
        case .rejected(_, _, let reason): return reason
        case .verified(let named): verified = named
        }
        let delegation = verified.delegation
        if verified.agent.registered == nil { return "the inventory does not hold its agent" }
        if delegation.agent != agent.id { return "the delegation is for agent '\(delegation.agent)'" }
        if let revocation = verified.revocation { return "it was revoked: \(verified.cause(of: revocation))" }
        for registered in verified.registeredAgents {
            if let suspension = registered.suspension {
                return "agent '\(registered.agent.id)' is suspended: \(suspension.reason)"
            }
            if registered.agent.status != .active {
                return "the inventory says agent '\(registered.agent.id)' is \(registered.agent.status.rawValue)"
            }
            if registered.agent.reviewBy <= circumstances.now {
                return "the review of agent '\(registered.agent.id)' was due at \(registered.agent.reviewBy)"
            }
        }
        if circumstances.now >= delegation.expiresAt { return "it expired at \(delegation.expiresAt)" }
        if circumstances.now < delegation.issuedAt { return "it is valid only from \(delegation.issuedAt)" }
        let grants = Standing(of: delegation, reaching: environment, in: circumstances.repository.name).grants
        if grants.isEmpty { return "it does not name environment '\(environment)' for this repository" }
        return grants.contains { $0.operations.contains(.deploy) } ? nil : "it does not grant 'deploy'"
    }
}
