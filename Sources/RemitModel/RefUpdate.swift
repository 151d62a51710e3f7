/// One line that git gives a `pre-receive` hook: a ref, where it points, and where it is to point.
package struct RefUpdate: Hashable, Sendable {
    package let ref: ByteString
    /// Zero when the ref is created.
    package let old: ObjectID
    /// Zero when the ref is deleted.
    package let new: ObjectID

    package init(ref: ByteString, old: ObjectID, new: ObjectID) {
        self.ref = ref
        self.old = old
        self.new = new
    }

    package var isCreation: Bool { old.isZero }
    package var isDeletion: Bool { new.isZero }
    package var isTag: Bool { ref.starts(with: "refs/tags/") }
}
