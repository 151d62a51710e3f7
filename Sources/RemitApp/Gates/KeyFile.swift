import Glibc
import RemitReport
import RemitSignatures

/// The file of a gate's private key.
enum KeyFile {
    /// Reads a key that nobody but its owner can read.
    static func read(_ path: String) throws(AppError) -> StatementKey {
        let file = Files.absolute(path)
        guard Files.exists(file) else {
            throw AppError(
                "there is no key '\(path)'", hint: "make one with 'remit gate key --new \(path)'", status: .usage)
        }
        let bytes = try Files.readPrivate(file, limit: StatementKey.maximumByteCount)
        do throws(StatementKeyError) {
            return try StatementKey(pem: bytes)
        } catch {
            throw AppError("'\(path)' \(error.reason)", hint: "make one with 'remit gate key --new FILE'")
        }
    }

    /// Makes a key, in a file of its owner's alone.
    static func make(_ kind: StatementKey.Kind, at path: String) throws(AppError) -> StatementKey {
        let key: StatementKey
        do throws(StatementKeyError) {
            key = try StatementKey(new: kind)
        } catch {
            throw AppError("the new key \(error.reason)", status: .undecided)
        }
        try AtomicFile.create(Files.absolute(path), with: Array(key.pem.utf8), mode: 0o600)
        return key
    }
}

extension Files {
    /// Reads a file that its owner alone may read; more than `limit` bytes is an error.
    static func readPrivate(_ path: String, limit: Int) throws(AppError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AppError("cannot read '\(path)': \(reason(errno))", status: .undecided)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw AppError("'\(path)' is not a file", status: .usage)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw AppError(
                "'\(path)' can be read by others than its owner", hint: "run 'chmod 600 \(path)'", status: .usage)
        }
        return try read(descriptor, named: path, limit: limit)
    }
}
