package import RemitAuthority
package import RemitModel

/// What a submission takes out of one delegation's limits, and what earlier ones took.
package struct Usage: Sendable {
    package let delegation: VerifiedDelegation
    /// How many commits name it themselves, counted before or not.
    package let commits: Int
    package let expense: Expense
    /// The first of the refs that it was used on.
    package let ref: ByteString?
    /// The delegation that acts, where this one is only above it.
    package let child: RecordID?

    package init(_ charge: Charge, after past: Past) {
        delegation = charge.delegation
        commits = charge.ownCommits
        expense = charge.expense(after: past)
        ref = charge.ref
        child = charge.child
    }
}
