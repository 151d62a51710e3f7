import RemitModel
import RemitReport

/// What a person is about to approve, as far as their clone of the repository can tell.
struct ApprovedWork {
    let commit: ObjectID
    let tree: ObjectID
    let subject: String
    /// What the commit brings beyond the remote's branches, and how many of those commits name a delegation; `nil`
    /// where the clone has no such branch.
    let brings: (commits: Int, delegated: Int)?

    init(_ revision: String, _ git: Git) throws(AppError) {
        commit = try Clone(git).commit(revision)
        let tree = try git.run(["rev-parse", "--verify", "\(commit.hex)^{tree}"]).text
        guard let tree = ObjectID(hex: tree) else {
            throw AppError("'\(revision)' has no tree that Remit can name", status: .undecided)
        }
        self.tree = tree
        subject = try git.run(["log", "-1", "--no-show-signature", "--format=%s", commit.hex, "--"]).text
        brings = try Self.brings(commit, git)
    }

    /// Counted from the default branch of the remote, where the work is to land.
    private static func brings(_ commit: ObjectID, _ git: Git) throws(AppError) -> (commits: Int, delegated: Int)? {
        let clone = Clone(git)
        let remote = try clone.remote()
        for branch in ["HEAD", "main", "master"] {
            guard let base = try clone.find("refs/remotes/\(remote)/\(branch)") else { continue }
            let range = ["\(base.hex)..\(commit.hex)", "--"]
            let all = try git.run(["rev-list", "--count"] + range).text
            let delegated = try git.run(
                ["rev-list", "--count", "--extended-regexp", "--regexp-ignore-case", "--grep=^Delegation: *[^ ]"]
                    + range
            ).text
            guard let all = Int(all), let delegated = Int(delegated) else { return nil }
            return (all, delegated)
        }
        return nil
    }

    /// In one line, for the person who signs.
    var words: String {
        let what = "commit \(commit.abbreviated) '\(subject)'"
        guard let brings else { return what }
        let commits = brings.commits == 1 ? "1 commit" : "\(brings.commits) commits"
        return "\(what), which brings \(commits) to the default branch, \(brings.delegated) of them under a delegation"
    }
}
