import Glibc
import RemitReport

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

/// Changes of a directory that are there wholly or not at all.
enum AtomicFile {
    /// Puts a file into place in one step, so that git never finds half a hook, nor none.
    static func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(AppError) {
        let directory = Files.parent(of: path)
        var template = Array("\(directory)/.remit-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw fault("write in", directory) }
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        do throws(AppError) {
            try Files.write(bytes, to: descriptor, named: temporary)
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw fault("write", temporary) }
            Ownership.give(temporary, toOwnerOf: directory)
            try move(temporary, to: path)
        } catch {
            Files.remove(temporary)
            throw error
        }
    }

    static func move(_ path: String, to other: String) throws(AppError) {
        guard unsafe rename(path, other) == 0 else { throw fault("move '\(path)' to", other) }
        try synchronise(Files.parent(of: other))
    }

    static func remove(_ path: String) throws(AppError) {
        guard unsafe unlink(path) == 0 else { throw fault("remove", path) }
        try synchronise(Files.parent(of: path))
    }

    /// A rename is on the disk when its directory is.
    private static func synchronise(_ directory: String) throws(AppError) {
        let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("write", directory) }
    }

    private static func fault(_ verb: String, _ path: String) -> AppError {
        AppError("cannot \(verb) '\(path)': \(Files.reason(errno))", status: .undecided)
    }
}

/// Where things really are.
enum RealPath {
    /// Absolute and without symbolic links; `nil` when there is nothing.
    static func of(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(validatingCString: real)
    }

    /// The directory that this program was started from.
    static var ownDirectory: String? { of("/proc/self/exe").map { Files.parent(of: $0) } }
}
