import RemitGit
import RemitModel
import RemitRules

/// Works out how a commit stands to what is deployed, and to the refs from which it may be.
struct DeploymentReading {
    let reader: GitReader

    /// A deployment, ready to be read for its commits.
    struct Place {
        let update: RefUpdate
        let deployment: DeploymentCase
    }

    /// - Parameter environment: `nil` where the policy does not name it, and nothing can be looked up.
    func place(
        of submission: DeploymentSubmission, in environment: EnvironmentPolicy?,
        after recollection: RememberedDeployment.Recollection
    ) throws(GateError) -> Place {
        let (commit, since) = (submission.commit, submission.since)
        let refs = try environment.map { environment throws(GateError) in
            try self.refs(of: environment, on: submission.remote)
        }
        return try GateError.reading(submission.update.ref) { () throws(GitError) in
            let remembered = recollection.verified?.commit
            let deployed = remembered ?? since
            let course = try course(of: commit, after: deployed)
            var isSinceAhead = false
            if let since, let remembered { isSinceAhead = try !reader.repository.isAncestor(since, of: remembered) }
            // INVARIANT: what is left out lies below the commit and below what is known to be deployed. Where the
            // deployment leads nowhere new, that says nothing of what was revoked since, and all of it is judged again.
            var judgedFrom: ObjectID?
            if case .forward(let deployed) = course, !submission.isRollback {
                judgedFrom = isSinceAhead ? deployed : since ?? deployed
            } else if let since, since != commit, !isSinceAhead, try reader.repository.isAncestor(since, of: commit) {
                judgedFrom = since
            }
            return Place(
                update: RefUpdate(ref: submission.update.ref, old: deployed ?? .zero, new: commit),
                deployment: DeploymentCase(
                    commit: commit, course: course, recollection: recollection, since: since,
                    isSinceAhead: isSinceAhead, isRollback: submission.isRollback, refs: refs?.map(\.name) ?? [],
                    isMerged: try refs.map { refs throws(GitError) in try self.holds(commit, refs) } ?? false,
                    judgedFrom: judgedFrom))
        }
    }

    private func course(
        of commit: ObjectID, after deployed: ObjectID?
    ) throws(GitError) -> DeploymentCase.Course {
        guard let deployed else { return .first }
        if deployed == commit { return .again }
        if try reader.repository.isAncestor(deployed, of: commit) { return .forward(from: deployed) }
        return try reader.repository.isAncestor(commit, of: deployed) ? .back(from: deployed) : .aside(from: deployed)
    }

    // MARK: From where

    /// The refs from which an environment may be deployed, by the names that they have at the host.
    ///
    /// A branch of the clone itself proves nothing: anybody can make one. Only a bare repository that tracks no remote
    /// is a copy of its host's, or the host's own.
    func refs(
        of environment: EnvironmentPolicy, on remote: String
    ) throws(GateError) -> [(name: ByteString, id: ObjectID)] {
        let found = try GateError.reading { () throws(GitError) in
            let tracked = try reader.repository.references(prefix: ByteString("refs/remotes/\(remote)/"))
            let branches =
                if tracked.isEmpty, try isBare, try reader.repository.references(prefix: "refs/remotes/").isEmpty {
                    try reader.repository.references(prefix: "refs/heads/")
                } else {
                    tracked.compactMap { Self.atHost($0, remote) }
                }
            return branches + (try reader.repository.references(prefix: "refs/tags/"))
        }
        return found.filter { ref in environment.deployFrom.contains { $0.matches(ref.name) } }
    }

    private var isBare: Bool {
        get throws(GitError) { try reader.repository.configuration("core.bare").last == "true" }
    }

    /// A remote's branch by its name there; its `HEAD` only says which branch is its default.
    private static func atHost(
        _ ref: (name: ByteString, id: ObjectID), _ remote: String
    ) -> (name: ByteString, id: ObjectID)? {
        let branch = ref.name.bytes.dropFirst("refs/remotes/\(remote)/".utf8.count)
        guard !branch.elementsEqual("HEAD".utf8) else { return nil }
        return (ByteString(Array("refs/heads/".utf8) + branch), ref.id)
    }

    func holds(_ commit: ObjectID, _ refs: [(name: ByteString, id: ObjectID)]) throws(GitError) -> Bool {
        for (name, id) in refs {
            let tip = try reader.repository.peel(id)
            guard tip.kind == .commit else { continue }
            if tip.id == commit { return true }
            // A tag says that this one commit may go; its history was tagged by nobody.
            if !name.starts(with: "refs/tags/"), try reader.repository.isAncestor(commit, of: tip.id) { return true }
        }
        return false
    }
}
