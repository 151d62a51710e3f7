import RemitFormats
package import RemitModel
import RemitReport

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

/// What a gate in CI is asked about.
enum PipelineSubject: Hashable, Sendable {
    case merge(MergeSubmission)
    case deployment(DeploymentSubmission)
    /// Commits of a clone that cannot be read, so that they have no names.
    case unreadable(Submission)

    var submission: Submission {
        switch self {
        case .merge: .merge
        case .deployment(let deployment): .deployment(environment: deployment.environment)
        case .unreadable(let submission): submission
        }
    }

    var updates: [RefUpdate] {
        switch self {
        case .merge(let merge): [merge.update]
        case .deployment(let deployment): [deployment.update]
        case .unreadable: []
        }
    }

    /// The delegation under which an agent's account starts the job, as it is named.
    var delegation: ByteString? { if case .deployment(let deployment) = self { deployment.delegation } else { nil } }
}

extension PipelineSubject: Archivable {
    var archived: JSONText {
        switch self {
        case .merge(let merge):
            .array([
                "merge".archived, merge.target.archived, merge.base.archived, merge.head.archived,
                merge.result.archived,
            ])
        case .deployment(let deployment):
            .array([
                "deployment".archived, deployment.environment.archived, deployment.commit.archived,
                deployment.since.archived, deployment.isRollback.archived, deployment.remote.archived,
                deployment.delegation.archived,
            ])
        case .unreadable(let submission): .array([submission.word.archived, submission.environment.archived])
        }
    }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived, let word = values.first.flatMap(String.init(archived:)) else {
            return nil
        }
        switch (word, values.count) {
        case ("merge", 2): self = .unreadable(.merge)
        case ("deployment", 2):
            guard let environment = String(archived: values[1]) else { return nil }
            self = .unreadable(.deployment(environment: environment))
        case ("merge", 5):
            guard let target = ByteString(archived: values[1]), let base = ObjectID(archived: values[2]),
                let head = ObjectID(archived: values[3]), let result = ObjectID?(archived: values[4])
            else { return nil }
            self = .merge(MergeSubmission(target: target, base: base, head: head, result: result))
        case ("deployment", 7):
            guard let environment = String(archived: values[1]), let commit = ObjectID(archived: values[2]),
                let since = ObjectID?(archived: values[3]), let isRollback = Bool(archived: values[4]),
                let remote = String(archived: values[5]), let delegation = ByteString?(archived: values[6])
            else { return nil }
            self = .deployment(
                DeploymentSubmission(
                    environment: environment, commit: commit, since: since, isRollback: isRollback, remote: remote,
                    delegation: delegation))
        default: return nil
        }
    }
}
