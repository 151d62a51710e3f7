import Glibc

/// What a path leads to, as far as git asks before it runs a hook.
enum FileState: Hashable {
    case missing
    case danglingLink
    case directory
    /// A device, a socket, a pipe.
    case other
    case file(size: Int, isExecutable: Bool)

    init(of path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            self = .missing
            return
        }
        guard unsafe stat(path, &status) == 0 else {
            self = .danglingLink
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: self = .directory
        case S_IFREG: self = .file(size: Int(status.st_size), isExecutable: unsafe access(path, X_OK) == 0)
        default: self = .other
        }
    }
}
