import RemitLedger
import RemitModel

/// The order of what stands in several logs: that of each log, and between logs that of their moments.
///
/// By moments alone a clock that was set back would put a log's entries out of the order in which they were appended.
enum LogOrder {
    static func merged<Element>(
        _ elements: some Sequence<Element>, name: (Element) -> Trace.Entry, at: (Element) -> Instant
    ) -> [Element] {
        var rest = Dictionary(grouping: elements) { name($0).log }
            .mapValues { $0.sorted { name($0).sequence > name($1).sequence } }
        var merged: [Element] = []
        while let (log, next) = first(of: rest, at) {
            merged.append(next)
            rest[log]?.removeLast()
        }
        return merged
    }

    /// The earliest of what is next in each log.
    private static func first<Element>(
        of rest: [String: [Element]], _ at: (Element) -> Instant
    ) -> (log: String, next: Element)? {
        rest.compactMap { log, elements in elements.last.map { (log: log, next: $0) } }
            .min { (at($0.next), $0.log) < (at($1.next), $1.log) }
    }
}

/// Entries of several logs one after the other, the newest first, each read only when its turn is near.
struct NewestFirst {
    /// How many have had their turn.
    private(set) var taken = 0
    /// Of each log the newest last.
    private var rest: [String: [Trace.Entry]]
    private var next: [String: LedgerEntry] = [:]

    init(_ names: Set<Trace.Entry>) {
        rest = Dictionary(grouping: names, by: \.log).mapValues { $0.sorted { $0.sequence < $1.sequence } }
    }

    /// The next entry that is there.
    mutating func next(in store: some EvidenceStore) throws(EvidenceError) -> (Trace.Entry, LedgerEntry)? {
        for log in rest.keys.sorted() {
            while next[log] == nil, let name = rest[log]?.last {
                if let entry = try store.entry(name) {
                    next[log] = entry
                } else {
                    rest[log]?.removeLast()
                    taken += 1
                }
            }
        }
        let newest = next.max { ($0.value.recordedAt, $0.key) < ($1.value.recordedAt, $1.key) }
        guard let (log, entry) = newest, let name = rest[log]?.popLast() else { return nil }
        next[log] = nil
        taken += 1
        return (name, entry)
    }

    /// Says that the last had not its turn after all.
    mutating func putBack() { taken -= 1 }
}
