import Crypto
import RemitModel

/// A node of the Merkle tree over the entries (RFC 6962, section 2.1).
package struct TreeHash: Hashable, Sendable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// Exactly 32 bytes, or `nil`.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    private init(_ bytes: SHA256.Digest) {
        self.bytes = Array(bytes)
    }

    /// The root of the tree without entries.
    package static let empty = TreeHash(SHA256().finalize())

    /// The prefix keeps an entry that looks like two hashes from passing for a node, and a node for an entry.
    package static func leaf(_ entry: [UInt8]) -> TreeHash { hash(0, entry, []) }

    package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash { hash(1, left.bytes, right.bytes) }

    private static func hash(_ prefix: UInt8, _ first: [UInt8], _ second: [UInt8]) -> TreeHash {
        var function = SHA256()
        // By their buffers, because the other way goes through Foundation's protocol for data.
        for part in [[prefix], first, second] {
            unsafe part.withUnsafeBytes { buffer in
                unsafe function.update(bufferPointer: buffer)
            }
        }
        return TreeHash(function.finalize())
    }

    /// The root over these hashes: of so many perfect subtrees of one size, or of leaves.
    static func root(of hashes: ArraySlice<TreeHash>) -> TreeHash {
        guard let first = hashes.first else { return empty }
        guard hashes.count > 1 else { return first }
        let split = hashes.startIndex + Int(TreeShape.split(Int64(hashes.count)))
        return node(root(of: hashes[..<split]), root(of: hashes[split...]))
    }

    package var hex: String { Hex.text(bytes) }
}

/// The arithmetic of a tree's shape.
enum TreeShape {
    /// The largest power of two below a size of at least two: how many leaves the left branch has.
    static func split(_ size: Int64) -> Int64 {
        Int64(1) << (63 - Int64((size - 1).leadingZeroBitCount))
    }

    static func isPowerOfTwo(_ size: Int64) -> Bool { size > 0 && size & (size - 1) == 0 }
}
