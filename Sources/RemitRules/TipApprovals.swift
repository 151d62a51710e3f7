package import RemitAuthority
package import RemitModel

/// The approvals of what an update would leave: of one exact commit and its tree.
///
/// An approval of the tip covers everything that the update brings, since nobody can look at the one without the other.
package struct TipApprovals: Sendable {
    package let commit: ObjectID
    package let tree: ObjectID
    /// Other commits whose approvals are as good, and their trees: what brings the very same to the ref.
    package let standIns: [ObjectID: ObjectID]
    package let given: RecordsOfCommit<VerifiedApproval>
    /// Approvals of other commits of the update, looked up where the tip has none: they say what was looked at instead.
    package let earlier: [VerifiedApproval]

    package init(
        commit: ObjectID, tree: ObjectID, standIns: [ObjectID: ObjectID] = [:],
        given: RecordsOfCommit<VerifiedApproval>, earlier: [VerifiedApproval] = []
    ) {
        self.commit = commit
        self.tree = tree
        self.standIns = standIns
        self.given = given
        self.earlier = earlier
    }

    /// The tree of the commit that an approval is of; `nil` where that commit is not the one to approve.
    package func tree(approvedBy approval: Approval) -> ObjectID? {
        approval.commit == commit ? tree : standIns[approval.commit]
    }
}
