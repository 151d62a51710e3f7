package import RemitLedger
package import RemitModel

/// One server's ledger as a store of evidence.
package final class LedgerStore: EvidenceStore {
    private let ledger: Ledger
    /// What names its entries beside those of others.
    private let log: String

    package init(_ ledger: consuming Ledger, log: String) {
        self.ledger = ledger
        self.log = log
    }

    package func logs() throws(EvidenceError) -> [String] { [log] }

    package func entries(
        in log: String, after sequence: Int64, limit: Int
    ) throws(EvidenceError) -> [LedgerEntry] {
        guard log == self.log, limit > 0 else { return [] }
        return try EvidenceError.asking { () throws(LedgerError) in
            try ledger.entries(from: sequence + 1, limit: min(limit, Ledger.maximumPageCount))
        }
    }

    package func entry(_ name: Trace.Entry) throws(EvidenceError) -> LedgerEntry? {
        let found = try EvidenceError.asking { () throws(LedgerError) in
            try ledger.entries(from: name.sequence, limit: 1).first
        }
        return found?.sequence == name.sequence ? found : nil
    }

    package func entries(about subject: Subject, limit: Int) throws(EvidenceError) -> [Trace.Entry] {
        try EvidenceError.asking { () throws(LedgerError) in try ledger.entries(about: subject, limit: limit) }
            .map { Trace.Entry(log: log, sequence: $0) }
    }

    package func values(
        of kind: Subject.Kind, from first: ByteString, through last: ByteString, limit: Int
    ) throws(EvidenceError) -> [ByteString] {
        try EvidenceError.asking { () throws(LedgerError) in
            try ledger.values(of: kind, from: first, through: last, limit: limit)
        }
    }

    package func input(_ digest: EvidenceDigest) throws(EvidenceError) -> [UInt8]? {
        try EvidenceError.asking { () throws(LedgerError) in try ledger.input(digest) }
    }
}
