import Glibc

/// The few questions that are put to the operating system itself.
enum Platform {
    /// The largest of git's own small files that is read: `config` is libgit2's, `shallow` and `info/grafts` are only measured.
    static let fileLimit = 1 << 20

    /// What a path leads to, symbolic links followed.
    struct Status {
        let isDirectory: Bool
        let isFile: Bool
        let owner: UInt32
        let size: Int
        /// The bits of `chmod`.
        let mode: UInt32
    }

    static var effectiveUser: UInt32 { geteuid() }

    /// `nil` when nothing is there.
    static func status(_ path: [UInt8]) throws(GitError) -> Status? {
        var facts = stat()
        let name = try CText(path)
        guard unsafe stat(name.characters, &facts) == 0 else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else { throw failure("stat", path, code) }
            return nil
        }
        let kind = facts.st_mode & S_IFMT
        return Status(
            isDirectory: kind == S_IFDIR, isFile: kind == S_IFREG, owner: facts.st_uid, size: Int(facts.st_size),
            mode: facts.st_mode & 0o7777)
    }

    static func isDirectory(_ path: [UInt8]) throws(GitError) -> Bool {
        try status(path)?.isDirectory ?? false
    }

    /// The absolute path without links, `.` and `..`.
    static func realPath(_ path: [UInt8]) throws(GitError) -> [UInt8] {
        let name = try CText(path)
        guard let resolved = unsafe realpath(name.characters, nil) else {
            let code = errno
            throw code == ENOENT || code == ENOTDIR
                ? GitError(.notFound, "realpath", "no such directory: \(text(path))") : failure("realpath", path, code)
        }
        defer { unsafe free(resolved) }
        return unsafe bytes(ofCString: resolved)
    }

    /// A whole small file, or `nil` when there is none.
    static func read(_ path: [UInt8], limit: Int = fileLimit) throws(GitError) -> [UInt8]? {
        let name = try CText(path)
        let descriptor = unsafe open(name.characters, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else { throw failure("open", path, code) }
            return nil
        }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: limit > fileLimit ? 65_536 : 4096)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else {
                let code = errno
                if code == EINTR { continue }
                throw failure("read", path, code)
            }
            guard count > 0 else { return contents }
            contents += chunk[..<count]
            guard contents.count <= limit else {
                throw GitError(.limit, "read", "larger than \(limit) bytes: \(text(path))")
            }
        }
    }

    /// The names in a directory, without `.` and `..`; empty when there is no directory.
    static func names(in path: [UInt8]) throws(GitError) -> [[UInt8]] {
        let name = try CText(path)
        guard let stream = unsafe opendir(name.characters) else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else { throw failure("opendir", path, code) }
            return []
        }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw failure("readdir", path, errno) }
                return names
            }
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
    }

    private static func failure(_ function: String, _ path: [UInt8], _ code: CInt) -> GitError {
        let words = unsafe String(decoding: bytes(ofCString: strerror(code)), as: UTF8.self).lowercased()
        return GitError(.io, function, "\(words): \(text(path))")
    }

    static func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}
