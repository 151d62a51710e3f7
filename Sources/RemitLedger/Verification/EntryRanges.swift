/// Entries in their order, as ranges without gaps inside.
extension [ClosedRange<Int64>] {
    /// Takes an entry that comes after all others, or is the last of them again.
    package mutating func append(entry: Int64) {
        guard let last, last.upperBound >= entry - 1 else { return append(entry...entry) }
        self[endIndex - 1] = last.lowerBound...Swift.max(entry, last.upperBound)
    }
}
