import RemitGit
import RemitModel
import RemitRules

/// What commits make of their trees: which paths they change, by how much, and from which tree to which.
final class CommitTrees {
    private let reader: GitReader
    /// The commit examined last: mostly the next one's parent.
    private var last: (commit: ObjectID, tree: ObjectID)?

    init(_ reader: GitReader) {
        self.reader = reader
    }

    /// Keeps a commit's tree, so that its child need not read the commit again.
    func remember(_ commit: RawCommit, as id: ObjectID) {
        last = (id, commit.tree)
    }

    /// What a commit itself brings: against its parent, or for a merge what the merger decided.
    func changes(of commit: RawCommit, on update: UpdateCase) throws(GateError) -> [Change] {
        try GateError.reading(update.update.ref) { () throws(GitError) in
            guard commit.parents.count > 1 else {
                return try reader.repository.changes(fromTree: parentTree(of: commit), toTree: commit.tree)
            }
            var merge = MergeDecisions(reader, parents: commit.parents)
            return try merge.changes(to: commit.tree)
        }
    }

    /// The change of trees that a commit makes; `nil` for a merge, which has several bases, and for a tag: all tags
    /// change the same, so that having seen one proves nothing of another.
    func treeChange(of commit: RawCommit, on update: UpdateCase) throws(GateError) -> TreeChange? {
        guard commit.parents.count <= 1, commit.parents != [Repository.emptyTree] else { return nil }
        let base = try GateError.reading(update.update.ref) { () throws(GitError) in try parentTree(of: commit) }
        return TreeChange(from: base ?? Repository.emptyTree, to: commit.tree)
    }

    private func parentTree(of commit: RawCommit) throws(GitError) -> ObjectID? {
        // A tag is judged as a commit between two empty trees.
        guard let parent = commit.parents.first, parent != Repository.emptyTree else { return nil }
        if let last, last.commit == parent { return last.tree }
        return try reader.repository.tree(of: parent)
    }

    /// Lines added plus lines removed.
    func lines(of changes: [Change], on update: UpdateCase) throws(GateError) -> Int {
        var lines = 0
        for change in changes {
            let count = try GateError.reading(update.update.ref) { () throws(GitError) in
                try reader.repository.lineCounts(change)
            }
            lines += count.added + count.deleted
        }
        return lines
    }

    /// Bytes of the new contents of files.
    func bytes(of changes: [Change], on update: UpdateCase) throws(GateError) -> Int {
        var bytes = 0
        for entry in changes.compactMap(\.new) where entry.mode != .gitlink {
            bytes += try GateError.reading(update.update.ref) { () throws(GitError) in
                try reader.repository.size(of: entry.id)
            }
        }
        return bytes
    }
}
