package import RemitLedger

/// What was found when a log of a collection was derived again.
package struct CollectionExamination: Sendable {
    package let log: String
    package internal(set) var faults = LogFaults()
    package internal(set) var entries: Int64 = 0
    package internal(set) var root = TreeHash.empty
    /// Inputs that entries name and that are there.
    package internal(set) var inputs = 0
    /// Inputs that entries name and that are not there: where an entry tells of their erasure, that is allowed.
    package internal(set) var erased = 0
    /// The entries that have lost all that they rest on.
    var bare: [ClosedRange<Int64>] = []
    /// How many entries the newest signed checkpoint covers.
    package internal(set) var signed: Int64 = 0

    init(of log: String) {
        self.log = log
    }
}
