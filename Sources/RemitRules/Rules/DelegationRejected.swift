import RemitAuthority
import RemitModel

/// Refuses a commit whose delegation record must not be believed, for one of the reasons that do not depend on time.
///
/// - `delegation.signature`: the record is malformed, or its signature is missing, bad, or not the delegator's.
/// - `delegation.delegator`: the delegator may not grant this: no role, or a role that is narrower.
/// - `delegation.chain`: it is a sub-delegation whose parent is not believed, whose signer holds no key of the parent,
///   or which is wider than the parent in some respect.
///
/// What to do: ask the delegator to grant anew within their role, or hand on less.
struct DelegationRejectedRule: Rule {
    let code: RuleCode

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard case .one(.rejected(let id, code, let reason), _) = commit.claim else { return [] }
        return [
            finding(commit, update, .init(delegation: id, ask: circumstances.administrators, reason: reason))
        ]
    }
}
