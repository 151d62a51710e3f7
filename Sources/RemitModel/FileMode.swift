/// The kinds of tree entry that git distinguishes, after git's own canonicalisation of odd modes.
///
/// Trees in the wild hold modes such as `100664`; git (`canon_mode` in `cache.h`) reads them as the nearest of these,
/// so a comparison that did not would report changes that `git diff-tree` does not.
package enum FileMode: UInt32, Hashable, Sendable {
    case tree = 0o040000
    case regular = 0o100644
    case executable = 0o100755
    case symlink = 0o120000
    case gitlink = 0o160000

    /// Git's `canon_mode`: by file type; a regular file is executable when its owner may execute it.
    package init(canonical mode: UInt32) {
        switch mode & 0o170000 {
        case 0o100000: self = mode & 0o100 != 0 ? .executable : .regular
        case 0o120000: self = .symlink
        case 0o040000: self = .tree
        default: self = .gitlink
        }
    }

    /// Six octal digits, as `git diff-tree --raw` prints them.
    package var octal: String {
        let digits = String(rawValue, radix: 8)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}
