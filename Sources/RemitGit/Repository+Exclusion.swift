import CLibgit2
package import RemitModel

/// Making a range exact where commits lie about their dates.
///
/// Like git's, libgit2's walk goes by commit date and stops soon after everything left is excluded. A commit that is
/// older than its own parent, as it says, can be reached too late to exclude that parent. The range is then too large,
/// never too small; yet one such commit on a branch would have old history judged again with every later push.
extension Repository {
    /// More starting points than any push that is not made to be slow.
    private static let checkedStarts = 64

    /// Takes out the commits that an excluded one reaches after all.
    ///
    /// Whatever is wrongly in the range has its parents there as well, down to a commit without any: so asking for
    /// those few is enough to know that nothing is wrong, and the whole excluded history is walked only if it is.
    func withoutLateExclusions(_ range: [ObjectID], _ excluding: [ObjectID]) throws(GitError) -> CommitRange {
        let excluded = try commits(among: excluding)
        guard !excluded.isEmpty, !range.isEmpty else { return CommitRange(commits: range, boundary: []) }
        let members = Set(range)
        let (starts, boundary) = try edges(of: range, members)
        var isExact = starts.count <= Self.checkedStarts
        for start in starts where isExact { isExact = try !isReachable(start, from: excluded) }
        if isExact { return CommitRange(commits: range, boundary: boundary) }

        var late: Set<ObjectID> = []
        for commit in excluded {
            let walk = try revisionWalk(of: commit, excluding: [])
            while let reached = try Self.next(walk) {
                try stopwatch.require()
                if members.contains(reached) { late.insert(reached) }
            }
        }
        let left = range.filter { !late.contains($0) }
        return CommitRange(commits: left, boundary: try edges(of: left, members.subtracting(late)).boundary)
    }

    /// The commits without a parent among them, and the parents that are not among them.
    private func edges(
        of range: [ObjectID], _ members: Set<ObjectID>
    ) throws(GitError) -> (starts: [ObjectID], boundary: Set<ObjectID>) {
        var starts: [ObjectID] = []
        var boundary: Set<ObjectID> = []
        for commit in range {
            var isStart = true
            for parent in try parents(of: commit) {
                if members.contains(parent) { isStart = false } else { boundary.insert(parent) }
            }
            if isStart { starts.append(commit) }
        }
        return (starts, boundary)
    }

    /// Whether any of some commits reaches a commit; none of them is that commit.
    ///
    /// Decided by painting down to the common ancestors, which no date misleads.
    func isReachable(_ commit: ObjectID, from descendants: [ObjectID]) throws(GitError) -> Bool {
        var id = commit.oid
        let ids = descendants.map(\.oid)
        return try Libgit2.call("git_graph_reachable_from_any", about: commit.hex) {
            unsafe git_graph_reachable_from_any(handle.pointer, &id, ids, ids.count)
        } == 1
    }

    /// The parents of a commit, as its lines after the first say.
    package func parents(of commit: ObjectID) throws(GitError) -> [ObjectID] {
        try read(commit, expecting: .commit) { (bytes) throws(GitError) in Self.parents(in: bytes) }
    }

    /// The same, of a commit's bytes; none where those do not begin as a commit's do.
    static func parents(in commit: RawSpan) -> [ObjectID] {
        var parents: [ObjectID] = []
        var position = HeaderLine.length(of: "tree ")
        while let id = HeaderLine.id(in: commit, at: position, key: "parent ") {
            parents.append(id)
            position += HeaderLine.length(of: "parent ")
        }
        return parents
    }
}
