package import RemitModel

/// Where a repository lies: its own git directory and the directory it shares with linked worktrees.
package struct RepositoryLocation: Hashable, Sendable {
    /// The deepest directory from which `discover` climbs, counted in steps up.
    private static let discoveryLimit = 1_024

    /// Absolute, without symbolic links.
    package let gitDirectory: ByteString
    /// Where config, references and objects are; differs from the git directory in a linked worktree.
    package let commonDirectory: ByteString

    /// A git directory named by the caller; made absolute at once, because git sets `GIT_DIR` to `.` in hooks.
    package init(gitDirectory path: ByteString) throws(GitError) {
        guard let location = try Self.read(path.bytes) else {
            throw GitError(.notFound, "RepositoryLocation", "not a git directory: \(Platform.text(path.bytes))")
        }
        self = location
    }

    /// The repository that a directory belongs to, found by walking up as git does.
    package static func discover(from path: ByteString) throws(GitError) -> RepositoryLocation {
        var directory = try Platform.realPath(path.bytes)
        for _ in 0..<discoveryLimit {
            let candidate = join(directory, Array(".git".utf8))
            if let status = try Platform.status(candidate) {
                if status.isDirectory, let location = try read(candidate) { return location }
                if status.isFile { return try RepositoryLocation(gitDirectory: ByteString(target(of: candidate))) }
            }
            if let location = try read(directory) { return location }
            guard directory.count > 1, let slash = directory.lastIndex(of: UInt8(ascii: "/")) else { break }
            directory = slash == 0 ? [UInt8(ascii: "/")] : Array(directory[..<slash])
        }
        throw GitError(
            .notFound, "discover", "not in a git repository, nor any directory above: \(Platform.text(path.bytes))")
    }

    private init(gitDirectory: [UInt8], commonDirectory: [UInt8]) {
        self.gitDirectory = ByteString(gitDirectory)
        self.commonDirectory = ByteString(commonDirectory)
    }

    /// What git's `is_git_directory` asks for; `nil` when something is lacking.
    private static func read(_ path: [UInt8]) throws(GitError) -> RepositoryLocation? {
        guard try Platform.isDirectory(path) else { return nil }
        let directory = try Platform.realPath(path)
        guard try Platform.status(join(directory, Array("HEAD".utf8))) != nil else { return nil }
        var common = directory
        if let text = try Platform.read(join(directory, Array("commondir".utf8))) {
            common = try Platform.realPath(join(directory, line(text)))
        }
        guard try Platform.isDirectory(join(common, Array("objects".utf8))),
            try Platform.isDirectory(join(common, Array("refs".utf8)))
        else { return nil }
        return RepositoryLocation(gitDirectory: directory, commonDirectory: common)
    }

    /// The directory that a `.git` file of a linked worktree or a submodule names.
    private static func target(of file: [UInt8]) throws(GitError) -> [UInt8] {
        let prefix = Array("gitdir: ".utf8)
        guard let text = try Platform.read(file), text.starts(with: prefix) else {
            throw GitError(.corrupt, "discover", "not a gitfile: \(Platform.text(file))")
        }
        return join(Array(file.dropLast(".git".utf8.count)), line(Array(text.dropFirst(prefix.count))))
    }

    private static func line(_ text: [UInt8]) -> [UInt8] {
        text.last == UInt8(ascii: "\n") ? text.dropLast() : text
    }

    /// A path, read from the directory when it is relative.
    static func join(_ directory: [UInt8], _ path: [UInt8]) -> [UInt8] {
        if path.first == UInt8(ascii: "/") { return path }
        return directory + (directory.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + path
    }
}

/// The object directories of a push that git has not accepted yet, as its environment names them.
package struct Quarantine: Hashable, Sendable {
    /// `GIT_OBJECT_DIRECTORY`, or `GIT_QUARANTINE_PATH`, which git sets to the same; never quoted.
    package let objectDirectory: [UInt8]?
    /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`: joined by `:`, elements C-quoted where they need it.
    package let alternates: [UInt8]?

    package init(objectDirectory: [UInt8]? = nil, alternates: [UInt8]? = nil) {
        self.objectDirectory = objectDirectory
        self.alternates = alternates
    }

    package static let none = Quarantine()
}
