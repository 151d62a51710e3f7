/// Builds a tree from its entries, one after the other, keeping only its right border.
struct TreeBuilder {
    /// The tile of each level that is not full yet; never empty but on the way to its first hash.
    private(set) var border: [[TreeHash]] = []
    private(set) var size: Int64 = 0

    /// A tile that has just become full.
    struct FullTile {
        let level: Int
        let number: Int64
        let hashes: [TreeHash]
    }

    /// Adds a leaf; gives the tiles that it completed, the lowest first.
    mutating func append(_ leaf: TreeHash) -> [FullTile] {
        var full: [FullTile] = []
        var (hash, level) = (leaf, 0)
        size += 1
        while true {
            if border.count == level { border.append([]) }
            border[level].append(hash)
            guard border[level].count == Int(Tile.width) else { return full }
            let number = Tile.count(atLevel: level + 1, size: size) - 1
            full.append(FullTile(level: level, number: number, hashes: border[level]))
            hash = TreeHash.root(of: border[level][...])
            border[level] = []
            level += 1
        }
    }

    var root: TreeHash {
        // Each level's partial tile is a row of perfect subtrees, larger to the left, and higher levels stand further
        // left still: all of them are folded from the right.
        var peaks: [TreeHash] = []
        for hashes in border.reversed() {
            var rest = hashes[...]
            while !rest.isEmpty {
                let count = 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount)
                peaks.append(TreeHash.root(of: rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
        }
        guard var root = peaks.popLast() else { return .empty }
        while let left = peaks.popLast() { root = .node(left, root) }
        return root
    }
}
