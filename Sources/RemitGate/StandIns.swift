import RemitGit
import RemitModel
import RemitRules

/// The commits of which a person's approval is as good as one of the tip.
///
/// A host makes its merge commits, squashes and rebases when nobody can look at them any more: what persons look at is
/// the branch. Its approval stands for them only where they bring the very same, and nothing beside it.
struct StandIns {
    private let reader: GitReader
    private let reading: UpdateReading.Reading

    init(_ reader: GitReader, _ reading: UpdateReading.Reading) {
        self.reader = reader
        self.reading = reading
    }

    /// The commit to tell a person to approve, and all whose approval counts, itself among them.
    func commits(of tip: ObjectID) throws(GitError) -> (first: ObjectID, all: Set<ObjectID>) {
        var first = tip
        var all: Set<ObjectID> = [tip]
        if let whole = reading.whole { all.insert(whole) }
        if let branch = reading.branch, branch.head != tip, try isExactly(tip, branch) {
            first = branch.head
            all.insert(branch.head)
        }
        for commit in [tip, first] { all.formUnion(try sameParents(of: commit)) }
        return (first, all)
    }

    /// The parents of a merge that left its tree as theirs and lie above everything else that the update brings.
    ///
    /// Another parent's history could otherwise come in unseen, by a merge that keeps nothing of it.
    private func sameParents(of commit: ObjectID) throws(GitError) -> [ObjectID] {
        let parents = try reader.repository.parents(of: commit)
        guard parents.count > 1 else { return [] }
        let tree = try reader.repository.tree(of: commit)
        var same: [ObjectID] = []
        for parent in Set(parents) where try reader.repository.tree(of: parent) == tree {
            let rest = try reader.repository.history(of: commit, excluding: reading.excluded + [parent], atMost: 1)
            if rest == [commit] { same.append(parent) }
        }
        return same
    }

    /// Whether the host's own commits bring what the branch changes, and nothing else.
    private func isExactly(_ tip: ObjectID, _ branch: UpdateReading.Branch) throws(GitError) -> Bool {
        if branch.isRewritten {
            let bases = try reader.repository.mergeBases(branch.base, branch.head)
            guard let base = bases.first, bases.count == 1 else { return false }
            return try reader.repository.changes(from: branch.base, to: tip)
                == reader.repository.changes(from: base, to: branch.head)
        }
        let parents = try reader.repository.parents(of: tip)
        for parent in parents.dropFirst() where try !reader.repository.isAncestor(parent, of: branch.head) {
            return false
        }
        var decisions = MergeDecisions(reader, parents: parents)
        return try decisions.changes(to: try reader.repository.tree(of: tip)).isEmpty
    }
}
