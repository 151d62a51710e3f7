package import RemitModel

/// Commits that would land on a branch, as a CI job knows them.
package struct MergeSubmission: Hashable, Sendable {
    /// The branch that would be merged into, a full name.
    package let target: ByteString
    /// Where that branch stands.
    package let base: ObjectID
    /// The tip of what would be merged.
    package let head: ObjectID
    /// What the host would make of both, where it says so: a merge, a squash, the last commit of a rebase.
    package let result: ObjectID?

    package init(target: ByteString, base: ObjectID, head: ObjectID, result: ObjectID? = nil) {
        self.target = target
        self.base = base
        self.head = head
        self.result = result
    }

    /// The ref update that it comes to.
    var update: RefUpdate { RefUpdate(ref: target, old: base, new: result ?? head) }
}

/// A commit that would be deployed, as a CI job knows it.
package struct DeploymentSubmission: Hashable, Sendable {
    package let environment: String
    package let commit: ObjectID
    /// What the job says is deployed now; where a deployment is remembered, it may only widen what is judged.
    ///
    /// Without either, everything since the baseline is judged.
    package let since: ObjectID?
    /// Whether going back to an earlier commit is meant.
    package let isRollback: Bool
    /// The remote of the clone whose branches are the host's.
    package let remote: String
    /// The delegation under which an agent's account starts the job, as it is named.
    package let delegation: ByteString?

    package init(
        environment: String, commit: ObjectID, since: ObjectID? = nil, isRollback: Bool = false,
        remote: String = "origin", delegation: ByteString? = nil
    ) {
        self.environment = environment
        self.commit = commit
        self.since = since
        self.isRollback = isRollback
        self.remote = remote
        self.delegation = delegation
    }

    /// The ref under which Remit remembers what is deployed.
    package static func ref(of environment: String) -> ByteString {
        ByteString("refs/remit/deployed/\(environment)")
    }

    /// The ref update that it comes to.
    var update: RefUpdate {
        RefUpdate(ref: Self.ref(of: environment), old: since ?? .zero, new: commit)
    }
}
