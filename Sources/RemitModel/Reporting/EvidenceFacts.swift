/// What Remit's records of a period come to, in numbers, with a few entries by which each is looked up.
package struct EvidenceFacts: Hashable, Sendable {
    package let period: Period
    /// The commit of the authority that was read, and when.
    package let authority: ObjectID
    package let readAt: Instant
    package let logs: [LogState]
    /// The first entry that the logs have at all.
    package let oldest: Instant?
    private let figures: [Figure: Int]
    private let examples: [EvidenceKind: [Trace.Entry]]

    /// Entries that are named of each kind, the newest.
    package static let examplesAtMost = 5

    package init(
        period: Period, authority: ObjectID, readAt: Instant, logs: [LogState], oldest: Instant?,
        figures: [Figure: Int], examples: [EvidenceKind: [Trace.Entry]]
    ) {
        self.period = period
        self.authority = authority
        self.readAt = readAt
        self.logs = logs
        self.oldest = oldest
        self.figures = figures
        self.examples = examples
    }

    package subscript(figure: Figure) -> Int { figures[figure] ?? 0 }

    /// The figures of a kind that are not 0, in their order.
    package func figures(of kind: EvidenceKind) -> [(figure: Figure, count: Int)] {
        Figure.allCases.filter { $0.kind == kind && self[$0] > 0 }.map { ($0, self[$0]) }
    }

    package func examples(of kind: EvidenceKind) -> [Trace.Entry] { examples[kind] ?? [] }

    /// Whether there is evidence of a kind in the period.
    package func has(_ kind: EvidenceKind) -> Bool { figures(of: kind).contains { $0.figure.isEvidence } }
}

/// What is known of one log beside its entries.
package struct LogState: Hashable, Sendable {
    package let name: String
    /// How many entries lie in the period, of how many.
    package let entries: Int
    package let total: Int
    /// How many entries the signed checkpoint beside it has; `nil` where none is published or none can be read.
    package let checkpoint: Int?
    package let verification: Verification

    package enum Verification: Hashable, Sendable {
        case notAsked
        /// It cannot be derived again from what is read here.
        case notHere
        case verified
        /// How much is not as it was written.
        case faulty(Int)
    }

    package init(name: String, entries: Int, total: Int, checkpoint: Int?, verification: Verification) {
        self.name = name
        self.entries = entries
        self.total = total
        self.checkpoint = checkpoint
        self.verification = verification
    }
}
