/// The faults that a verification has found, in that order: a bounded number of them, the others only counted.
package struct LogFaults: RandomAccessCollection, Sendable {
    private var kept: [LogFault] = []
    /// Faults beyond those.
    package private(set) var further = 0

    package static let countAtMost = 100

    package init() {}

    package var startIndex: Int { kept.startIndex }
    package var endIndex: Int { kept.endIndex }
    package subscript(position: Int) -> LogFault { kept[position] }

    package mutating func add(_ words: String, entry: Int64? = nil) {
        if kept.count < Self.countAtMost { kept.append(LogFault(words, entry: entry)) } else { further += 1 }
    }

    package mutating func add(_ others: LogFaults) {
        for fault in others { add(fault.words, entry: fault.entry) }
        further += others.further
    }
}
