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
    /// What is deployed now; `nil` for the first deployment, which is judged from the baseline on.
    package let deployed: ObjectID?
    package let commit: ObjectID

    package init(environment: String, deployed: ObjectID?, commit: ObjectID) {
        self.environment = environment
        self.deployed = deployed
        self.commit = commit
    }

    /// The ref under which Remit remembers what is deployed.
    package static func ref(of environment: String) -> ByteString {
        ByteString("refs/remit/deployed/\(environment)")
    }

    /// The ref update that it comes to.
    var update: RefUpdate {
        RefUpdate(ref: Self.ref(of: environment), old: deployed ?? .zero, new: commit)
    }
}
