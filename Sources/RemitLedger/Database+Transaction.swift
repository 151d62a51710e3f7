extension Database {
    /// Leaves the transaction without a trace and passes the error on that made this necessary.
    func rollBack(after error: LedgerError) throws(LedgerError) -> Never {
        // After a full disk or an I/O error SQLite has rolled back by itself. Should the statement fail, closing the
        // connection rolls back: what was not committed is never there.
        if isInTransaction {
            do { try execute("ROLLBACK") } catch { throw LedgerError(.io, "rollback: \(error.reason)") }
        }
        throw error
    }
}
