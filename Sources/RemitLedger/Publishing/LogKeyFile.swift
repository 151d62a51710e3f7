import Glibc
package import RemitModel

/// The file of a ledger's own key, `<ledger>.key`, as whoever wants to sign with it finds it.
package enum LogKeyFile {
    package enum State: Sendable {
        case missing
        /// It is there for somebody else: an administrator may keep it from the user as whom the hook runs.
        case unreadable
        case signer(NoteSigner)
    }

    package static func path(ofLedgerAt ledger: ByteString) -> String {
        String(decoding: ledger.bytes, as: UTF8.self) + ".key"
    }

    /// What lies there.
    ///
    /// A key that others can read too, or that is none, is an error that names the file.
    package static func state(at path: String) throws(NoteError) -> State {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return .missing
            case EACCES: return .unreadable
            default: throw NoteError("the key '\(path)' cannot be read: \(BoundedFile.reason(errno))")
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw NoteError("the key '\(path)' is not a file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw NoteError("the key '\(path)' can be read by others than its owner: run 'chmod 600 \(path)'")
        }
        let bytes: [UInt8]
        do throws(BoundedFile.Fault) {
            bytes = try BoundedFile.read(descriptor, limit: NoteKey.maximumByteCount)
        } catch {
            switch error {
            case .tooLong: throw NoteError("the key '\(path)' is longer than \(NoteKey.maximumByteCount) bytes")
            case .system(let code): throw NoteError("the key '\(path)' cannot be read: \(BoundedFile.reason(code))")
            }
        }
        do throws(NoteError) {
            return .signer(try NoteSigner(file: bytes))
        } catch {
            throw NoteError("the key '\(path)' \(error)")
        }
    }
}
