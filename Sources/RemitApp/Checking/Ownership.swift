import Glibc

/// Who owns a file, and who we are.
enum Ownership {
    static var isRoot: Bool { geteuid() == 0 }

    /// The user of a path; `nil` when it cannot be looked at.
    static func owner(of path: String) -> UInt32? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_uid : nil
    }

    static var user: UInt32 { geteuid() }

    /// Gives a file to the user of another: the administrator installs, the server's user runs.
    static func give(_ path: String, toOwnerOf other: String) {
        var status = stat()
        guard isRoot, unsafe stat(other, &status) == 0 else { return }
        unsafe _ = chown(path, status.st_uid, status.st_gid)
    }
}
