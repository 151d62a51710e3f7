package import RemitFormats
package import RemitModel

/// What some refs are while a transaction of git's holds their locks, read from git's own files.
///
/// Not through libgit2, which knows nothing of what git is about to put in the place of `packed-refs`, and opens neither
/// SHA-256 repositories nor those that keep their refs elsewhere.
package struct ReferenceFiles {
    /// Names of 100,000 refs and more.
    private static let packedByteCount = 64 << 20

    package let commonDirectory: ByteString
    /// Where the repository keeps its refs, if not in these files.
    package let otherStorage: String?
    private let configuration: RepositoryConfiguration
    private var loose: [ByteString: RefValue] = [:]
    /// What `packed-refs` says, and what it will say once the transaction under way is done with it.
    private var (packed, pending): ([ByteString: RefValue], [ByteString: RefValue]) = ([:], [:])

    package init(of lines: [ReferenceTransactionInput.Line], in gitDirectory: ByteString) throws(GitError) {
        commonDirectory = try RepositoryLocation(gitDirectory: gitDirectory).commonDirectory
        configuration = try RepositoryConfiguration(commonDirectory: commonDirectory)
        let storage = try configuration.values("extensions.refStorage").last ?? "files"
        otherStorage = storage == "files" ? nil : storage
        guard otherStorage == nil else { return }
        let names = Set(lines.map(\.ref))
        for name in names { loose[name] = try looseValue(of: name) }
        guard lines.contains(where: { $0.new == .none }) || loose.count < names.count else { return }
        packed = try packedValues(of: names, in: "packed-refs")
        pending = try isReplacingPacked() ? packedValues(of: names, in: "packed-refs.new") : packed
    }

    /// Every value of a key in the repository's own `config`, in the order of the file.
    package func configuration(_ key: String) throws(GitError) -> [String] { try configuration.values(key) }

    /// What a ref is now; `.none` where it is not, or where that cannot be told.
    package func value(of ref: ByteString) -> RefValue { loose[ref] ?? packed[ref] ?? .none }

    /// Whether a transaction leaves a ref as it is.
    ///
    /// `git pack-refs` says of each ref, which stays what it is, first that it is created and then that it is deleted: it
    /// is put into `packed-refs`, and its own file goes. Somebody who deletes a ref says the same in the end, but then
    /// `packed-refs` does not hold it, or is just being replaced by one that does not.
    package func isUnchanged(by line: ReferenceTransactionInput.Line) -> Bool {
        guard otherStorage == nil else { return false }
        let present = value(of: line.ref)
        guard line.new == .none else { return line.new == present }
        guard present != .none else { return true }
        guard case .object? = loose[line.ref] else { return false }
        return pending[line.ref] == present
    }

    private func path(_ name: [UInt8]) -> [UInt8] { RepositoryLocation.join(commonDirectory.bytes, name) }

    private func looseValue(of ref: ByteString) throws(GitError) -> RefValue? {
        let path = path(ref.bytes)
        guard try Platform.status(path)?.isFile == true, var text = try Platform.read(path) else { return nil }
        while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: " ") { text.removeLast() }
        let symbolic = Array("ref: ".utf8)
        if text.starts(with: symbolic) { return .symbolic(ByteString(text.dropFirst(symbolic.count))) }
        guard let value = RefValue(text[...]) else {
            throw GitError(.corrupt, "reference", "reference '\(Platform.text(ref.bytes))' holds no id")
        }
        return value
    }

    /// Whether somebody holds the lock on `packed-refs` and has written what is to take its place.
    private func isReplacingPacked() throws(GitError) -> Bool {
        guard try Platform.status(path(Array("packed-refs.lock".utf8))) != nil else { return false }
        return try Platform.status(path(Array("packed-refs.new".utf8))) != nil
    }

    /// Of `<id> SP <name>` lines those with the names asked for; comments and `^<id>` lines of tags are passed over.
    private func packedValues(of names: Set<ByteString>, in file: String) throws(GitError) -> [ByteString: RefValue] {
        guard let text = try Platform.read(path(Array(file.utf8)), limit: Self.packedByteCount) else { return [:] }
        var values: [ByteString: RefValue] = [:]
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "^"),
                let space = line.firstIndex(of: UInt8(ascii: " "))
            else { continue }
            let name = ByteString(line[(space + 1)...])
            guard names.contains(name) else { continue }
            guard let value = RefValue(line[..<space]) else {
                throw GitError(.corrupt, "packed-refs", "'\(file)' holds no id of '\(Platform.text(name.bytes))'")
            }
            values[name] = value
        }
        return values
    }
}
