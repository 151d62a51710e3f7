/// Why a collection could not do what it was asked, or will not.
package struct CollectionError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The address cannot be read, or names nothing to connect to.
        case address
        /// No server answers there, or it does not let this user in.
        case unreachable
        /// The server went away while something was asked of it.
        case connectionLost
        /// The role may not do this.
        case notPermitted
        /// The server has no space left, or no other means.
        case full
        /// Somebody else held what was needed for too long.
        case busy
        /// The server did not answer in time.
        case timeout
        /// There is no collection in this database yet.
        case absent
        /// Somebody else's tables stand where a collection has its own.
        case notACollection
        /// Written by a newer Remit, whose tables this one does not know.
        case newerVersion
        /// What was collected is not as it was written.
        case corrupt
        /// The ledger is not the one that was collected: shorter, or with another past.
        case rolledBack
        /// The log's name belongs to another key, or nothing says which key signs it.
        case key
        /// The ledger cannot be read, or does not agree with its own checkpoint.
        case ledger
        /// The server refused a statement for another reason.
        case refused
    }

    package let code: Code
    /// What is wrong, in git's voice, naming the log and the entry where there is one.
    package let statement: String

    package init(_ code: Code, _ statement: String) {
        self.code = code
        self.statement = statement
    }
}
