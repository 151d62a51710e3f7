import RemitModel

/// A directory that is looked into: its tree as git stores it, checked once, and where each entry begins.
///
/// A wide one has tens of thousands of entries, of which one or two are wanted, so nothing is made of the others.
final class Directory {
    private let object: StoredTree
    private let starts: [UInt32]

    /// Reads a tree, every entry of which is checked: what is looked up here is relied upon.
    init(_ object: StoredTree, id: ObjectID) throws(GitError) {
        let buffer = unsafe object.buffer
        let bytes = unsafe buffer.bytes
        var starts: [UInt32] = []
        do {
            // A tree is at most 64 MiB (`ObjectLimit.tree`), so its positions fit.
            try TreeOrder.checkAll(bytes) { entry in starts.append(UInt32(entry.start)) }
        } catch {
            throw GitError(.malformedTree, "entries", "tree \(id): \(error.reason)")
        }
        self.starts = starts
        self.object = object
    }

    var byteCount: Int { object.count + starts.count * MemoryLayout<UInt32>.stride }

    /// What is there under a name; `nil` when nothing is.
    ///
    /// Git sorts a directory as if its name ended with `/`, so a name has two places, and at most one of them is taken.
    func entry(named name: ArraySlice<UInt8>) throws(GitError) -> Change.Entry? {
        if let file = try find(name, before: 0) { return file }
        return try find(name, before: UInt8(ascii: "/"))
    }

    /// All names and what they stand for, in git's order.
    func entries() throws(GitError) -> [(name: ByteString, entry: Change.Entry)] {
        let buffer = unsafe object.buffer
        let bytes = unsafe buffer.bytes
        var entries: [(name: ByteString, entry: Change.Entry)] = []
        entries.reserveCapacity(starts.count)
        for start in starts {
            let entry = try Self.entry(bytes, at: start)
            entries.append((ByteString(entry.name.map { TreeBytes.byte(bytes, $0) }), Self.value(of: entry, bytes)))
        }
        return entries
    }

    private func find(_ name: ArraySlice<UInt8>, before terminator: UInt8) throws(GitError) -> Change.Entry? {
        let buffer = unsafe object.buffer
        let bytes = unsafe buffer.bytes
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            let entry = try Self.entry(bytes, at: starts[middle])
            let order = TreeOrder.compare(entry, bytes, name, terminator)
            if order == 0 { return Self.value(of: entry, bytes) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private static func entry(_ bytes: RawSpan, at start: UInt32) throws(GitError) -> TreeEntry {
        do throws(TreeFault) {
            return try TreeBytes.entry(bytes, at: Int(start))
        } catch {
            throw GitError(.malformedTree, "entries", error.reason)
        }
    }

    private static func value(of entry: TreeEntry, _ bytes: RawSpan) -> Change.Entry {
        Change.Entry(mode: entry.mode, id: ObjectID(TreeBytes.oid(bytes, entry.idStart)))
    }
}

/// The directories of a repository that were looked into last: a record and its signatures lie in the same one.
final class Directories {
    /// Bytes of trees that are kept; with one more they are all let go.
    private static let maximumByteCount = 16 << 20

    private var known: [ObjectID: Directory] = [:]
    private var byteCount = 0

    func directory(
        _ id: ObjectID, open: () throws(GitError) -> Directory
    ) throws(GitError) -> Directory {
        if let directory = known[id] { return directory }
        let directory = try open()
        if byteCount + directory.byteCount > Self.maximumByteCount { (known, byteCount) = ([:], 0) }
        if directory.byteCount <= Self.maximumByteCount {
            known[id] = directory
            byteCount += directory.byteCount
        }
        return directory
    }
}
