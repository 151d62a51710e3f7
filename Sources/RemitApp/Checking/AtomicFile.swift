import Glibc
import RemitReport

/// Changes of a directory that are there wholly or not at all.
enum AtomicFile {
    /// Puts a file into place in one step, so that git never finds half a hook, nor none.
    static func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(AppError) {
        let directory = Files.parent(of: path)
        let temporary = try stage(bytes, in: directory, mode: mode)
        do throws(AppError) {
            Ownership.give(temporary, toOwnerOf: directory)
            try move(temporary, to: path)
        } catch {
            Files.remove(temporary)
            throw error
        }
    }

    /// Puts a file where none is yet, whole: whoever finds it can read all of it.
    static func create(_ path: String, with bytes: [UInt8], mode: UInt32) throws(AppError) {
        let directory = Files.parent(of: path)
        let temporary = try stage(bytes, in: directory, mode: mode)
        defer { Files.remove(temporary) }
        guard unsafe link(temporary, path) == 0 else {
            guard errno == EEXIST else { throw fault("write", path) }
            throw AppError("'\(path)' exists already", hint: "nothing was written", status: .usage)
        }
        try synchronise(directory)
    }

    /// Gives a file a second name in its directory: mode, owner and a link are as they were, and no byte is copied.
    ///
    /// Linux follows no symbolic link here: a link is kept as a link.
    static func keep(_ path: String, as other: String) throws(AppError) {
        guard unsafe link(path, other) == 0 else { throw fault("keep '\(path)' as", other) }
        try synchronise(Files.parent(of: other))
    }

    /// Writes a file under a name of its own, durably; where that fails, nothing is left of it.
    ///
    /// Dispatchers that run whatever lies in a directory pass over a name with a dot before it or a tilde behind it.
    static func stage(_ bytes: [UInt8], in directory: String, mode: UInt32) throws(AppError) -> String {
        var template = Array("\(directory)/.remit-XXXXXX~".utf8CString)
        let descriptor = unsafe mkstemps(&template, 1)
        guard descriptor >= 0 else { throw fault("write in", directory) }
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        do throws(AppError) {
            try Files.write(bytes, to: descriptor, named: temporary)
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw fault("write", temporary) }
        } catch {
            Files.remove(temporary)
            throw error
        }
        return temporary
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
