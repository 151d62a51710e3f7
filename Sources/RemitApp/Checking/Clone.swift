import RemitModel
import RemitReport

/// A clone, as far as git itself has to be asked what a name means.
struct Clone {
    private let git: Git

    init(_ git: Git) {
        self.git = git
    }

    struct Upstream {
        let remote: String
        /// The ref on the remote.
        let ref: String
        /// What was fetched of it last.
        let tip: ObjectID?
    }

    /// The branch that HEAD is on, by its full name.
    func branch() throws(AppError) -> String? {
        let output = try git.attempt(["symbolic-ref", "-q", "HEAD"])
        return output.status == 0 && output.text.hasPrefix("refs/heads/") ? output.text : nil
    }

    func upstream(of branch: String) throws(AppError) -> Upstream? {
        let name = branch.dropFirst("refs/heads/".count)
        guard let remote = try git.configuration("branch.\(name).remote"), remote != ".",
            let ref = try git.configuration("branch.\(name).merge")
        else { return nil }
        return Upstream(remote: remote, ref: ref, tip: try find("\(branch)@{upstream}"))
    }

    /// The remote where the branch names none: the only one, or `origin`.
    func remote() throws(AppError) -> String {
        let remotes = try git.attempt(["remote"]).text.split(separator: "\n")
        return remotes.count == 1 ? String(remotes[0]) : "origin"
    }

    func commit(_ revision: String) throws(AppError) -> ObjectID {
        guard let id = try find(revision) else {
            throw AppError(
                "'\(revision)' is not a commit of this repository", hint: "'git log' shows those that there are",
                status: .usage)
        }
        return id
    }

    /// The object that a full id names, whether the clone has it or not; what any other text does as a commit.
    func object(_ revision: String) throws(AppError) -> ObjectID {
        if let id = ObjectID(hex: revision) { return id }
        return try commit(revision)
    }

    func find(_ revision: String) throws(AppError) -> ObjectID? {
        guard !revision.isEmpty, !revision.hasPrefix("-") else { return nil }
        return ObjectID(hex: try git.attempt(["rev-parse", "--verify", "-q", "\(revision)^{commit}"]).text)
    }

    /// Whether a commit is another, or in its history.
    func holds(_ commit: ObjectID, in tip: ObjectID) throws(AppError) -> Bool {
        try mergeBase(commit, tip) == commit
    }

    func mergeBase(_ left: ObjectID, _ right: ObjectID) throws(AppError) -> ObjectID? {
        ObjectID(hex: try git.attempt(["merge-base", left.hex, right.hex]).text)
    }
}
