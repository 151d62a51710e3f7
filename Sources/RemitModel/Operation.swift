/// The closed list of what a grant can allow.
package enum Operation: String, Hashable, Sendable, CaseIterable {
    case refCreate = "ref.create"
    case refUpdate = "ref.update"
    case refDelete = "ref.delete"
    /// An update whose new commit does not descend from the old one (a forced push).
    case refRewind = "ref.rewind"
    case tagCreate = "tag.create"
    case fileCreate = "file.create"
    case fileModify = "file.modify"
    case fileDelete = "file.delete"
    /// A change of the executable bit.
    case fileMode = "file.mode"
    /// A symbolic link made, changed, removed, or turned into something else.
    case fileSymlink = "file.symlink"
    /// A submodule's commit (gitlink) made, changed, removed, or turned into something else.
    case fileSubmodule = "file.submodule"
    case merge
    case deploy
}
