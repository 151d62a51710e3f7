package import RemitGit
import RemitModel

/// One open repository, shared by those who read it within one process and one thread.
package final class GitReader {
    package let repository: RepositoryView

    package init(_ repository: consuming Repository) {
        self.repository = RepositoryView(repository)
    }

    /// What a transcript says of a repository, instead of one.
    init(_ answers: ArchivedAnswers) {
        repository = RepositoryView(answers)
    }

    /// Whether this is the repository that a path leads to, by whatever links and work trees.
    package func isRepository(at path: String) throws(GitError) -> Bool { try repository.isRepository(at: path) }
}
