import RemitGit
import RemitModel

/// What a merge commit itself decides, as opposed to what it takes over from its parents.
///
/// A path counts as the merger's own when the result is like none of the parents, and also when it is like one of them
/// although another had changed it since their common base: taking "ours" drops a change of "theirs", and a merge whose
/// tree is an old one would otherwise undo protected changes unseen (peers.md 1.9: gittuf's last-parent shortcut).
/// With several bases (criss-cross) a parent counts as unchanged only if it is like all of them; with none, only if it
/// lacks the path.
struct MergeDecisions {
    private let reader: GitReader
    private let parents: [ObjectID]
    private var bases: [Pair: [Set<ByteString>]] = [:]

    private struct Pair: Hashable {
        let taken: Int
        let dropped: Int
    }

    init(_ reader: GitReader, parents: [ObjectID]) {
        self.reader = reader
        self.parents = parents
    }

    /// The changes that the merger decided, each against a parent whose side was not simply taken over.
    mutating func changes(to tree: ObjectID) throws(GitError) -> [Change] {
        var against: [[ByteString: Change]] = []
        for parent in parents {
            let changes = try reader.repository.changes(from: parent, to: tree)
            against.append(Dictionary(changes.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }))
        }
        var decided: [Change] = []
        for path in Set(against.flatMap(\.keys)).sorted() {
            let taken = parents.indices.filter { against[$0][path] == nil }
            for index in parents.indices {
                guard let change = against[index][path] else { continue }
                if try !wasUntouched(path, in: index, since: taken, change) {
                    decided.append(change)
                    break
                }
            }
        }
        return decided
    }

    /// Whether a parent had left a path alone since its bases with one of the parents whose side was taken.
    private mutating func wasUntouched(
        _ path: ByteString, in dropped: Int, since taken: [Int], _ change: Change
    ) throws(GitError) -> Bool {
        for index in taken {
            let touched = try touched(Pair(taken: index, dropped: dropped))
            if touched.isEmpty ? change.old == nil : !touched.contains(where: { $0.contains(path) }) { return true }
        }
        return false
    }

    /// For each base of two parents, the paths that the second changed since.
    private mutating func touched(_ pair: Pair) throws(GitError) -> [Set<ByteString>] {
        if let known = bases[pair] { return known }
        var result: [Set<ByteString>] = []
        for base in try reader.repository.mergeBases(parents[pair.taken], parents[pair.dropped]) {
            result.append(Set(try reader.repository.changes(from: base, to: parents[pair.dropped]).map(\.path)))
        }
        bases[pair] = result
        return result
    }
}
