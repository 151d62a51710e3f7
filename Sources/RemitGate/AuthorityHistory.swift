import RemitAuthority
import RemitGit
import RemitModel

/// What an authority held before: a record that was replaced must not come back, however well it is signed.
struct AuthorityHistory {
    private let reader: GitReader
    private let deadline: ContinuousClock.Instant

    init(_ reader: GitReader, deadline: ContinuousClock.Instant) {
        self.reader = reader
        self.deadline = deadline
    }

    /// Whether a path had this content in a commit or in one before it.
    ///
    /// Only the directories that differ from those of the commit before are opened, so that a long history costs one
    /// small read a commit.
    func held(_ content: ObjectID, at path: ByteString, upTo commit: ObjectID) throws(AuthorityError) -> Bool {
        do throws(GitError) {
            let segments = path.bytes.split(separator: UInt8(ascii: "/"))
            let directory = ByteString(segments.dropLast().joined(separator: [UInt8(ascii: "/")]))
            var last: Change.Entry?
            for commit in try reader.repository.history(of: commit) {
                try reader.repository.requireTime(until: deadline, or: "the time for judging a push is over")
                let entry = try reader.repository.entry(at: directory, inTree: commit)
                guard let entry, entry != last else { continue }
                last = entry
                if try reader.repository.entry(at: path, inTree: commit)?.id == content { return true }
            }
            return false
        } catch {
            throw AuthorityError(error, "cannot read the history of the authority")
        }
    }
}
