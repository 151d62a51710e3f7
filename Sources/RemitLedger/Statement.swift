import CSQLite

/// A value bound to a statement's parameter.
enum SQLValue {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
}

/// A statement compiled once and run many times, with bound parameters only.
@safe
struct Statement: ~Copyable {
    private let handle: OpaquePointer

    /// Copies bound bytes at once: `SQLITE_TRANSIENT`, which is a cast in C and therefore not imported.
    private static var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    @unsafe init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe sqlite3_finalize(handle) }

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
        defer {
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        for (offset, value) in values.enumerated() {
            try check(bind(value, at: Int32(offset + 1)), expected: SQLITE_OK)
        }
        while true {
            let status = unsafe sqlite3_step(handle)
            guard status == SQLITE_ROW else {
                try check(status, expected: SQLITE_DONE)
                return
            }
            let row = unsafe Row(of: handle)
            try body(row)
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .integer(let number):
            unsafe sqlite3_bind_int64(handle, index, number)
        case .bytes(let bytes) where bytes.isEmpty:
            // No bytes have no address, and SQLite would make NULL of that.
            unsafe sqlite3_bind_zeroblob(handle, index, 0)
        case .bytes(let bytes):
            unsafe sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), Self.transient)
        case .text(let text):
            unsafe sqlite3_bind_text(handle, index, text, Int32(text.utf8.count), Self.transient)
        }
    }

    private func check(_ status: Int32, expected: Int32) throws(LedgerError) {
        guard status != expected else { return }
        guard let connection = unsafe sqlite3_db_handle(handle) else { throw LedgerError(status: status) }
        throw unsafe LedgerError(status: status, connection: connection)
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
