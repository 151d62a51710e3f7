/// Why the ledger could not do what it was asked: a fault, never a verdict.
///
/// A gate turns every one into a refusal.
package struct LedgerError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The file or its directory is missing, is not a file, or may not be opened.
        case cannotOpen
        case readOnly
        /// No space left: the disk, a quota, or the page count given at opening.
        case full
        /// Another writer held the ledger until the deadline.
        case busy
        case corrupt
        /// Another application's database, or no database at all.
        case notALedger
        /// Written by a newer Remit, whose tables this one does not know.
        case newerVersion
        case entryTooLarge
        case inputTooLarge
        /// An entry, or a size of the tree, that the ledger has not reached.
        case noSuchEntry
        /// The ledger is not the one that was published: shorter, or with another past.
        case rolledBack
        /// Somebody else holds more of the log, or another past, and no operator has looked yet.
        case alarm
        /// What was published is not signed by the key that is to sign now.
        case wrongKey
        /// The tables' own rules refused the row: an entry out of sequence, a commit seen in no entry, a total that falls.
        case constraint
        case io
    }

    package let code: Code
    /// A few words for the log: SQLite's own message, or the bound that was passed.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
