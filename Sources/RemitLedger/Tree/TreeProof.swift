/// Checks proofs in closed form: how long one has to be follows from the sizes alone, and it is exactly so long.
package enum TreeProof {
    /// Whether the tree of this root and size has a leaf at this index, counted from 0.
    package static func includes(
        _ leaf: TreeHash, at index: Int64, size: Int64, root: TreeHash, proof: [TreeHash]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        let (inner, border) = parts(index, size)
        guard proof.count == inner + border else { return false }
        return climb(leaf, index, proof, inner) == root
    }

    /// Whether the newer tree begins with all of the older one.
    ///
    /// From a tree without entries everything follows, so that there is nothing to prove.
    package static func isConsistent(
        from older: (size: Int64, root: TreeHash), to newer: (size: Int64, root: TreeHash), proof: [TreeHash]
    ) -> Bool {
        guard older.size > 0, older.size <= newer.size else { return false }
        if older.size == newer.size { return proof.isEmpty && older.root == newer.root }
        // The largest perfect subtree at the right edge of the older tree; where that is all of it, its root is known.
        let shift = older.size.trailingZeroBitCount
        var rest = proof[...]
        let seed: TreeHash
        if TreeShape.isPowerOfTwo(older.size) {
            seed = older.root
        } else {
            guard let first = rest.popFirst() else { return false }
            seed = first
        }
        let index = (older.size - 1) >> Int64(shift)
        let (inner, border) = parts(older.size - 1, newer.size)
        guard inner >= shift, rest.count == inner - shift + border else { return false }
        let steps = Array(rest)
        // Into the older root go only the hashes that stand on the left.
        var old = seed
        for (level, hash) in steps.prefix(inner - shift).enumerated() where index >> Int64(level) & 1 == 1 {
            old = .node(hash, old)
        }
        for hash in steps.dropFirst(inner - shift) { old = .node(hash, old) }
        return old == older.root && climb(seed, index, steps, inner - shift) == newer.root
    }

    /// How many steps a way takes below the tree's right border, and how many beside it.
    private static func parts(_ index: Int64, _ size: Int64) -> (inner: Int, border: Int) {
        let inner = 64 - (index ^ (size - 1)).leadingZeroBitCount
        return (inner, (inner == 64 ? 0 : index >> Int64(inner)).nonzeroBitCount)
    }

    private static func climb(_ start: TreeHash, _ index: Int64, _ proof: [TreeHash], _ inner: Int) -> TreeHash {
        var hash = start
        for (level, other) in proof.enumerated() {
            let isRight = level >= inner || index >> Int64(level) & 1 == 1
            hash = isRight ? .node(other, hash) : .node(hash, other)
        }
        return hash
    }
}
