import Glibc
import RemitModel

/// The ledger's file as the operating system sees it.
enum LedgerFile {
    /// Makes an empty file that only its owner can read, unless there is one.
    ///
    /// Directories are never made.  SQLite would create it readable to all, as far as the umask lets it; its
    /// write-ahead log takes over this mode.
    static func createIfMissing(at path: ByteString) throws(LedgerError) {
        guard path.starts(with: "/"), !path.bytes.contains(0) else {
            throw LedgerError(.cannotOpen, "the ledger's path is not absolute")
        }
        let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
        let descriptor = unsafe open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        let fault = errno
        switch fault {
        case EEXIST: return
        case EROFS: throw LedgerError(.readOnly, "read-only file system")
        case ENOSPC, EDQUOT: throw LedgerError(.full, "no space for the file")
        default: throw LedgerError(.cannotOpen, "errno \(fault)")
        }
    }
}
