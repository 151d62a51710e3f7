package import RemitGit
import RemitModel

/// One open repository, shared by those who read it within one process and one thread.
package final class GitReader {
    package let repository: Repository

    package init(_ repository: consuming Repository) {
        self.repository = repository
    }

    /// Whether this is the repository that a path leads to, by whatever links and work trees.
    package func isRepository(at path: String) throws(GitError) -> Bool {
        try RepositoryLocation.discover(from: ByteString(path)).commonDirectory == repository.location.commonDirectory
    }
}
