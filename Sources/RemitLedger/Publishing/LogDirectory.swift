import Glibc
package import RemitModel

/// What of a ledger is there for others to read: files beside it in the layout of C2SP tlog-tiles.
///
/// Every file is there wholly or not at all, and on the disk before the next one is begun.
package struct LogDirectory: Sendable {
    package let path: String
    /// The file to whose user everything here is given: root may publish, and the server's user goes on with it.
    private let owner: String?

    /// The directory `<ledger>.log`.
    package init(ofLedgerAt ledger: ByteString) {
        let file = String(decoding: ledger.bytes, as: UTF8.self)
        path = file + ".log"
        owner = file
    }

    package init(_ path: String) {
        self.path = path
        owner = nil
    }

    static let checkpoint = "checkpoint"
    /// The last checkpoint under which witnesses have signed: the published one moves on with every push.
    static let witnessed = "checkpoint.witnessed"

    /// The name of a tile, or of a bundle of entries where no level is given; full unless a width is given.
    static func name(level: Int?, number: Int64, width: Int64 = Tile.width) -> String {
        var groups: [String] = []
        var rest = number
        repeat {
            let digits = String(rest % 1000)
            groups.append((groups.isEmpty ? "" : "x") + String(repeating: "0", count: 3 - digits.count) + digits)
            rest /= 1000
        } while rest > 0
        let name = "tile/\(level.map(String.init) ?? "entries")/\(groups.reversed().joined(separator: "/"))"
        return width == Tile.width ? name : "\(name).p/\(width)"
    }

    /// The signed checkpoint that was published last, or `nil` before the first.
    package func publishedCheckpoint() throws(LedgerError) -> SignedNote? { try note(Self.checkpoint) }

    /// The checkpoint under which witnesses have signed last, or `nil` before the first.
    package func witnessedCheckpoint() throws(LedgerError) -> SignedNote? { try note(Self.witnessed) }

    private func note(_ name: String) throws(LedgerError) -> SignedNote? {
        guard let bytes = try read(name, limit: SignedNote.maximumByteCount) else { return nil }
        do {
            return try SignedNote(bytes)
        } catch {
            throw LedgerError(.corrupt, "the published checkpoint '\(path)/\(name)': \(error)")
        }
    }

    /// A file's bytes, or `nil` when there is none; a longer one than `limit` is a fault.
    func read(_ name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
        let descriptor = unsafe open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw fault("read", name) }
            return nil
        }
        defer { close(descriptor) }
        do throws(BoundedFile.Fault) {
            return try BoundedFile.read(descriptor, limit: limit)
        } catch {
            switch error {
            case .tooLong: throw LedgerError(.corrupt, "'\(path)/\(name)' is longer than \(limit) bytes")
            case .system(let code): throw fault("read", name, code)
            }
        }
    }

    /// Under this name a file is written before it is put into place.
    ///
    /// Always the same: what a killed process left is written over by the next one, and only one publishes at a time.
    private static let unfinished = ".remit-new"

    /// Puts a file into place in one step, durably; only while `locked`.
    func write(_ bytes: [UInt8], to name: String) throws(LedgerError) {
        let directory = try makeDirectories(above: name)
        let temporary = "\(directory)/\(Self.unfinished)"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(temporary, flags, 0o600)
        guard descriptor >= 0 else { throw fault("write", name) }
        do throws(LedgerError) {
            defer { close(descriptor) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { buffer in
                    unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw fault("write", name) }
                rest = rest.dropFirst(count)
            }
            if let (user, group) = ownership { fchown(descriptor, user, group) }
            guard fchmod(descriptor, 0o644) == 0, fsync(descriptor) == 0 else { throw fault("write", name) }
            guard unsafe rename(temporary, "\(path)/\(name)") == 0 else { throw fault("write", name) }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        try synchronise(directory)
    }

    /// Takes a file away, durably.
    func remove(_ name: String) throws(LedgerError) {
        guard unsafe unlink("\(path)/\(name)") == 0 else { throw fault("remove", name) }
        try synchronise(path)
    }

    /// Takes away the partial forms of a tile that is full now.
    ///
    /// Whoever still asks for one finds the full tile instead; that they cannot be removed harms nobody.
    func removePartials(of name: String) {
        for width in 1..<Tile.width { unsafe unlink("\(path)/\(name).p/\(width)") }
        unsafe unlink("\(path)/\(name).p/\(Self.unfinished)")
        unsafe rmdir("\(path)/\(name).p")
    }

    /// Runs `body` while no other process publishes here.
    func locked<Value>(
        until deadline: ContinuousClock.Instant, _ body: () throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        try make(path)
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("open", "") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw fault("lock", "") }
            guard .now < deadline else { throw LedgerError(.busy, "another process publishes to '\(path)'") }
            usleep(5000)
        }
        return try body()
    }

    private func makeDirectories(above name: String) throws(LedgerError) -> String {
        var directory = path
        try make(directory)
        for part in name.split(separator: "/").dropLast() {
            let above = directory
            directory += "/\(part)"
            if try make(directory) { try synchronise(above) }
        }
        return directory
    }

    /// Whose everything here is to be; `nil` where that is whoever makes it.
    private var ownership: (user: UInt32, group: UInt32)? {
        var status = stat()
        guard geteuid() == 0, let owner, unsafe stat(owner, &status) == 0 else { return nil }
        return (status.st_uid, status.st_gid)
    }

    /// Whether the directory had to be made.
    @discardableResult
    private func make(_ directory: String) throws(LedgerError) -> Bool {
        if unsafe mkdir(directory, 0o755) == 0 {
            if let (user, group) = ownership { unsafe _ = chown(directory, user, group) }
            return true
        }
        guard errno == EEXIST else { throw fault("make", String(directory.dropFirst(path.count + 1))) }
        return false
    }

    /// A rename is on the disk when its directory is.
    private func synchronise(_ directory: String) throws(LedgerError) {
        let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LedgerError(.io, "cannot open '\(directory)'") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LedgerError(.io, "cannot write '\(directory)'") }
    }

    private func fault(_ verb: String, _ name: String, _ code: Int32 = errno) -> LedgerError {
        let reason = BoundedFile.reason(code)
        let kind: LedgerError.Code =
            switch code {
            case ENOSPC, EDQUOT: .full
            case EROFS: .readOnly
            case EACCES, ENOENT, ENOTDIR: .cannotOpen
            default: .io
            }
        return LedgerError(kind, "cannot \(verb) '\(path)\(name.isEmpty ? "" : "/" + name)': \(reason)")
    }
}
