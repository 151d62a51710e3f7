import CSQLite
import Glibc

extension LedgerError {
    /// The error that a connection has just reported; to be read at once, before another call replaces it.
    @unsafe init(status: Int32, connection: OpaquePointer) {
        let systemError = unsafe sqlite3_system_errno(connection)
        let code = Self.code(status: status, systemError: systemError)
        // Of a file that cannot be opened, SQLite says no more than that; the system says why.
        let reason =
            code == .cannotOpen && systemError != 0
            ? unsafe String(cString: strerror(systemError)).lowercased()
            : unsafe String(cString: sqlite3_errmsg(connection))
        self.init(code, "\(reason) (SQLite \(status))")
    }

    /// An error for which there is no connection to ask.
    init(status: Int32) {
        self.init(Self.code(status: status, systemError: 0), "SQLite \(status)")
    }

    /// The kind of fault behind a result code, extended or primary.
    private static func code(status: Int32, systemError: Int32) -> Code {
        switch status & 0xFF {
        case SQLITE_FULL: .full
        // SQLite calls ENOSPC by its name only when writing pages: a quota, or no room for the shared index of the
        // write-ahead log, is a general I/O error to it.
        case SQLITE_IOERR where systemError == ENOSPC || systemError == EDQUOT: .full
        case SQLITE_READONLY: .readOnly
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .busy
        case SQLITE_CORRUPT: .corrupt
        // Raised for a table or column that is not there, although the header says that this is a ledger.
        case SQLITE_ERROR, SQLITE_MISMATCH: .corrupt
        case SQLITE_NOTADB: .notALedger
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_TOOBIG: .inputTooLarge
        default: .io
        }
    }
}
