import RemitGit
import RemitModel

/// How a host would bring a branch to its target.
enum MergeShape: Hashable {
    /// Nothing is known but the branch: a merge of it, or a fast-forward.
    case open
    /// A commit whose first parent is the base and whose others bring the head.
    case merge
    /// Commits of the host's own upon the base: a squash, or a rebase.
    case rewriting
}

extension MergeShape {
    /// A rebase of more commits than this is not followed.
    private static let rebasedAtMost = 10_000

    /// What a result is of this base and head; `nil` where it is neither theirs nor anything between them.
    init?(of merge: MergeSubmission, in repository: RepositoryView) throws(GitError) {
        let (base, head) = (merge.base, merge.head)
        guard let result = merge.result else {
            self = .open
            return
        }
        if result == head, try repository.isAncestor(base, of: head) {
            self = .open
            return
        }
        let parents = try repository.parents(of: result)
        if parents.count > 1, parents[0] == base {
            for parent in parents.dropFirst() where try repository.isAncestor(head, of: parent) {
                self = .merge
                return
            }
        }
        guard try Self.isChain(result, on: base, in: repository), try !repository.isAncestor(head, of: result),
            try !repository.isAncestor(result, of: head)
        else { return nil }
        self = .rewriting
    }

    /// Whether commits with one parent each lead from the base to the result.
    private static func isChain(
        _ result: ObjectID, on base: ObjectID, in repository: RepositoryView
    ) throws(GitError) -> Bool {
        var id = result
        for _ in 0..<rebasedAtMost {
            let parents = try repository.parents(of: id)
            guard parents.count == 1 else { return false }
            if parents[0] == base { return true }
            id = parents[0]
        }
        return false
    }
}
