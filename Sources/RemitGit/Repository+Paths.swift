import CLibgit2
package import RemitModel

extension Repository {
    /// What a tree or commit holds at a path; `nil` when there is nothing.
    package func entry(at path: ByteString, inTree root: ObjectID) throws(GitError) -> Change.Entry? {
        var entry = Change.Entry(mode: .tree, id: ObjectID(try treeID(root)))
        for segment in path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard entry.mode == .tree,
                let found = try entries(of: entry.id).first(where: { $0.name.bytes.elementsEqual(segment) })
            else { return nil }
            entry = found.entry
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

    /// All entries of one tree, every one of them checked: what is looked up here is relied upon.
    private func entries(of tree: ObjectID) throws(GitError) -> [(name: ByteString, entry: Change.Entry)] {
        if tree == Self.emptyTree { return [] }
        let object = try openTree(tree.oid)
        let buffer = unsafe object.buffer
        let bytes = unsafe buffer.bytes
        var entries: [(name: ByteString, entry: Change.Entry)] = []
        do {
            try TreeOrder.checkAll(bytes) { entry in
                let name = ByteString(entry.name.map { TreeBytes.byte(bytes, $0) })
                let id = ObjectID(TreeBytes.oid(bytes, entry.idStart))
                entries.append((name, Change.Entry(mode: entry.mode, id: id)))
            }
        } catch {
            throw GitError(.malformedTree, "entries", "tree \(tree): \(error.reason)")
        }
        return entries
    }
}
