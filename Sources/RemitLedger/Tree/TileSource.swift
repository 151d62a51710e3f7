/// Where the tree's hashes are read from: the ledger, or what somebody else holds of it.
///
/// A tile holds up to 256 hashes of one level: level 0 those of entries, each further level the roots of full tiles of
/// the level below (C2SP tlog-tiles).
package protocol TileSource: ~Copyable {
    /// The hashes of a tile as far as there are any.
    borrowing func tile(level: Int, number: Int64) throws(LedgerError) -> [TreeHash]
}

/// The measures of tiles.
package enum Tile {
    package static let width: Int64 = 256
    /// Eight binary levels in each tile.
    static let height = 8
    /// Levels that a ledger of any size that SQLite can count to has.
    static let levels = 8

    /// How many hashes of a level a tree of this size has: a partial tile is never hashed upwards.
    static func count(atLevel level: Int, size: Int64) -> Int64 { size >> Int64(height * level) }
}

extension TileSource where Self: ~Copyable {
    /// The root of the tree over the first `size` entries.
    package func root(size: Int64) throws(LedgerError) -> TreeHash {
        size == 0 ? .empty : try root(from: 0, to: size)
    }

    /// The hashes beside the way from an entry, counted from 0, up to the root of the tree of this size.
    package func inclusionProof(of index: Int64, size: Int64) throws(LedgerError) -> [TreeHash] {
        guard index >= 0, index < size else { throw LedgerError(.noSuchEntry, "entry \(index + 1) of \(size)") }
        var (low, high) = (Int64(0), size)
        var proof: [TreeHash] = []
        while high - low > 1 {
            let middle = low + TreeShape.split(high - low)
            if index < middle {
                proof.append(try root(from: middle, to: high))
                high = middle
            } else {
                proof.append(try root(from: low, to: middle))
                low = middle
            }
        }
        return proof.reversed()
    }

    /// The hashes that show that the tree of this size begins with the older one.
    package func consistencyProof(from older: Int64, to size: Int64) throws(LedgerError) -> [TreeHash] {
        guard older > 0, older <= size else { throw LedgerError(.noSuchEntry, "size \(older) of \(size)") }
        var (low, high) = (Int64(0), size)
        var proof: [TreeHash] = []
        while high != older {
            let middle = low + TreeShape.split(high - low)
            if older <= middle {
                proof.append(try root(from: middle, to: high))
                high = middle
            } else {
                proof.append(try root(from: low, to: middle))
                low = middle
            }
        }
        // Without a left turn this is the older root itself, which whoever asks has.
        if low > 0 { proof.append(try root(from: low, to: high)) }
        return proof.reversed()
    }

    /// The root over a range whose start divides by the next power of two of its length.
    private func root(from low: Int64, to high: Int64) throws(LedgerError) -> TreeHash {
        let count = high - low
        if TreeShape.isPowerOfTwo(count) { return try node(height: count.trailingZeroBitCount, index: low / count) }
        let middle = low + TreeShape.split(count)
        return .node(try root(from: low, to: middle), try root(from: middle, to: high))
    }

    /// The root of a perfect subtree: all of its hashes on the tile's own level lie in one tile.
    private func node(height: Int, index: Int64) throws(LedgerError) -> TreeHash {
        let (level, above) = (height / Tile.height, height % Tile.height)
        let first = index << Int64(above)
        let hashes = try tile(level: level, number: first / Tile.width)
        let start = Int(first % Tile.width)
        guard hashes.count >= start + 1 << above else {
            throw LedgerError(.corrupt, "tile \(level)/\(first / Tile.width) of the tree is missing or too short")
        }
        return TreeHash.root(of: hashes[start..<start + 1 << above])
    }
}
