import CSQLite
import RemitModel

/// One connection to a database file: the only place that opens and closes one.
@safe
struct Database: ~Copyable {
    let handle: OpaquePointer

    /// Opens an existing file, for writing where that is wanted and allowed; nothing of it is read yet.
    init(openingFileAt path: ByteString, forReading: Bool = false) throws(LedgerError) {
        // An absolute path is a file to SQLite, whatever else it says: no `:memory:`, no `file:` with options.
        guard path.starts(with: "/"), !path.bytes.contains(0) else {
            throw LedgerError(.cannotOpen, "the ledger's path is not absolute")
        }
        let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
        let purpose = forReading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let flags = purpose | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
        var opened: OpaquePointer?
        let status = unsafe sqlite3_open_v2(name, &opened, flags, nil)
        guard let opened = unsafe opened else { throw LedgerError(status: status) }
        guard status == SQLITE_OK else {
            let error = unsafe LedgerError(status: status, connection: opened)
            unsafe sqlite3_close_v2(opened)
            throw error
        }
        unsafe handle = opened
    }

    deinit { unsafe sqlite3_close_v2(handle) }

    /// SQLite falls back to reading, without a word, when the file may not be written.
    var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") != 0 }

    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// How long a statement may wait for another connection's lock.
    func setBusyTimeout(milliseconds: Int32) {
        unsafe sqlite3_busy_timeout(handle, milliseconds)
    }

    /// Leaves the write-ahead log as it is when the last connection closes, or empties and deletes it, as SQLite does
    /// by itself.
    ///
    /// Where SQLite cannot be told so, it does what it does by itself.
    func keepLogAtClose(_ keeps: Bool) {
        _ = unsafe remit_sqlite3_set_no_checkpoint_on_close(handle, keeps ? 1 : 0)
    }

    /// Runs our own text: schema, pragmas, transactions.
    ///
    /// Values never come this way.
    func execute(_ sql: String) throws(LedgerError) {
        let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard status == SQLITE_OK else { throw unsafe LedgerError(status: status, connection: handle) }
    }

    /// A statement that is compiled when it is first run.
    func statement(_ sql: String) -> Statement { Statement(sql, of: self) }

    func prepare(_ sql: String) throws(LedgerError) -> Statement {
        let statement = statement(sql)
        try statement.compile()
        return statement
    }

    /// The single number that a pragma or a count answers.
    func integer(_ sql: String) throws(LedgerError) -> Int64 {
        let statement = try prepare(sql)
        return try statement.first([]) { row in row.integer(0) } ?? 0
    }

    /// The single word that a pragma answers.
    func text(_ sql: String) throws(LedgerError) -> String {
        let statement = try prepare(sql)
        return try statement.first([]) { row in row.text(0) } ?? ""
    }
}
