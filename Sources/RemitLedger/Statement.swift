import CSQLite

/// A value bound to a statement's parameter.
enum SQLValue {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
}

/// A statement, compiled when it is first run, and run many times, with bound parameters only.
///
/// It belongs to a connection, and is not run once that is closed.
struct Statement: ~Copyable {
    private let compiled: Compiled

    init(_ sql: String, of connection: borrowing Database) {
        compiled = Compiled(sql, of: connection)
    }

    /// Compiles it, unless it has been.
    func compile() throws(LedgerError) {
        _ = unsafe try compiled.handle()
    }

    func run(_ values: [SQLValue]) throws(LedgerError) {
        _ = try all(values) { _ in () }
    }

    func first<Value>(
        _ values: [SQLValue], _ read: (borrowing Row) throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value? {
        try all(values, read).first
    }

    /// Every row of the answer, copied out by `read`.
    func all<Value>(
        _ values: [SQLValue], _ read: (borrowing Row) throws(LedgerError) -> Value
    ) throws(LedgerError) -> [Value] {
        var rows: [Value] = []
        try each(values) { row throws(LedgerError) in rows.append(try read(row)) }
        return rows
    }

    /// Shows the rows of the answer to `body`, one at a time, so that there may be any number of them.
    ///
    /// The statement is ready for its next run afterwards.
    func each(
        _ values: [SQLValue], _ body: (borrowing Row) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let handle = unsafe try compiled.handle()
        defer { unsafe sqlite3_clear_bindings(handle) }
        try unsafe Self.bind(values[...], to: handle) { () throws(LedgerError) in
            // While the values are still lent.
            defer { unsafe sqlite3_reset(handle) }
            while true {
                let status = unsafe sqlite3_step(handle)
                guard status == SQLITE_ROW else {
                    try unsafe Self.check(status, expected: SQLITE_DONE, of: handle)
                    return
                }
                let row = unsafe Row(of: handle)
                try body(row)
            }
        }
    }

    /// Lends the values to the statement while `body` runs: what is stored may be large, and is not copied.
    private static func bind(
        _ values: ArraySlice<SQLValue>, to handle: OpaquePointer, _ body: () throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard let value = values.first else { return try body() }
        let (index, rest) = (Int32(values.startIndex + 1), values.dropFirst())
        switch value {
        case .integer(let number):
            try unsafe check(sqlite3_bind_int64(handle, index, number), expected: SQLITE_OK, of: handle)
            try unsafe bind(rest, to: handle, body)
        case .bytes(let bytes) where bytes.isEmpty:
            // No bytes have no address, and SQLite would make NULL of that.
            try unsafe check(sqlite3_bind_zeroblob(handle, index, 0), expected: SQLITE_OK, of: handle)
            try unsafe bind(rest, to: handle, body)
        case .bytes(let bytes):
            try unsafe bytes.withUnsafeBufferPointer { lent throws(LedgerError) in
                try unsafe check(
                    sqlite3_bind_blob64(handle, index, lent.baseAddress, UInt64(lent.count), nil),
                    expected: SQLITE_OK, of: handle)
                try unsafe bind(rest, to: handle, body)
            }
        case .text(let text):
            try unsafe check(
                sqlite3_bind_text(handle, index, text, Int32(text.utf8.count), transient), expected: SQLITE_OK,
                of: handle)
            try unsafe bind(rest, to: handle, body)
        }
    }

    /// Copies bound text at once: `SQLITE_TRANSIENT`, which is a cast in C and therefore not imported.
    private static var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private static func check(_ status: Int32, expected: Int32, of handle: OpaquePointer) throws(LedgerError) {
        guard status != expected else { return }
        guard let connection = unsafe sqlite3_db_handle(handle) else { throw LedgerError(status: status) }
        throw unsafe LedgerError(status: status, connection: connection)
    }
}

/// What SQLite makes of a statement's text.
///
/// A push needs about half of a ledger's statements, and compiling one takes as long as running it.
@safe
private final class Compiled {
    private let sql: String
    private let connection: OpaquePointer
    private var statement: OpaquePointer?

    init(_ sql: String, of connection: borrowing Database) {
        self.sql = sql
        unsafe self.connection = connection.handle
    }

    deinit { unsafe sqlite3_finalize(statement) }

    func handle() throws(LedgerError) -> OpaquePointer {
        if let statement = unsafe statement { return unsafe statement }
        var prepared: OpaquePointer?
        let status = unsafe sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard status == SQLITE_OK, let prepared = unsafe prepared else {
            throw unsafe LedgerError(status: status, connection: connection)
        }
        unsafe statement = prepared
        return unsafe prepared
    }
}

/// The row that a statement stands on; lent to a closure, so that nothing of it outlives the next step.
@safe
struct Row: ~Copyable {
    private let handle: OpaquePointer

    @unsafe fileprivate init(of handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(handle, column)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }
}
