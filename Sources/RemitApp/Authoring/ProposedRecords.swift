import RemitAuthority
import RemitModel

/// An authority as it would be with a change: what servers will read, read before it is committed.
///
/// So a change is judged by the very code that will judge it later, and what that code refuses is never written.
struct ProposedRecords: RecordSource {
    let commit: ObjectID
    private let committed: (any RecordSource)?
    private let files: [String: [UInt8]]
    private let removed: Set<String>

    /// - Parameter committed: what is there already; `nil` for a new authority.
    init(_ change: Changeset, over committed: (any RecordSource)?) {
        self.committed = committed
        commit = committed?.commit ?? .zero
        files = Dictionary(change.files.map { ($0.path, $0.bytes) }) { $1 }
        removed = Set(change.removed)
    }

    func bytes(at path: String, limit: Int) throws(AuthorityError) -> [UInt8]? {
        guard !removed.contains(path) else { return nil }
        guard let bytes = files[path] else { return try committed?.bytes(at: path, limit: limit) }
        guard bytes.count <= limit else {
            throw AuthorityError(.unreadable, "'\(path)' is longer than \(limit) bytes")
        }
        return bytes
    }

    func names(in directory: String) throws(AuthorityError) -> [String] {
        let proposed = files.keys.filter { Files.parent(of: $0) == directory }
            .map { String($0.utf8.dropFirst(directory.utf8.count + 1)) ?? "" }
        let standing = try (committed?.names(in: directory) ?? [])
            .filter { !removed.contains("\(directory)/\($0)") && !proposed.contains($0) }
        return standing + proposed
    }
}
