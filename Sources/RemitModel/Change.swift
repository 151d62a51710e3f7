/// One path whose entry differs between two trees.
///
/// Never a rename: the old and the new path are two changes.
package struct Change: Hashable, Sendable {
    /// One side of a change: what the tree held at the path.
    package struct Entry: Hashable, Sendable {
        package let mode: FileMode
        package let id: ObjectID

        package init(mode: FileMode, id: ObjectID) {
            self.mode = mode
            self.id = id
        }
    }

    /// The path from the root of the tree, segments joined by `/`, as raw bytes.
    package let path: ByteString
    /// `nil` when the path was created.
    package let old: Entry?
    /// `nil` when the path was deleted.
    package let new: Entry?

    package init(path: ByteString, old: Entry?, new: Entry?) {
        self.path = path
        self.old = old
        self.new = new
    }

    /// Every operation that a grant must allow for this change; a change of type needs several.
    package var operations: Set<Operation> {
        var needed: Set<Operation> = []
        let modes = [old?.mode, new?.mode].compactMap { $0 }
        if modes.contains(.symlink) { needed.insert(.fileSymlink) }
        if modes.contains(.gitlink) { needed.insert(.fileSubmodule) }
        switch (old, new) {
        case (nil, .some): needed.insert(.fileCreate)
        case (.some, nil): needed.insert(.fileDelete)
        case (.some(let old), .some(let new)):
            if old.id != new.id { needed.insert(.fileModify) }
            if old.mode != new.mode { needed.insert(.fileMode) }
        case (nil, nil): break
        }
        return needed
    }
}
