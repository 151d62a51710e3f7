import RemitModel

/// Two trees read side by side: finds their entries that differ, in git's order, and leaves the equal ones unread.
///
/// Whatever differs is checked (`TreeFault`), together with its neighbours. A fault in entries that both trees share is
/// left alone: it came with a change that was judged, or with the baseline.
struct TreeComparison {
    /// An entry in one tree only, or in both and not the same; never a directory on one side and a file on the other.
    struct Difference {
        let old: TreeEntry?
        let new: TreeEntry?
    }

    private var old = Side()
    private var new = Side()

    /// How far one of the trees is read.
    private struct Side {
        var position = 0
        var previous: TreeEntry?
        /// Set when a file and a directory of one name may both be in the tree, which only a full read can tell.
        var needsFullCheck = false

        func peek(_ tree: RawSpan) throws(TreeFault) -> TreeEntry? {
            position < tree.byteCount ? try TreeBytes.entry(tree, at: position) : nil
        }

        /// Takes an entry that the other tree does not have, or not so.
        mutating func take(_ entry: TreeEntry, _ tree: RawSpan) throws(TreeFault) {
            try TreeOrder.checkName(entry.name, tree)
            try follow(entry, tree)
            previous = entry
            position = entry.end
        }

        mutating func follow(_ entry: TreeEntry, _ tree: RawSpan) throws(TreeFault) {
            guard let previous else { return }
            if try TreeOrder.checkNeighbours(previous, entry, tree) { needsFullCheck = true }
        }

        /// Steps over a run of entries that both trees have.
        mutating func skip(_ run: (length: Int, last: Int), _ tree: RawSpan) throws(TreeFault) {
            try follow(TreeBytes.entry(tree, at: position), tree)
            previous = try TreeBytes.entry(tree, at: position + run.last)
            position += run.length
        }
    }

    /// The next difference, or `nil` at the end of both.
    mutating func next(_ oldTree: RawSpan, _ newTree: RawSpan) throws(TreeFault) -> Difference? {
        while true {
            let run = TreeBytes.equalRun(oldTree, old.position, newTree, new.position)
            if run.length > 0 {
                try old.skip(run, oldTree)
                try new.skip(run, newTree)
            }
            switch (try old.peek(oldTree), try new.peek(newTree)) {
            case (nil, nil):
                if old.needsFullCheck { try TreeOrder.checkAll(oldTree) { _ in } }
                if new.needsFullCheck { try TreeOrder.checkAll(newTree) { _ in } }
                return nil
            case (let one?, nil):
                try old.take(one, oldTree)
                return Difference(old: one, new: nil)
            case (nil, let two?):
                try new.take(two, newTree)
                return Difference(old: nil, new: two)
            case (let one?, let two?):
                let order = TreeOrder.compare(one, oldTree, two, newTree)
                if order <= 0 { try old.take(one, oldTree) }
                if order >= 0 { try new.take(two, newTree) }
                // Modes that differ only in spelling (`040000` and `40000`, `100664`) are no change.
                if order == 0, one.mode == two.mode, Self.sameObject(one, oldTree, two, newTree) { continue }
                return Difference(old: order <= 0 ? one : nil, new: order >= 0 ? two : nil)
            }
        }
    }

    private static func sameObject(
        _ one: TreeEntry, _ oldTree: RawSpan, _ two: TreeEntry, _ newTree: RawSpan
    ) -> Bool {
        ObjectID(TreeBytes.oid(oldTree, one.idStart)) == ObjectID(TreeBytes.oid(newTree, two.idStart))
    }
}
