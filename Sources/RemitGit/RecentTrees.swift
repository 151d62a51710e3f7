import RemitModel

/// A tree as git stores it, unpacked once for all who read it.
final class StoredTree {
    private let object: OpenObject

    init(_ object: consuming OpenObject) {
        self.object = object
    }

    var count: Int { object.count }

    /// Valid as long as the tree is.
    var buffer: UnsafeRawBufferPointer { unsafe object.buffer }
}

/// The trees that were read last: those of a commit are its child's parent's.
///
/// libgit2's own cache keeps small trees alone, and those until the end: of ten thousand commits they are 20 MB.
final class RecentTrees {
    /// Bytes of trees in each of two generations, of which the older one goes when the younger is full.
    private static let maximumByteCount = 512 << 10

    private var younger: [ObjectID: StoredTree] = [:]
    private var older: [ObjectID: StoredTree] = [:]
    private var byteCount = 0

    func tree(_ id: ObjectID, open: () throws(GitError) -> StoredTree) throws(GitError) -> StoredTree {
        if let tree = younger[id] { return tree }
        let tree = if let known = older[id] { known } else { try open() }
        // One that is larger than all that is kept is read again.
        guard tree.count <= Self.maximumByteCount else { return tree }
        if byteCount + tree.count > Self.maximumByteCount { (older, younger, byteCount) = (younger, [:], 0) }
        younger[id] = tree
        byteCount += tree.count
        return tree
    }
}
