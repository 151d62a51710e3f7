import CLibgit2
package import RemitModel

/// What a tag leads to.
package struct Peeled: Hashable, Sendable {
    /// The annotated tags on the way, outermost first; empty when the object was no tag.
    package let tags: [ObjectID]
    package let kind: ObjectKind
    package let id: ObjectID

    package init(tags: [ObjectID], kind: ObjectKind, id: ObjectID) {
        self.tags = tags
        self.kind = kind
        self.id = id
    }
}

extension Repository {
    /// Tags of tags are a curiosity; a longer chain is an attempt to keep us busy.
    package static let tagDepthLimit = 16

    /// Follows annotated tags to the first object that is none.
    package func peel(_ id: ObjectID) throws(GitError) -> Peeled {
        var tags: [ObjectID] = []
        var current = id
        while true {
            let kind = try kind(of: current)
            guard kind == .tag else { return Peeled(tags: tags, kind: kind, id: current) }
            guard tags.count < Self.tagDepthLimit else {
                throw GitError(.limit, "peel", "tag \(id) leads through more than \(Self.tagDepthLimit) tags")
            }
            tags.append(current)
            current = try headerID(of: current, .tag, key: "object ")
        }
    }

    /// The tree of a commit, as its first line says.
    package func tree(of commit: ObjectID) throws(GitError) -> ObjectID {
        try headerID(of: commit, .commit, key: "tree ")
    }

    /// The commits that `new` reaches and none of `excluding` does: parents before their children, always.
    ///
    /// Exact, whatever dates the commits claim. Tags are peeled on both sides. An excluded tree or blob excludes nothing; an excluded object that is missing is
    /// an error. A walk that breaks off is an error too, never the end: commits would go unjudged.
    package func history(of new: ObjectID, excluding: [ObjectID] = []) throws(GitError) -> [ObjectID] {
        try range(to: new, excluding: excluding).commits
    }

    /// The same commits in no order; `nil` where there are more than so many.
    package func history(
        of new: ObjectID, excluding: [ObjectID], atMost limit: Int
    ) throws(GitError) -> [ObjectID]? {
        let walk = try revisionWalk(of: new, excluding: excluding)
        var commits: [ObjectID] = []
        while let commit = try Self.next(walk) {
            try stopwatch.require()
            guard commits.count < limit else { return nil }
            commits.append(commit)
        }
        return try withoutLateExclusions(commits, excluding).commits
    }

    /// The same commits, and where they meet the rest of the history.
    package func range(to new: ObjectID, excluding: [ObjectID]) throws(GitError) -> CommitRange {
        let walk = try revisionWalk(of: new, excluding: excluding)
        try Libgit2.call("git_revwalk_sorting") {
            unsafe git_revwalk_sorting(walk.pointer, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue)
        }
        var commits: [ObjectID] = []
        while let commit = try Self.next(walk) {
            try stopwatch.require()
            commits.append(commit)
        }
        return try withoutLateExclusions(commits, excluding)
    }

    /// Whether a commit is reachable from another; every commit is from itself.
    package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
        let (older, newer) = (try commit(ancestor), try commit(descendant))
        if older == newer { return true }
        return try isReachable(older, from: [newer])
    }

    /// The best common ancestors of two commits, ordered by id; none when their histories are unrelated.
    package func mergeBases(_ one: ObjectID, _ two: ObjectID) throws(GitError) -> [ObjectID] {
        var (first, second) = (try commit(one).oid, try commit(two).oid)
        var found = unsafe git_oidarray()
        let result = unsafe git_merge_bases(&found, handle.pointer, &first, &second)
        defer { unsafe git_oidarray_dispose(&found) }
        // "No base" and "object missing" share a code; only the first is of the class of merges.
        if result == GIT_ENOTFOUND.rawValue, let last = unsafe git_error_last(),
            unsafe last.pointee.klass == GIT_ERROR_MERGE.rawValue
        {
            git_error_clear()
            return []
        }
        try Libgit2.call("git_merge_bases", about: "\(one) and \(two)") { result }
        return unsafe UnsafeBufferPointer(start: found.ids, count: found.count).map { ObjectID($0) }.sorted()
    }

    func revisionWalk(of new: ObjectID, excluding: [ObjectID]) throws(GitError) -> Handle {
        let repository = unsafe handle.pointer
        let walk = try unsafe Handle("git_revwalk_new", release: git_revwalk_free) {
            unsafe git_revwalk_new(&$0, repository)
        }
        var start = try commit(new).oid
        try Libgit2.call("git_revwalk_push", about: new.hex) { unsafe git_revwalk_push(walk.pointer, &start) }
        for id in try commits(among: excluding) {
            var hidden = id.oid
            try Libgit2.call("git_revwalk_hide", about: id.hex) { unsafe git_revwalk_hide(walk.pointer, &hidden) }
        }
        return walk
    }

    /// The commits that ids lead to; trees and blobs are left out.
    func commits(among ids: [ObjectID]) throws(GitError) -> [ObjectID] {
        var commits: [ObjectID] = []
        for id in ids {
            let peeled = try peel(id)
            if peeled.kind == .commit { commits.append(peeled.id) }
        }
        return commits
    }

    static func next(_ walk: borrowing Handle) throws(GitError) -> ObjectID? {
        var id = git_oid()
        let result = unsafe git_revwalk_next(&id, walk.pointer)
        if result == GIT_ITEROVER.rawValue { return nil }
        try Libgit2.call("git_revwalk_next") { result }
        return ObjectID(id)
    }

    private func commit(_ id: ObjectID) throws(GitError) -> ObjectID {
        let peeled = try peel(id)
        guard peeled.kind == .commit else { throw Self.wrongKind(peeled.id, peeled.kind, .commit) }
        return peeled.id
    }

    /// The id on the first line of a commit or tag.
    private func headerID(of id: ObjectID, _ kind: ObjectKind, key: StaticString) throws(GitError) -> ObjectID {
        try read(id, expecting: kind) { (bytes) throws(GitError) in
            guard let target = HeaderLine.id(in: bytes, at: 0, key: key) else { throw Self.malformed(id, kind) }
            return target
        }
    }

    private static func malformed(_ id: ObjectID, _ kind: ObjectKind) -> GitError {
        GitError(.corrupt, "read", "\(kind.rawValue) \(id) does not begin as it must")
    }
}
