import Glibc

/// Who owns a file, and who we are.
enum Ownership {
    static var isRoot: Bool { geteuid() == 0 }

    /// The user of a path; `nil` when it cannot be looked at.
    static func owner(of path: String) -> UInt32? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_uid : nil
    }

    /// Whether everybody on the machine may read a file: by its own mode, and by those of the directories above it.
    static func isReadByAll(_ path: String) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IROTH != 0 else { return false }
        var directory = path[...]
        while let slash = directory.lastIndex(of: "/"), slash > directory.startIndex {
            directory = directory[..<slash]
            guard unsafe stat(String(directory), &status) == 0, status.st_mode & S_IXOTH != 0 else { return false }
        }
        return true
    }

    static var user: UInt32 { geteuid() }

    /// Gives a file to the user of another: the administrator installs, the server's user runs.
    static func give(_ path: String, toOwnerOf other: String) {
        var status = stat()
        guard isRoot, unsafe stat(other, &status) == 0 else { return }
        unsafe _ = chown(path, status.st_uid, status.st_gid)
    }
}
