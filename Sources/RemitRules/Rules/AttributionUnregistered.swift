import RemitAuthority
import RemitModel

/// Refuses work of an agent that the organisation's inventory does not know, or only tells of it.
///
/// An agent without an owner has nobody to answer for it. What to do: have an administrator register it with
/// `remit agent add`, or take the mark out if no such agent took part. With `unregistered = "monitor"` a commit of which
/// nothing else says that an agent made it is told of and let through; a registered agent cannot hide behind such a mark.
struct AttributionUnregisteredRule: Rule {
    let code = RuleCode.attributionUnregistered

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        commit.agents.compactMap { agent in
            switch agent {
            case .registered: nil
            case .unregistered(let id):
                finding(
                    commit, update,
                    .init(agent: id, ask: circumstances.administrators, found: commit.mark(of: id)))
            case .rejected(let id, let reason):
                finding(commit, update, .init(agent: id, ask: circumstances.administrators, reason: reason))
            }
        }
    }
}

extension AttributionUnregisteredRule {
    func reaction(
        to finding: Finding, about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> Reaction { commit.isObserved ? .monitor : .refuse }
}

extension CommitCase {
    /// The strongest mark of one agent.
    func mark(of agent: String) -> ByteString? {
        attribution.evidence.filter { $0.agent == agent }
            .max { ($0.strength, $0.confidence) < ($1.strength, $1.confidence) }?.excerpt
    }
}
