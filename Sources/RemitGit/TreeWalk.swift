import CLibgit2
import RemitModel

/// The walk over two trees and all that differs below them.
///
/// It keeps its own stack: the depth of a pushed tree is the pusher's choice, that of ours is not.
struct TreeWalk: ~Copyable {
    /// Git's own `core.maxTreeDepth`.
    static let depthLimit = 4_096
    /// Trees that refer to each other ten times over unfold to more paths than any machine can visit.
    static let treeLimit = 1 << 18
    /// More changes than the largest known repositories have files.
    static let changeLimit = 1 << 22

    private var stack: [Level] = []
    /// The path of the directory that is being read, with its last `/`.
    private var path: [UInt8] = []
    private var trees = 0
    private var changes = 0

    /// Visits every change; the visitor ends the walk by giving back false.
    ///
    /// - Parameter tellsEmpty: whether a new directory without entries is visited too, which git itself never makes.
    mutating func run(
        from old: git_oid?, to new: git_oid?, in repository: borrowing Repository, tellsEmpty: Bool = false,
        _ visit: (Change) -> Bool
    ) throws(GitError) {
        if let old, let new, ObjectID(old) == ObjectID(new) { return }
        try open(old, new, repository)
        while let level = stack.last {
            path.removeLast(path.count - level.pathLength)
            guard let difference = try level.next(appendingNameTo: &path) else {
                stack.removeLast()
                continue
            }
            if difference.isTree {
                if tellsEmpty, let new = difference.new, ObjectID(new.id) == Repository.emptyTree {
                    guard visit(Change(path: ByteString(path), old: nil, new: new.entry)) else { return }
                }
                path.append(UInt8(ascii: "/"))
                try open(difference.old?.id, difference.new?.id, repository)
                continue
            }
            changes += 1
            try repository.stopwatch.require()
            guard changes <= Self.changeLimit else {
                throw GitError(.limit, "changes", "more than \(Self.changeLimit) paths differ")
            }
            guard visit(difference.change(at: ByteString(path))) else { return }
        }
    }

    private mutating func open(
        _ old: git_oid?, _ new: git_oid?, _ repository: borrowing Repository
    ) throws(GitError) {
        trees += 1
        // An object that was read before is not read again, however often a tree refers to it.
        try repository.stopwatch.require()
        guard trees <= Self.treeLimit else {
            throw GitError(.limit, "changes", "more than \(Self.treeLimit) directories differ")
        }
        guard stack.count < Self.depthLimit else {
            throw GitError(.limit, "changes", "directories are nested more than \(Self.depthLimit) deep")
        }
        stack.append(
            Level(
                old: try Self.tree(old, repository), oldID: old, new: try Self.tree(new, repository), newID: new,
                pathLength: path.count))
    }

    private static func tree(
        _ id: git_oid?, _ repository: borrowing Repository
    ) throws(GitError) -> StoredTree? {
        guard let id, ObjectID(id) != Repository.emptyTree else { return nil }
        return try repository.openTree(ObjectID(id))
    }
}

/// One pair of directories of the walk.
private final class Level {
    struct Side {
        let mode: FileMode
        let id: git_oid
        var entry: Change.Entry { Change.Entry(mode: mode, id: ObjectID(id)) }
    }

    struct Difference {
        let old: Side?
        let new: Side?
        var isTree: Bool { (old ?? new)?.mode == .tree }

        func change(at path: ByteString) -> Change {
            Change(path: path, old: old?.entry, new: new?.entry)
        }
    }

    let pathLength: Int
    private let old: StoredTree?
    private let new: StoredTree?
    private let oldID: git_oid?
    private let newID: git_oid?
    private var comparison = TreeComparison()

    init(old: StoredTree?, oldID: git_oid?, new: StoredTree?, newID: git_oid?, pathLength: Int) {
        self.old = old
        self.oldID = oldID
        self.new = new
        self.newID = newID
        self.pathLength = pathLength
    }

    func next(appendingNameTo path: inout [UInt8]) throws(GitError) -> Difference? {
        let (oldBuffer, newBuffer) = unsafe (Self.buffer(old), Self.buffer(new))
        let (oldTree, newTree) = unsafe (oldBuffer.bytes, newBuffer.bytes)
        do {
            guard let found = try comparison.next(oldTree, newTree) else { return nil }
            if let entry = found.new {
                Self.append(entry.name, newTree, to: &path)
            } else if let entry = found.old {
                Self.append(entry.name, oldTree, to: &path)
            }
            return Difference(
                old: found.old.map { Side(mode: $0.mode, id: TreeBytes.oid(oldTree, $0.idStart)) },
                new: found.new.map { Side(mode: $0.mode, id: TreeBytes.oid(newTree, $0.idStart)) })
        } catch {
            let ids = [oldID, newID].compactMap { $0.map { ObjectID($0).hex } }.joined(separator: " or ")
            throw GitError(.malformedTree, "changes", "tree \(ids): \(error.reason)")
        }
    }

    private static func buffer(_ tree: StoredTree?) -> UnsafeRawBufferPointer {
        if let tree { unsafe tree.buffer } else { unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    }

    private static func append(_ name: Range<Int>, _ tree: RawSpan, to path: inout [UInt8]) {
        for position in name { path.append(TreeBytes.byte(tree, position)) }
    }
}
