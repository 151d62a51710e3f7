import CLibgit2
import RemitModel

/// The repository's own `config` file, read once, as plain values.
///
/// Neither a person's nor the machine's configuration is looked at, nor `config.worktree`: whoever may write the
/// repository's `config` may replace the hook as well, nobody else has a say.
struct RepositoryConfiguration: Sendable {
    /// Names as libgit2 normalises them: section and variable in lower case, subsection as written.
    let entries: [(name: [UInt8], value: [UInt8]?)]

    init(commonDirectory: ByteString) throws(GitError) {
        let path = RepositoryLocation.join(commonDirectory.bytes, Array("config".utf8))
        entries = try Platform.status(path) == nil ? [] : Self.entries(ofFile: path)
    }

    /// Another file of the same format.
    init(file path: [UInt8]) throws(GitError) { entries = try Self.entries(ofFile: path) }

    private static func entries(ofFile path: [UInt8]) throws(GitError) -> [(name: [UInt8], value: [UInt8]?)] {
        let file = try CText(path)
        let config = try unsafe Handle("git_config_open_ondisk", about: Platform.text(path), release: git_config_free) {
            unsafe git_config_open_ondisk(&$0, file.characters)
        }
        let source = unsafe config.pointer
        let iterator = try unsafe Handle("git_config_iterator_new", release: git_config_iterator_free) {
            unsafe git_config_iterator_new(&$0, source)
        }
        var entries: [(name: [UInt8], value: [UInt8]?)] = []
        while true {
            var entry: UnsafeMutablePointer<git_config_entry>?
            let result = unsafe git_config_next(&entry, iterator.pointer)
            if result == GIT_ITEROVER.rawValue { break }
            try Libgit2.call("git_config_next") { result }
            guard let entry = unsafe entry else { break }
            unsafe entries.append(
                (
                    bytes(ofCString: entry.pointee.name),
                    entry.pointee.value == nil ? nil : bytes(ofCString: entry.pointee.value)
                ))
        }
        return entries
    }

    /// Every value of a key, in the order of the file; a key without `=` means `true`, as in git.
    func values(_ key: String) throws(GitError) -> [String] {
        let name = Self.normalised(key)
        var values: [String] = []
        for entry in entries where entry.name == name {
            guard let value = String(validating: entry.value ?? Array("true".utf8), as: UTF8.self) else {
                throw GitError(.corrupt, "configuration", "value of '\(key)' is not UTF-8")
            }
            values.append(value)
        }
        return values
    }

    /// Git's reading of a boolean; anything else is refused, never taken for false.
    static func boolean(_ value: [UInt8]?, of name: [UInt8]) throws(GitError) -> Bool {
        switch String(decoding: value ?? Array("true".utf8), as: UTF8.self).lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0", "": return false
        default: throw GitError(.corrupt, "configuration", "value of '\(Platform.text(name))' is not a boolean")
        }
    }

    private static func normalised(_ key: String) -> [UInt8] {
        let key = Array(key.utf8)
        guard let first = key.firstIndex(of: UInt8(ascii: ".")), let last = key.lastIndex(of: UInt8(ascii: "."))
        else { return key }
        return lowered(key[..<first]) + key[first..<last] + lowered(key[last...])
    }

    private static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
