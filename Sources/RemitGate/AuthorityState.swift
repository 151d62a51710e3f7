import RemitAuthority
import RemitModel

/// How far an authority has come: a server never goes back behind what it has once decided under.
struct AuthorityState: Hashable {
    /// The version of the root in force.
    let root: Int
    /// The version of the policy, which always has the same bytes.
    let policy: Int
    let policyID: RecordID

    init(_ authority: Authority) {
        root = authority.root.version
        policy = authority.policy.version
        policyID = authority.policyID
    }
}
