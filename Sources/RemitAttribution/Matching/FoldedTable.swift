import RemitFormats

/// A hash table from short ASCII texts, compared without regard to case, to numbers; a text may have several.
///
/// It is built from the catalogue in a few microseconds and looked up without an allocation, which a dictionary of
/// byte arrays would need for every line of every commit.
struct FoldedTable: Sendable {
    private var heads: [Int32]
    private var entries: [(key: String, value: Int32, next: Int32)] = []
    /// Dashes are skipped in keys of trailers: `Coauthored-by` and `Co-authored-by` are one.
    private let skipsDashes: Bool

    /// An empty table; `slots` is a power of two, about the number of keys.
    init(slots: Int, skipsDashes: Bool = false) {
        heads = [Int32](repeating: -1, count: slots)
        entries.reserveCapacity(slots)
        self.skipsDashes = skipsDashes
    }

    /// Adds a lower-case key.
    mutating func insert(_ key: String, _ value: Int) {
        let slot = slot(of: key.utf8)
        entries.append((key, Int32(truncatingIfNeeded: value), heads[slot]))
        heads[slot] = Int32(truncatingIfNeeded: entries.count - 1)
    }

    /// Calls `body` with each number of a text; says whether there was one.
    @discardableResult
    func forEach(_ text: ArraySlice<UInt8>, _ body: (Int) -> Void) -> Bool {
        var found = false
        var index = heads[slot(of: text)]
        while index >= 0 {
            let entry = entries[Int(index)]
            if isEqual(text, entry.key) {
                body(Int(entry.value))
                found = true
            }
            index = entry.next
        }
        return found
    }

    /// FNV-1a of the folded bytes.
    ///
    /// The keys are ours and few, so nobody gains by collisions.
    private func slot(of bytes: some Sequence<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes where !(skipsDashes && byte == UInt8(ascii: "-")) {
            hash = (hash ^ UInt64(byte.foldedASCII)) &* 0x100_0000_01B3
        }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(heads.count - 1))
    }

    private func isEqual(_ text: ArraySlice<UInt8>, _ key: String) -> Bool {
        guard skipsDashes else { return text.count == key.utf8.count && text.folds(key, at: text.startIndex) }
        let dash = UInt8(ascii: "-")
        return text.lazy.filter { $0 != dash }.map(\.foldedASCII).elementsEqual(key.utf8.lazy.filter { $0 != dash })
    }
}
