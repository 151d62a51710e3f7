import CLibgit2
package import RemitModel

extension Repository {
    /// The id of the tree without entries, which git knows even where it is not stored.
    package static let emptyTree = ObjectID(
        head: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, tail: 0xfbee_4904)

    /// Visits every path whose entry differs between two trees, in the order of `git diff-tree -r`.
    ///
    /// Each side is a tree or a commit; `nil` is the empty tree. There is no rename detection; equal directories are
    /// never opened; a file that becomes a directory is one deletion and the creations below. An error of the visitor
    /// ends the walk and is thrown on.
    package func changes(
        from old: ObjectID?, to new: ObjectID?, _ visit: (Change) throws -> Void
    ) throws {
        var failure: (any Error)?
        try walk(from: old, to: new) { change in
            do {
                try visit(change)
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }

    /// Every path whose entry differs between two trees.
    ///
    /// - Parameter tellsEmpty: whether a new directory without entries is one of them. It holds no file, but stands in
    ///   the way of one.
    package func changes(
        from old: ObjectID?, to new: ObjectID?, tellsEmpty: Bool = false
    ) throws(GitError) -> [Change] {
        var changes: [Change] = []
        try walk(from: old, to: new, tellsEmpty: tellsEmpty) { change in
            changes.append(change)
            return true
        }
        return changes
    }

    /// The same where both sides are known to be trees, which saves asking what they are.
    package func changes(fromTree old: ObjectID?, toTree new: ObjectID) throws(GitError) -> [Change] {
        var changes: [Change] = []
        var walk = TreeWalk()
        try walk.run(from: old?.oid, to: new.oid, in: self) { change in
            changes.append(change)
            return true
        }
        return changes
    }

    private func walk(
        from old: ObjectID?, to new: ObjectID?, tellsEmpty: Bool = false, _ visit: (Change) -> Bool
    ) throws(GitError) {
        let oldTree: git_oid? = if let old { try treeID(old) } else { nil }
        let newTree: git_oid? = if let new { try treeID(new) } else { nil }
        var walk = TreeWalk()
        try walk.run(from: oldTree, to: newTree, in: self, tellsEmpty: tellsEmpty, visit)
    }

    /// The tree that a tree or commit stands for.
    func treeID(_ id: ObjectID) throws(GitError) -> git_oid {
        if id == Self.emptyTree { return id.oid }
        return try kind(of: id) == .commit ? tree(of: id).oid : id.oid
    }

    /// A tree, from the database where it was not read just before.
    func openTree(_ id: ObjectID) throws(GitError) -> StoredTree {
        try recentTrees.tree(id) { () throws(GitError) in
            let object = try OpenObject(id.oid, in: self)
            guard object.kind == .tree else { throw Self.wrongKind(id, object.kind, .tree) }
            try Self.check(object.count, id, .tree)
            return StoredTree(object)
        }
    }
}
