/// Something about the evidence that is not as it was written.
package struct LogFault: Hashable, Sendable {
    /// The entry that it is about, counted from 1; `nil` where it is about none, such as a signature.
    package let entry: Int64?
    package let words: String

    package init(_ words: String, entry: Int64? = nil) {
        self.entry = entry
        self.words = words
    }
}

/// What was found when everything was derived again.
package struct LogExamination: Sendable {
    package var faults = LogFaults()
    package internal(set) var entries: Int64 = 0
    package internal(set) var root = TreeHash.empty
    /// Inputs that entries name and that are there.
    package internal(set) var inputs = 0
    /// Inputs that entries name and that were deleted: that is allowed.
    package internal(set) var erased = 0
    /// The entries that have lost all that they rest on.
    package internal(set) var bare: [ClosedRange<Int64>] = []
    /// The entries that have lost an input, and still name it.
    package internal(set) var lacking: [ClosedRange<Int64>] = []
    /// The checkpoint that lies beside the ledger.
    package internal(set) var published: Checkpoint?
    /// Whether its signature was checked.
    package internal(set) var isSigned = false

    /// The entries that tell of somebody else who keeps a checkpoint.
    package internal(set) var anchors: [Int64] = []
}
