import RemitAuthority
import RemitModel

/// Refuses a commit that names a delegation which the authority does not hold.
///
/// What to do: push the delegation to the authority first, or correct the `Delegation:` trailer.
struct DelegationUnknownRule: Rule {
    let code = RuleCode.delegationUnknown

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard case .one(.unknown, let named) = commit.claim else { return [] }
        return [finding(commit, update, .init(named: named, ask: circumstances.administrators))]
    }
}
