import CLibgit2
package import RemitModel

extension Repository {
    /// The object that a reference leads to, symbolic ones followed; `nil` when there is none.
    package func reference(_ name: ByteString) throws(GitError) -> ObjectID? {
        do {
            return try target(of: lookup(name), name)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// The name that a symbolic reference stands for; `nil` for any other reference, and for none.
    package func symbolicTarget(of name: ByteString) throws(GitError) -> ByteString? {
        do {
            let found = try lookup(name)
            guard let target = unsafe git_reference_symbolic_target(found.pointer) else { return nil }
            return unsafe ByteString(bytes(ofCString: target))
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    private func lookup(_ name: ByteString) throws(GitError) -> Handle {
        let text = try CText(name.bytes)
        return try unsafe Handle(
            "git_reference_lookup", about: Platform.text(name.bytes), release: git_reference_free
        ) {
            unsafe git_reference_lookup(&$0, handle.pointer, text.characters)
        }
    }

    /// Every reference whose name begins with the prefix, ordered by name.
    ///
    /// Symbolic ones are followed; one that leads nowhere names no object and is left out, as in `git for-each-ref`.
    /// A glob of libgit2's would stop at it and silently leave the rest out (`git_revwalk_hide_glob`). A file under
    /// `refs/` that holds no reference is an error: libgit2 passes over it, or shows the packed value that it hides.
    package func references(
        prefix: ByteString = "refs/"
    ) throws(GitError) -> [(name: ByteString, id: ObjectID)] {
        for name in try looseNames() where name.starts(with: prefix.bytes) {
            try stopwatch.require()
            _ = try reference(ByteString(name))
        }
        let repository = unsafe handle.pointer
        let iterator = try unsafe Handle("git_reference_iterator_new", release: git_reference_iterator_free) {
            unsafe git_reference_iterator_new(&$0, repository)
        }
        var references: [(name: ByteString, id: ObjectID)] = []
        while true {
            var next: OpaquePointer?
            let result = unsafe git_reference_next(&next, iterator.pointer)
            if result == GIT_ITEROVER.rawValue { break }
            try stopwatch.require()
            let reference = try unsafe Handle("git_reference_next", release: git_reference_free) { pointer in
                unsafe pointer = unsafe next
                return result
            }
            let name = unsafe ByteString(bytes(ofCString: git_reference_name(reference.pointer)))
            guard name.bytes.starts(with: prefix.bytes), let id = try target(of: reference, name) else { continue }
            references.append((name, id))
        }
        return references.sorted { $0.name < $1.name }
    }

    /// The names of all files under `refs/` of the shared directory.
    private func looseNames() throws(GitError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        var pending = [Array("refs".utf8)]
        while let directory = pending.popLast() {
            try stopwatch.require()
            for entry in try Platform.names(in: RepositoryLocation.join(location.commonDirectory.bytes, directory)) {
                let name = RepositoryLocation.join(directory, entry)
                let path = RepositoryLocation.join(location.commonDirectory.bytes, name)
                if try Platform.isDirectory(path) {
                    pending.append(name)
                } else if !name.reversed().starts(with: ".lock".utf8.reversed()) {
                    names.append(name)
                }
            }
        }
        return names
    }

    private func target(of reference: borrowing Handle, _ name: ByteString) throws(GitError) -> ObjectID? {
        let unresolved = unsafe reference.pointer
        // Resolving a direct one would read its file again.
        if let target = unsafe git_reference_target(unresolved) { return unsafe ObjectID(target.pointee) }
        let direct: Handle
        do {
            direct = try unsafe Handle(
                "git_reference_resolve", about: Platform.text(name.bytes), release: git_reference_free
            ) { unsafe git_reference_resolve(&$0, unresolved) }
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        guard let target = unsafe git_reference_target(direct.pointer) else {
            throw GitError(.corrupt, "git_reference_target", "reference '\(Platform.text(name.bytes))' has no target")
        }
        return unsafe ObjectID(target.pointee)
    }
}
