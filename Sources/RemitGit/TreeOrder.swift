import RemitModel

/// Git's order of tree entries, and what a name may be.
enum TreeOrder {
    /// Git's `base_name_compare`: bytewise, a directory as if its name ended with `/`.
    ///
    /// Negative, zero or positive; zero means the same name and both or neither a directory.
    static func compare(_ left: TreeEntry, _ leftTree: RawSpan, _ right: TreeEntry, _ rightTree: RawSpan) -> Int {
        let offset = TreeBytes.commonCount(left.name, leftTree, right.name, rightTree)
        return terminator(left, leftTree, offset) - terminator(right, rightTree, offset)
    }

    /// The same for a name that is looked for: of a directory with the terminator `/`, of anything else with 0.
    static func compare(_ left: TreeEntry, _ tree: RawSpan, _ name: ArraySlice<UInt8>, _ end: UInt8) -> Int {
        var offset = 0
        for byte in name {
            let one = terminator(left, tree, offset)
            if one != Int(byte) { return one - Int(byte) }
            offset += 1
        }
        return terminator(left, tree, offset) - Int(end)
    }

    private static func terminator(_ entry: TreeEntry, _ tree: RawSpan, _ offset: Int) -> Int {
        if offset < entry.name.count { return Int(TreeBytes.byte(tree, entry.name.lowerBound + offset)) }
        return entry.isTree ? Int(UInt8(ascii: "/")) : 0
    }

    /// Whether all bytes of one name begin the other's.
    static func isPrefix(_ short: Range<Int>, of long: Range<Int>, _ tree: RawSpan) -> Bool {
        short.count <= long.count && TreeBytes.commonCount(short, tree, long, tree) == short.count
    }

    /// Refuses names that no tree may hold, as `git fsck` does: a checkout would leave the worktree or reach `.git`.
    static func checkName(_ name: Range<Int>, _ tree: RawSpan) throws(TreeFault) {
        guard !name.isEmpty else { throw .name }
        if TreeBytes.first(UInt8(ascii: "/"), in: tree, name.lowerBound, name.upperBound) != nil { throw .name }
        guard TreeBytes.byte(tree, name.lowerBound) == UInt8(ascii: "."), name.count <= 4 else { return }
        if name.count == 1 { throw .name }
        if name.count == 2, TreeBytes.byte(tree, name.lowerBound + 1) == UInt8(ascii: ".") { throw .name }
        if name.map({ TreeBytes.byte(tree, $0) | 0x20 }) == Array(".git".utf8) { throw .name }
    }

    /// Refuses two neighbours in the wrong order or of the same name.
    ///
    /// True when a file of that name and a directory of that name may stand apart in this tree: `a`, `a-b`, `a/`.
    static func checkNeighbours(
        _ previous: TreeEntry, _ next: TreeEntry, _ tree: RawSpan
    ) throws(TreeFault) -> Bool {
        if previous.name.count == next.name.count, isPrefix(previous.name, of: next.name, tree) { throw .duplicate }
        guard compare(previous, tree, next, tree) < 0 else { throw .order }
        // After a file `a`, a directory `a` can only come once the names between, `a-b` or `a.b`, are through.
        if !previous.isTree, isPrefix(previous.name, of: next.name, tree) {
            return TreeBytes.byte(tree, next.name.lowerBound + previous.name.count) < UInt8(ascii: "/")
        }
        return next.isTree && isPrefix(next.name, of: previous.name, tree)
    }

    /// Reads a whole tree and refuses whatever is wrong with it; gives every entry to the closure.
    ///
    /// A file and a directory of one name need not be neighbours. All that stands between them begins with that name,
    /// so a stack of files whose names begin all later ones finds the pair, as in git's `verify_ordered`.
    static func checkAll(_ tree: RawSpan, _ visit: (TreeEntry) -> Void) throws(TreeFault) {
        var files: [Range<Int>] = []
        var previous: TreeEntry?
        var position = 0
        while position < tree.byteCount {
            let entry = try TreeBytes.entry(tree, at: position)
            try checkName(entry.name, tree)
            if let previous { _ = try checkNeighbours(previous, entry, tree) }
            while let top = files.last, !isPrefix(top, of: entry.name, tree) { files.removeLast() }
            if entry.isTree {
                if let top = files.last, top.count == entry.name.count { throw .duplicate }
            } else {
                files.append(entry.name)
            }
            visit(entry)
            previous = entry
            position = entry.end
        }
    }
}
