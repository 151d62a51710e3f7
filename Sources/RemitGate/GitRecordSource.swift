package import RemitAuthority
import RemitGit
package import RemitModel

/// An authority read from one commit of a git repository, through the object database.
///
/// The ref is resolved once. No push is ever judged by its own tree, nor by a work tree (invariant 5).
package final class GitRecordSource: RecordSource {
    package let commit: ObjectID
    private let reader: GitReader
    private let tree: ObjectID

    /// Opens the authority at its ref.
    ///
    /// A limit ends every read with its own words.
    package convenience init(at path: String, ref: String, within limit: TimeLimit? = nil) throws(AuthorityError) {
        try self.init(at: path, within: limit) { (repository) throws(GitError) in
            guard let id = try repository.reference(ByteString(ref)) else {
                throw GitError(.notFound, "git_reference_lookup", "it has no ref '\(ref)'")
            }
            return id
        }
    }

    /// Opens the authority at one commit.
    package convenience init(at path: String, commit: ObjectID) throws(AuthorityError) {
        try self.init(at: path) { (_) throws(GitError) in commit }
    }

    private init(
        at path: String, within limit: TimeLimit? = nil, _ id: (RepositoryView) throws(GitError) -> ObjectID
    ) throws(AuthorityError) {
        func unreadable(_ error: GitError) -> AuthorityError {
            AuthorityError(error, "cannot read the authority '\(path)'")
        }
        do throws(GitError) {
            let location = try RepositoryLocation.discover(from: ByteString(path))
            reader = GitReader(try Repository(at: location))
            if let limit { reader.repository.begin(limit.during("the authority was being read")) }
            commit = try reader.repository.peel(id(reader.repository)).id
            tree = try reader.repository.tree(of: commit)
        } catch {
            throw unreadable(error)
        }
    }

    /// Reads a commit of a repository that is open, the objects of a push included: only for judging what it would do
    /// to the authority.
    init(_ reader: GitReader, at commit: ObjectID) throws(AuthorityError) {
        do throws(GitError) {
            self.reader = reader
            self.commit = commit
            tree = try reader.repository.tree(of: commit)
        } catch {
            throw AuthorityError(error, "cannot read commit \(commit) of the authority")
        }
    }

    package func bytes(at path: String, limit: Int) throws(AuthorityError) -> [UInt8]? {
        try AuthorityLayout.read(path) { place throws(AuthorityError) in
            do throws(GitError) {
                return try reader.repository.blob(at: ByteString(place), inTree: tree, limit: limit)
            } catch {
                throw AuthorityError(error, "cannot read '\(place)' of the authority")
            }
        }
    }

    package func names(in directory: String) throws(AuthorityError) -> [String] {
        do throws(GitError) {
            let entries = try reader.repository.list(ByteString(directory), inTree: tree) ?? []
            return entries.compactMap { String(validating: $0.name.bytes, as: UTF8.self) }
        } catch {
            throw AuthorityError(error, "cannot list '\(directory)' of the authority")
        }
    }
}

extension AuthorityError {
    /// Why git could not read it, after what was being done; want of time is told in its own words.
    init(_ error: GitError, _ what: String) {
        if error.code == .deadline {
            self.init(.deadline, error.reason)
        } else {
            self.init(.unreadable, "\(what): \(error.reason)")
        }
    }
}
