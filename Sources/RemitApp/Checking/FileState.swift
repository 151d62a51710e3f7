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

    /// Where a symbolic link leads, as it is written; `nil` for anything else.
    static func link(at path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether two paths name one file, links not followed.
    static func areOne(_ path: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard unsafe lstat(path, &first) == 0, unsafe lstat(other, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// `ST_NOEXEC` of `statvfs`, which only GNU's own header names.
    private static let noExecution: UInt = 8

    /// Whether nothing on the file system of a path may be run, whatever its mode.
    static func isOnUnexecutable(_ path: String) -> Bool {
        var status = statvfs()
        return unsafe statvfs(path, &status) == 0 && status.f_flag & noExecution != 0
    }
}
