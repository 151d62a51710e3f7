package import RemitModel

/// Where an authority's records are read from: one commit's tree, by path.
package protocol RecordSource {
    /// The commit that is read. One decision reads one commit, however often the ref moves meanwhile.
    var commit: ObjectID { get }

    /// The bytes of the file at a path, or `nil` when there is none; more than `limit` bytes is an error.
    ///
    /// It may lie on a shelf (`AuthorityLayout.shelf(of:)`): where it lies is the source's own matter.
    func bytes(at path: String, limit: Int) throws(AuthorityError) -> [UInt8]?

    /// The names in a directory; empty when there is none.
    func names(in directory: String) throws(AuthorityError) -> [String]
}

/// Why the authority could not be read or must not be believed.
///
/// Every one of them makes a decision `undecided`.
package struct AuthorityError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The repository, the ref or a file of it cannot be read.
        case unreadable
        /// A record that everything rests on is malformed.
        case malformed
        /// The first root is not the pinned one, or a root or the policy lacks its signatures.
        case untrusted
        /// The policy is older than one that this server has seen.
        case rollback
        /// The time for reading it is over.
        case deadline
    }

    package let code: Code
    /// What is wrong, in git's voice, naming the file.
    package let statement: String

    package init(_ code: Code, _ statement: String) {
        self.code = code
        self.statement = statement
    }
}
