/// What a commit, or a whole branch, makes of one tree: the same for every commit that rewrites it.
///
/// A host that squashes or rebases makes commits of its own, without the signatures that proved the agent's delegation;
/// what they change is still exactly what an allowed decision has seen.
package struct TreeChange: Hashable, Sendable {
    /// The tree that it begins with; git's empty tree for a root commit.
    package let base: ObjectID
    package let result: ObjectID

    package init(from base: ObjectID, to result: ObjectID) {
        self.base = base
        self.result = result
    }
}
