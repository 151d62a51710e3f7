import RemitDifferential
import RemitGit
import RemitModel
import RemitTestSupport

extension TestRepository {
    /// Opens the repository as Remit does.
    func open(quarantine: Quarantine = .none) throws -> Repository {
        try Repository(at: RepositoryLocation(gitDirectory: ByteString(gitDirectory)), quarantine: quarantine)
    }

    /// Git's own list of commits, in any order.
    func revisionList(_ arguments: [String]) throws -> Set<ObjectID> {
        Set(try git(["rev-list"] + arguments).lines.compactMap { ObjectID(hex: $0) })
    }

    /// For every commit of all references: its parents and git's own changes against each.
    func comparisons() throws -> [Comparison] {
        try comparisons(of: listedCommits())
    }
}

/// Requires that an error of Remit's is thrown and gives it back.
func gitError(_ body: () throws -> Void) throws -> GitError {
    do {
        try body()
    } catch let error as GitError {
        return error
    }
    throw CommandFailure(command: [], status: 0, stderr: "no error was thrown")
}
