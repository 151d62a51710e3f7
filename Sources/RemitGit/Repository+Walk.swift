package import RemitModel

/// A walk over a history that comes to each commit once, in no order.
///
/// Its memory is that of the ids: 24 bytes a commit, and what a set keeps free.
package struct CommitWalk: Sendable {
    /// Commits whose parents are not there, and are not asked for.
    package let cut: Set<ObjectID>
    /// All that the walk has come to.
    fileprivate var visited: Set<ObjectID> = []
    fileprivate var waiting: [ObjectID] = []

    package init(cut: Set<ObjectID> = []) {
        self.cut = cut
    }

    /// Goes on to commits, as far as it has not come to them.
    package mutating func add(_ commits: some Sequence<ObjectID>) {
        for commit in commits where visited.insert(commit).inserted { waiting.append(commit) }
    }

    fileprivate mutating func next() -> ObjectID? { waiting.popLast() }
}

extension Repository {
    /// The next commit of a walk and its bytes, as they are in the object.
    ///
    /// Each is read once, and its parents are those of its own bytes: neither a commit-graph nor replaced or grafted
    /// parents are heeded. A commit that is missing is an error that names it.
    package func next(_ walk: inout CommitWalk) throws(GitError) -> (id: ObjectID, bytes: [UInt8])? {
        guard let id = walk.next() else { return nil }
        try stopwatch.require()
        let bytes = try read(id, expecting: .commit)
        if !walk.cut.contains(id) { walk.add(unsafe Self.parents(in: bytes.span.bytes)) }
        return (id, bytes)
    }

    /// The commits that a commit reaches and a walk has not come to.
    ///
    /// `nil` where one of them has no parent that is there: then the commit has its beginning for itself.
    package func own(of start: ObjectID, besides walk: CommitWalk) throws(GitError) -> [ObjectID]? {
        guard !walk.visited.contains(start) else { return [] }
        var own: Set<ObjectID> = [start]
        var waiting = [start]
        while let id = waiting.popLast() {
            try stopwatch.require()
            let parents = walk.cut.contains(id) ? [] : try parents(of: id)
            if parents.isEmpty { return nil }
            for parent in parents where !walk.visited.contains(parent) && own.insert(parent).inserted {
                waiting.append(parent)
            }
        }
        return own.sorted()
    }

    /// Visits every path that differs between two trees, as `changes(from:to:)` does; the visitor cannot end it.
    package func visitChanges(
        fromTree old: ObjectID?, toTree new: ObjectID, _ visit: (Change) -> Void
    ) throws(GitError) {
        var walk = TreeWalk()
        try walk.run(from: old?.oid, to: new.oid, in: self) { change in
            visit(change)
            return true
        }
    }
}
