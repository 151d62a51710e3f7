package import RemitModel

/// The commits between some points of a history and another.
package struct CommitRange: Sendable {
    /// Parents before their children.
    package let commits: [ObjectID]
    /// Their parents that are not among them: each is an ancestor of the range's end.
    package let boundary: Set<ObjectID>

    package init(commits: [ObjectID], boundary: Set<ObjectID>) {
        self.commits = commits
        self.boundary = boundary
    }
}
