package import RemitGit

/// One open repository, shared by those who read it within one process and one thread.
package final class GitReader {
    package let repository: Repository

    package init(_ repository: consuming Repository) {
        self.repository = repository
    }
}
