import RemitReport
import Glibc
package import RemitModel

/// Files and directories, as far as commands touch them directly.
package enum Files {
    /// Most bytes read of what another program wrote.
    static let outputAtMost = 16 << 20

    static func reason(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }

    private static func fault(_ verb: String, _ path: String) -> AppError {
        AppError("cannot \(verb) '\(path)': \(reason(errno))", status: .undecided)
    }

    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// When a file was last modified.
    package static func modified(_ path: String) throws(AppError) -> Instant {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw fault("read", path) }
        return Instant(seconds: Int64(status.st_mtim.tv_sec))
    }

    /// Reads a whole file; more than `limit` bytes is an error.
    package static func read(_ path: String, limit: Int) throws(AppError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("read", path) }
        defer { close(descriptor) }
        return try read(descriptor, named: path, limit: limit)
    }

    static func read(_ descriptor: Int32, named path: String, limit: Int) throws(AppError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw fault("read", path)
            }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw AppError("'\(path)' is longer than \(limit) bytes", status: .undecided)
            }
        }
    }

    /// Writes a file that must not exist yet.
    package static func create(_ bytes: [UInt8], at path: String) throws(AppError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw fault("write", path) }
        defer { close(descriptor) }
        do {
            try write(bytes, to: descriptor, named: path)
        } catch {
            remove(path)
            throw error
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, named path: String) throws(AppError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes a directory and those above it; gives the ones that were not there before, outermost first.
    package static func makeDirectories(_ path: String) throws(AppError) -> [String] {
        guard !path.isEmpty, !isDirectory(path) else { return [] }
        let made = try makeDirectories(parent(of: path))
        guard unsafe mkdir(path, 0o777) == 0 else {
            for directory in made.reversed() { removeDirectory(directory) }
            throw fault("make the directory", path)
        }
        return made + [path]
    }

    /// The path of what a path lies in; empty for a name without a slash.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Removes a file if it is there.
    ///
    /// Only used to undo, where nothing better could be done about a failure.
    package static func remove(_ path: String) { unsafe _ = unlink(path) }

    /// Removes a directory if it is empty.
    package static func removeDirectory(_ path: String) { unsafe _ = rmdir(path) }

    /// Removes a directory of ours with everything in it.
    package static func removeTree(_ path: String) {
        do { _ = try ChildProcess.run(["rm", "-r", "-f", "--", path]) } catch { removeDirectory(path) }
    }

    /// Whether a path is a directory with nothing in it.
    package static func isEmptyDirectory(_ path: String) -> Bool {
        guard let directory = unsafe opendir(path) else { return false }
        defer { unsafe closedir(directory) }
        var count = 0
        while unsafe readdir(directory) != nil { count += 1 }
        return count == 2
    }

    /// The names in a directory, but for `.` and `..`, in their order; none where there is no such directory.
    package static func names(in path: String) throws(AppError) -> [String] {
        guard let directory = unsafe opendir(path) else {
            guard errno == ENOENT else { throw fault("list", path) }
            return []
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether a path is a file that this user may run.
    package static func isProgram(_ path: String) -> Bool {
        guard !isDirectory(path) else { return false }
        return unsafe access(path, X_OK) == 0
    }

    /// An absolute path; `~/` is the home directory, as a shell would have it in `--key ~/.ssh/id`.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("~/"), let home = variable("HOME") { return home + path.dropFirst() }
        guard !path.hasPrefix("/"), let directory = unsafe getcwd(nil, 0) else { return path }
        defer { unsafe free(directory) }
        return unsafe String(cString: directory) + "/" + path
    }

    package static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// What this machine is called.
    static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static var temporaryParent: String { variable("TMPDIR") ?? "/tmp" }

    /// Makes a directory that only this user can enter.
    package static func temporaryDirectory() throws(AppError) -> String {
        var template = Array("\(temporaryParent)/remit-XXXXXX".utf8CString)
        guard let path = unsafe mkdtemp(&template) else { throw fault("make a directory in", temporaryParent) }
        return unsafe String(cString: path)
    }
}
