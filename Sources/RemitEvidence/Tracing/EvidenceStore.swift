package import RemitLedger
package import RemitModel

/// Where evidence is looked up: the ledger of one server, or a collection of many.
package protocol EvidenceStore {
    /// What names each log in it, in a fixed order.
    func logs() throws(EvidenceError) -> [String]

    func entry(_ name: Trace.Entry) throws(EvidenceError) -> LedgerEntry?

    /// The entries of a log that follow one, in their order, 0 being before the first; at most so many, and no more than
    /// `Ledger.maximumPageCount`. None are left where none come.
    func entries(in log: String, after sequence: Int64, limit: Int) throws(EvidenceError) -> [LedgerEntry]

    /// The entries about something, the newest first; at most so many.
    func entries(about subject: Subject, limit: Int) throws(EvidenceError) -> [Trace.Entry]

    /// The values of subjects that lie between two others, both included; at most so many.
    func values(
        of kind: Subject.Kind, from first: ByteString, through last: ByteString, limit: Int
    ) throws(EvidenceError) -> [ByteString]

    func input(_ digest: EvidenceDigest) throws(EvidenceError) -> [UInt8]?
}
