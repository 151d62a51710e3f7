import RemitModel

/// How often each of some keys came, as long as there are not too many of them to be told apart.
struct BoundedCounts {
    /// More directories or addresses than one agent has in any history that was looked at.
    static let keysAtMost = 4096

    private(set) var counts: [ByteString: Int] = [:]
    private(set) var isComplete = true

    mutating func add(_ key: ByteString) {
        if counts[key] == nil, counts.count >= Self.keysAtMost {
            isComplete = false
            return
        }
        counts[key, default: 0] += 1
    }

    var distinct: HistoryScan.Count { HistoryScan.Count(counts.count, isComplete: isComplete) }

    /// The most frequent keys, most first; of equal ones, in the order of their bytes.
    func most(_ limit: Int) -> [(key: ByteString, count: Int)] {
        counts.map { (key: $0.key, count: $0.value) }.sorted { ($1.count, $0.key) < ($0.count, $1.key) }
            .prefix(limit).map(\.self)
    }
}
