/// The roots of the perfect subtrees that a tree over its first entries consists of, the largest first: all that is needed
/// to go on with the tree, and to know its root.
package struct CompactRange: Hashable, Sendable {
    package private(set) var size: Int64 = 0
    package private(set) var hashes: [TreeHash] = []

    package init() {}

    /// `nil` where a tree of this size has not so many.
    package init?(size: Int64, hashes: [TreeHash]) {
        guard size >= 0, hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Adds the hash of the next entry.
    package mutating func append(_ leaf: TreeHash) {
        var (hash, rest) = (leaf, size)
        while rest & 1 == 1, let left = hashes.popLast() {
            hash = .node(left, hash)
            rest >>= 1
        }
        hashes.append(hash)
        size += 1
    }

    package var root: TreeHash {
        var rest = hashes[...]
        guard var root = rest.popLast() else { return .empty }
        while let left = rest.popLast() { root = .node(left, root) }
        return root
    }

    package var bytes: [UInt8] { hashes.flatMap(\.bytes) }
}

extension TreeHash {
    /// Hashes one after the other; `nil` where the length is none of theirs.
    package static func list(_ bytes: [UInt8]) -> [TreeHash]? { TileTable.hashes(bytes) }
}
