package import RemitAuthority
package import RemitModel

/// The approvals of what an update would leave: of one exact commit and its tree.
///
/// An approval of the tip covers everything that the update brings, since nobody can look at the one without the other.
package struct TipApprovals: Sendable {
    package let commit: ObjectID
    package let tree: ObjectID
    package let given: RecordsOfCommit<VerifiedApproval>
    /// Approvals of other commits of the update, looked up where the tip has none: they say what was looked at instead.
    package let earlier: [VerifiedApproval]

    package init(
        commit: ObjectID, tree: ObjectID, given: RecordsOfCommit<VerifiedApproval>, earlier: [VerifiedApproval] = []
    ) {
        self.commit = commit
        self.tree = tree
        self.given = given
        self.earlier = earlier
    }
}
