import CLibgit2
package import RemitModel

/// The four kinds of git object.
package enum ObjectKind: String, Hashable, Sendable {
    case commit, tree, blob, tag

    init?(_ type: git_object_t) {
        switch type {
        case GIT_OBJECT_COMMIT: self = .commit
        case GIT_OBJECT_TREE: self = .tree
        case GIT_OBJECT_BLOB: self = .blob
        case GIT_OBJECT_TAG: self = .tag
        default: return nil
        }
    }
}

/// Bounds on single objects.
package enum ObjectLimit {
    /// Larger than any commit or tag that a person or an agent writes.
    package static let text = 16 << 20
    /// About a million entries in one directory.
    package static let tree = 64 << 20
    /// The largest file whose content is looked at.
    package static let blob = 64 << 20

    static func of(_ kind: ObjectKind) -> Int {
        switch kind {
        case .commit, .tag: text
        case .tree: tree
        case .blob: blob
        }
    }
}

extension Repository {
    /// The kind of an object, from its header alone.
    package func kind(of id: ObjectID) throws(GitError) -> ObjectKind {
        try header(id).kind
    }

    /// The size of a blob, from its header alone.
    package func size(of blob: ObjectID) throws(GitError) -> Int {
        let header = try header(blob)
        guard header.kind == .blob else { throw Self.wrongKind(blob, header.kind, .blob) }
        return header.size
    }

    /// The content of an object, copied.
    package func read(_ id: ObjectID, expecting kind: ObjectKind) throws(GitError) -> [UInt8] {
        let object = try object(id, expecting: kind)
        return unsafe Array(object.buffer)
    }

    /// Lends the content of an object to a closure, without a copy.
    package func read<Result>(
        _ id: ObjectID, expecting kind: ObjectKind, _ body: (RawSpan) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        let object = try object(id, expecting: kind)
        let buffer = unsafe object.buffer
        return try body(unsafe buffer.bytes)
    }

    func object(_ id: ObjectID, expecting kind: ObjectKind) throws(GitError) -> OpenObject {
        // A blob can be as large as the server takes, so its header is asked first. Commits and trees are bounded
        // only after git has unpacked them once already, for the sake of the walk.
        if kind == .blob { try Self.check(size(of: id), id, kind) }
        let object = try OpenObject(id.oid, in: self)
        guard object.kind == kind else { throw Self.wrongKind(id, object.kind, kind) }
        try Self.check(object.count, id, kind)
        return object
    }

    func header(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
        var size = 0
        var type = GIT_OBJECT_INVALID
        var oid = id.oid
        try Libgit2.call("git_odb_read_header", about: id.hex) {
            unsafe git_odb_read_header(&size, &type, database.pointer, &oid)
        }
        guard let kind = ObjectKind(type) else {
            throw GitError(.corrupt, "git_odb_read_header", "object \(id) has no known kind")
        }
        return (kind, size)
    }

    static func check(_ size: Int, _ id: ObjectID, _ kind: ObjectKind) throws(GitError) {
        let limit = ObjectLimit.of(kind)
        guard size <= limit else {
            throw GitError(.limit, "read", "\(kind.rawValue) \(id) is larger than \(limit) bytes")
        }
    }

    static func wrongKind(_ id: ObjectID, _ kind: ObjectKind, _ wanted: ObjectKind) -> GitError {
        GitError(.wrongKind, "read", "object \(id) is a \(kind.rawValue), not a \(wanted.rawValue)")
    }
}

/// An object's raw content, held by libgit2's cache until this goes.
struct OpenObject: ~Copyable {
    private let handle: Handle
    let kind: ObjectKind

    init(_ id: git_oid, in repository: borrowing Repository) throws(GitError) {
        var id = id
        let database = unsafe repository.database.pointer
        let handle = try unsafe Handle("git_odb_read", about: ObjectID(id).hex, release: git_odb_object_free) {
            unsafe git_odb_read(&$0, database, &id)
        }
        guard let kind = unsafe ObjectKind(git_odb_object_type(handle.pointer)) else {
            throw GitError(.corrupt, "git_odb_read", "object \(ObjectID(id)) has no known kind")
        }
        self.kind = kind
        self.handle = handle
    }

    var count: Int { unsafe git_odb_object_size(handle.pointer) }

    /// Valid as long as the object is.
    var buffer: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: git_odb_object_data(handle.pointer), count: count)
    }
}
