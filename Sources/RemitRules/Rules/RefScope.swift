import RemitAuthority
import RemitModel

/// Refuses agent work on a ref that its delegation covers neither for acting nor for landing.
///
/// What to do: push to one of the granted refs, or ask the delegator for another grant.
struct RefScopeRule: Rule {
    let code = RuleCode.refScope

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let delegation = commit.delegation,
            case .outside(let grants) = circumstances.standing(of: delegation, on: update)
        else { return [] }
        return [
            finding(
                commit, update,
                .init(
                    delegation: delegation.id, agent: delegation.delegation.agent,
                    ask: [delegation.delegation.delegator],
                    granted: grants.flatMap(\.refs).map(\.description)
                        + grants.flatMap(\.mergeInto).map { "merge into \($0)" }))
        ]
    }
}
