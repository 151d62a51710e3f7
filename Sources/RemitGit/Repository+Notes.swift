package import RemitModel

extension Repository {
    /// The largest directory of a notes tree that is looked through: 4 MiB, sixty thousand notes in one.
    ///
    /// Git fans out long before, and anyone who may push a notes ref can make every push after that read its tree.
    package static let maximumNotesDirectory = 4 << 20

    /// The notes on a commit in a notes tree.
    ///
    /// Git keeps the note on `abcdef…` as a file of that name, or fans out: `ab/cdef…`, `ab/cd/ef…`, and so on, several
    /// ways in one tree if need be (`notes.c`, `load_subtree`). Of two notes on one commit git makes one; here both are
    /// given. What is no regular file is no note to git either. Looked up directory by directory, never listed.
    ///
    /// - Parameter tip: what a notes ref points at; what leads to no tree holds no notes.
    package func notes(on commit: ObjectID, at tip: ObjectID) throws(GitError) -> [ObjectID] {
        let top = try peel(tip)
        var directory: ObjectID
        switch top.kind {
        case .commit: directory = try tree(of: top.id)
        case .tree: directory = top.id
        case .blob, .tag: return []
        }
        var found: [ObjectID] = []
        var name = Array(commit.hex.utf8)[...]
        while directory != Self.emptyTree {
            try stopwatch.require()
            let entries = try look(for: name, in: directory)
            if let note = entries.note { found.append(note) }
            guard let next = entries.fanOut else { break }
            directory = next
            name = name.dropFirst(2)
        }
        return found
    }

    /// What a directory of notes has under the rest of a commit's name, and under its next two digits.
    private func look(
        for name: ArraySlice<UInt8>, in directory: ObjectID
    ) throws(GitError) -> (note: ObjectID?, fanOut: ObjectID?) {
        let object = try openTree(directory)
        guard object.count <= Self.maximumNotesDirectory else {
            throw GitError(.limit, "notes", "tree \(directory) is larger than \(Self.maximumNotesDirectory) bytes")
        }
        let buffer = unsafe object.buffer
        let bytes = unsafe buffer.bytes
        func isNamed(_ entry: TreeEntry, _ wanted: ArraySlice<UInt8>) -> Bool {
            entry.name.count == wanted.count
                && zip(entry.name, wanted).allSatisfy { TreeBytes.byte(bytes, $0) == $1 }
        }
        var (note, fanOut): (ObjectID?, ObjectID?) = (nil, nil)
        do {
            try TreeOrder.checkAll(bytes) { entry in
                switch entry.mode {
                case .regular, .executable:
                    if isNamed(entry, name) { note = ObjectID(TreeBytes.oid(bytes, entry.idStart)) }
                case .tree:
                    if name.count > 2, isNamed(entry, name.prefix(2)) {
                        fanOut = ObjectID(TreeBytes.oid(bytes, entry.idStart))
                    }
                case .symlink, .gitlink: break
                }
            }
        } catch {
            throw GitError(.malformedTree, "notes", "tree \(directory): \(error.reason)")
        }
        return (note, fanOut)
    }
}
