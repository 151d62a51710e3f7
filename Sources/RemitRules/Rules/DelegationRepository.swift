import RemitAuthority
import RemitModel

/// Refuses work under a delegation that is for other repositories.
///
/// What to do: push to the repository that the delegation names, or ask for a grant for this one.
struct DelegationRepositoryRule: Rule {
    let code = RuleCode.delegationRepository

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation,
            case .elsewhere = circumstances.standing(of: verified, on: update)
        else { return [] }
        return [
            finding(
                commit, update,
                .init(
                    delegation: verified.id, agent: verified.delegation.agent,
                    ask: [verified.delegation.delegator],
                    granted: Set(verified.delegation.grants.map(\.repository)).sorted(),
                    found: ByteString(circumstances.repository.name)))
        ]
    }
}
