import CLibgit2
package import RemitModel

extension Repository {
    /// What a tree or commit holds at a path; `nil` when there is nothing.
    package func entry(at path: ByteString, inTree root: ObjectID) throws(GitError) -> Change.Entry? {
        var entry = Change.Entry(mode: .tree, id: ObjectID(try treeID(root)))
        for segment in path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard entry.mode == .tree, entry.id != Self.emptyTree,
                let found = try directory(entry.id).entry(named: segment)
            else { return nil }
            entry = found
        }
        return entry
    }

    /// The content of the file at a path, `nil` when there is nothing; a link or directory there is an error.
    package func blob(
        at path: ByteString, inTree root: ObjectID, limit: Int = ObjectLimit.blob
    ) throws(GitError) -> [UInt8]? {
        guard let entry = try entry(at: path, inTree: root) else { return nil }
        guard entry.mode == .regular || entry.mode == .executable else {
            throw GitError(.wrongKind, "blob", "\(Platform.text(path.bytes)) is not a file: mode \(entry.mode.octal)")
        }
        guard try size(of: entry.id) <= min(limit, ObjectLimit.blob) else {
            throw GitError(.limit, "blob", "\(Platform.text(path.bytes)) is larger than \(limit) bytes")
        }
        // Its header has been asked: that is a file opened and read, where the object is loose.
        let object = try OpenObject(entry.id.oid, in: self)
        return unsafe Array(object.buffer)
    }

    /// The names in a directory and what they stand for, in git's order; `nil` when there is no such directory.
    package func list(
        _ directory: ByteString, inTree root: ObjectID
    ) throws(GitError) -> [(name: ByteString, entry: Change.Entry)]? {
        if directory.isEmpty { return try entries(of: ObjectID(treeID(root))) }
        guard let entry = try entry(at: directory, inTree: root), entry.mode == .tree else { return nil }
        return try entries(of: entry.id)
    }

    /// The directory that a tree is, as it was read before where it still is at hand.
    private func directory(_ tree: ObjectID) throws(GitError) -> Directory {
        // What was read before must not be had for nothing once the time is over.
        try stopwatch.require()
        return try directories.directory(tree) { () throws(GitError) in
            try Directory(openTree(tree), id: tree)
        }
    }

    private func entries(of tree: ObjectID) throws(GitError) -> [(name: ByteString, entry: Change.Entry)] {
        tree == Self.emptyTree ? [] : try directory(tree).entries()
    }
}
