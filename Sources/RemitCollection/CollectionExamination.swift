package import RemitLedger

/// What was found when a log of a collection was derived again.
package struct CollectionExamination: Sendable {
    package let log: String
    /// The faults in the order in which they were found, at most `LogExamination.maximumFaultCount`.
    package private(set) var faults: [LogFault] = []
    /// Faults beyond those.
    package private(set) var furtherFaults = 0
    package internal(set) var entries: Int64 = 0
    package internal(set) var root = TreeHash.empty
    /// Inputs that entries name and that are there.
    package internal(set) var inputs = 0
    /// Inputs that entries name and that are not there: where an entry tells of their erasure, that is allowed.
    package internal(set) var erased = 0
    /// The entries that have lost all that they rest on.
    private(set) var bare: [ClosedRange<Int64>] = []
    /// How many entries the newest signed checkpoint covers.
    package internal(set) var signed: Int64 = 0

    init(of log: String) {
        self.log = log
    }

    mutating func add(_ words: String, entry: Int64? = nil) {
        if faults.count < LogExamination.maximumFaultCount {
            faults.append(LogFault(words, entry: entry))
        } else {
            furtherFaults += 1
        }
    }

    /// Says that an entry has lost all that it rests on; entries come in their order.
    mutating func addBare(_ entry: Int64) {
        if let last = bare.last, last.upperBound == entry - 1 {
            bare[bare.endIndex - 1] = last.lowerBound...entry
        } else {
            bare.append(entry...entry)
        }
    }
}
