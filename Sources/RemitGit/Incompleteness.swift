package import RemitModel

/// In what way a history may lack commits, or be told otherwise than its commits say.
package struct Incompleteness: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Cut off by `git clone --depth`.
    package static let shallow = Incompleteness(rawValue: 1)
    /// With other parents in `info/grafts`, which Remit does not heed: it reads the commits.
    package static let grafts = Incompleteness(rawValue: 2)
}

extension Repository {
    /// The commits whose parents a shallow clone left out; empty where the history is whole.
    package func shallowCommits() throws(GitError) -> Set<ObjectID> {
        let path = RepositoryLocation.join(location.commonDirectory.bytes, Array("shallow".utf8))
        var commits: Set<ObjectID> = []
        for line in try (Platform.read(path) ?? []).split(separator: UInt8(ascii: "\n")) {
            guard let id = ObjectID(hex: line) else {
                throw GitError(.corrupt, "shallow", "a line of '\(Platform.text(path))' is no id of a commit")
            }
            commits.insert(id)
        }
        return commits
    }
}
