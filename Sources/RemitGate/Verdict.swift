package import RemitModel
package import RemitRules

/// A submission that is judged but for what depends on earlier ones: what is left of the limits.
///
/// Deciding is pure, so that it can be done inside the ledger's transaction, and again where that failed.
package struct Verdict {
    package let repository: String
    /// Which commits were seen under which delegations.
    package let acts: [Judge.Act]
    /// Which changes were seen under which delegations, in whatever commits.
    package let changes: [Judge.SeenChange]
    /// What is asked of the limits of delegations.
    package let charges: [Charge]
    /// The digest of the push's certificate.
    package let certificate: RecordID?
    private let decision: (Past) -> Decision

    package init(_ judge: Judge, authority: ObjectID?, policyVersion: Int?, updates: [RefUpdate]) {
        repository = judge.repository
        acts = judge.acts
        changes = judge.changes
        charges = judge.charges
        certificate = judge.certificate
        decision = { past in
            var judge = judge
            return judge.decide(authority: authority, policyVersion: policyVersion, updates: updates, after: past)
        }
    }

    /// A decision that nothing can change any more.
    package init(_ finished: Decision) {
        repository = finished.repository
        acts = []
        changes = []
        charges = []
        certificate = nil
        decision = { _ in finished }
    }

    package func decide(after past: Past = .none) -> Decision { decision(past) }
}
