/// The work tree of an authority, in which a person writes records, commits them and pushes them.
package struct AuthorityClone: Sendable {
    package let location: AuthorityLocation
    /// The top directory of the work tree.
    package let directory: String
    package let git: Git

    /// A clone to write in. A bare repository is refused, and so is one in which a commit is being prepared.
    package init(_ location: AuthorityLocation) throws(AppError) {
        guard let directory = location.workTree else {
            throw AppError(
                "'\(location.path)' is a bare repository; records are written in a clone",
                hint: "run 'git clone \(location.path) authority' and give --authority authority")
        }
        self.location = location
        self.directory = directory
        git = Git(in: directory)
        guard try git.attempt(["diff", "--cached", "--quiet"]).status == 0 else {
            throw AppError(
                "'\(directory)' has staged changes",
                hint: "commit them, or run 'git -C \(directory) restore --staged .'")
        }
    }

    /// Writes the files and commits them as one. On any failure everything written is removed again.
    ///
    /// The commit is the user's own: git's configuration decides author, signature and hooks.
    package func commit(_ change: Changeset, message: String) throws(AppError) {
        let paths = change.files.map(\.path)
        if let path = paths.first(where: { Files.exists("\(directory)/\($0)") }) {
            throw AppError("'\(path)' exists already", hint: "nothing was written; records are never changed in place")
        }
        var written = WrittenFiles()
        do {
            for file in change.files { try written.add(file.bytes, at: "\(directory)/\(file.path)") }
            // By force: a person's own ignore rules (`*.sig`) have no say here.
            try git.run(["add", "--force", "--"] + paths)
            for file in change.files { try requireExact(file.bytes, at: file.path) }
            try git.run(["commit", "--quiet", "-m", message], .terminal)
        } catch {
            let rest = unstage(paths) ? "" : ", but is still in git's index"
            written.remove()
            throw AppError(
                error.message, hints: ["nothing was committed; what was written is removed again" + rest] + error.hints,
                status: error.status)
        }
    }

    /// Refuses a file that git would store with other bytes than were signed, because of a filter or line ends.
    private func requireExact(_ bytes: [UInt8], at path: String) throws(AppError) {
        guard try git.run(["cat-file", "blob", ":\(path)"]).stdout == bytes else {
            throw AppError(
                "git stores '\(path)' with other bytes than were signed",
                hint: "let .gitattributes say '* -text', and set no filter for this repository")
        }
    }

    private func unstage(_ paths: [String]) -> Bool {
        do {
            let arguments = ["rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--"]
            return try git.attempt(arguments + paths).status == 0
        } catch {
            return false
        }
    }
}

/// What a change has written so far, so that it can be removed when the change cannot be completed.
struct WrittenFiles {
    private var files: [String] = []
    /// Directories that were not there before, outer before inner.
    private var directories: [String] = []

    mutating func add(_ bytes: [UInt8], at path: String) throws(AppError) {
        directories += try Files.makeDirectories(Files.parent(of: path))
        try Files.create(bytes, at: path)
        files.append(path)
    }

    /// Files that another program has made.
    mutating func note(_ paths: [String]) {
        files += paths
    }

    func remove() {
        for file in files { Files.remove(file) }
        for directory in directories.reversed() { Files.removeDirectory(directory) }
    }
}
