package import RemitAuthority
import RemitModel

/// Who stands behind agents' work, and so cannot be the one who looks at it.
///
/// DESIGN.md section 3, "approvals": the delegator counts as an author, and so does whoever signs what an agent wrote.
package struct Authors: Sendable {
    /// Each person, and why they are an author.
    private var reasons: [String: String] = [:]
    /// Those who answer for the agents.
    private var owners: Set<String> = []
    /// Whether an agent's work names no delegation and carries no person's signature: then whoever pushes it is all
    /// that stands behind it.
    private var hasUnsignedDrafts = false

    package init() {}

    package init(of commit: CommitCase) {
        add(commit)
    }

    package mutating func add(_ commit: CommitCase) {
        guard commit.isAgentAuthored else { return }
        if let delegation = commit.delegation { add(delegation) }
        for agent in commit.agents.compactMap(\.registered) { owners.formUnion(agent.agent.owners) }
        if case .person(let id) = commit.signer {
            add(id, "\(id) signed it")
        } else if case .none = commit.claim {
            hasUnsignedDrafts = true
        }
    }

    /// A delegation under which something was done, and those above it.
    package mutating func add(_ verified: VerifiedDelegation) {
        for delegation in [verified] + verified.ancestors {
            let delegator = delegation.delegation.delegator
            add(delegator, "\(delegator) delegated it")
            owners.formUnion(delegation.agent.registered?.agent.owners ?? [])
        }
    }

    /// An agent that acts by its account alone.
    package mutating func add(_ agent: AgentStanding) {
        owners.formUnion(agent.registered?.agent.owners ?? [])
    }

    private mutating func add(_ person: String, _ reason: String) {
        if reasons[person] == nil { reasons[person] = reason }
    }

    /// The persons whose approval does not count, and why.
    ///
    /// - Parameters:
    ///   - pusher: the person who pushes, or starts the job of a deployment, where that is known.
    ///   - act: what that person does, in words.
    ///   - independent: whether the owners of the agents and the pusher do not count either.
    package func excluded(
        pusher: String?, act: String = "pushes it", independent: Bool
    ) -> [String: String] {
        var excluded = reasons
        if let pusher, excluded[pusher] == nil, independent || hasUnsignedDrafts {
            excluded[pusher] = "\(pusher) \(act)"
        }
        guard independent else { return excluded }
        for owner in owners where excluded[owner] == nil { excluded[owner] = "\(owner) owns the agent" }
        return excluded
    }
}
