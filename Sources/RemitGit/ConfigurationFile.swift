package import RemitModel

/// A file in git's configuration format that an administrator names, for all repositories of a server.
///
/// It is read as a repository's own `config` is, and may not take in other files: whoever writes those would have a say
/// as well.
package struct ConfigurationFile: Sendable {
    /// A few keys and their comments; the machine's own `/etc/gitconfig` as well.
    package static let maximumByteCount = 64 * 1024

    private let settings: RepositoryConfiguration

    /// Reads the file.
    ///
    /// One that is missing, unreadable, no file, or open to everybody's hand is an error that says so.
    package init(at path: ByteString) throws(GitError) {
        let path = path.bytes
        func fault(_ code: GitError.Code, _ reason: String) -> GitError { GitError(code, "configuration", reason) }
        guard path.first == UInt8(ascii: "/") else { throw fault(.notFound, "it is not an absolute path") }
        guard let status = try Platform.status(path) else { throw fault(.notFound, "there is no such file") }
        // Also what would never end, such as a pipe or a device.
        guard status.isFile else {
            throw fault(.wrongKind, status.isDirectory ? "it is a directory" : "it is not a regular file")
        }
        guard status.mode & 0o002 == 0 else {
            throw fault(.foreignOwner, "everybody may write it: run 'chmod o-w' on it")
        }
        let real = try Platform.realPath(path)
        let directory = real.prefix(max(1, real.lastIndex(of: UInt8(ascii: "/")) ?? 1))
        // With the sticky bit, as `/tmp` has it, nobody can put a file in the place of another's.
        if let place = try Platform.status(Array(directory)), place.mode & 0o1002 == 0o002 {
            throw fault(
                .foreignOwner,
                "everybody may replace it: run 'chmod o-w' on the directory '\(Platform.text(Array(directory)))'")
        }
        guard status.size <= Self.maximumByteCount, let contents = try Platform.read(path),
            contents.count <= Self.maximumByteCount
        else { throw fault(.limit, "it is larger than \(Self.maximumByteCount) bytes") }
        guard !Self.includes(contents) else { throw fault(.unsupportedFormat, Self.inclusion) }
        let settings = try RepositoryConfiguration(file: path)
        guard !settings.entries.contains(where: { $0.name.starts(with: Array("include".utf8)) }) else {
            throw fault(.unsupportedFormat, Self.inclusion)
        }
        self.settings = settings
    }

    /// Every value of a key, in the order of the file.
    package func values(_ key: String) throws(GitError) -> [String] { try settings.values(key) }

    private static let inclusion = "it includes other files, which are not read: give their settings in it"

    /// Whether a section begins with the word that takes in other files: libgit2 follows it, whatever it finds.
    ///
    /// Taken for one in a comment or a value too: that is easily mended, and nothing of git's quoting need be known here.
    private static func includes(_ contents: [UInt8]) -> Bool {
        let word = Array("include".utf8)
        return contents.indices.contains { index in
            guard contents[index] == UInt8(ascii: "[") else { return false }
            let text = contents[(index + 1)...].drop { [0x20, 0x09, 0x0D, 0x0A].contains($0) }.prefix(word.count)
            return text.map { $0 | 0x20 } == word
        }
    }
}
