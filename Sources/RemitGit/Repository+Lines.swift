import CLibgit2
package import RemitModel

extension Repository {
    /// How many bytes git looks at to tell binary content (`FIRST_FEW_BYTES` in `xdiff-interface.c`).
    private static let binaryWindow = 8_000

    /// How many lines a change adds and deletes, as `git diff --numstat` counts; none when either side is binary.
    ///
    /// No attribute is looked at: `.gitattributes` of the pushed tree could call everything binary. A side larger than
    /// `ObjectLimit.blob` is an error, so that a limit on lines cannot be passed by by size.
    package func lineCounts(_ change: Change) throws(GitError) -> (added: Int, deleted: Int) {
        if change.old?.id == change.new?.id { return (0, 0) }
        let old = try content(change.old)
        let new = try content(change.new)
        if Self.isBinary(old) || Self.isBinary(new) { return (0, 0) }
        if old.isEmpty || new.isEmpty { return (Self.lines(new), Self.lines(old)) }

        var options = unsafe git_diff_options()
        try Libgit2.call("git_diff_options_init") {
            unsafe git_diff_options_init(&options, CUnsignedInt(GIT_DIFF_OPTIONS_VERSION))
        }
        unsafe options.flags = GIT_DIFF_FORCE_TEXT.rawValue
        unsafe options.context_lines = 0
        let patch = try unsafe Handle("git_patch_from_buffers", release: git_patch_free) { patch in
            unsafe git_patch_from_buffers(&patch, old, old.count, nil, new, new.count, nil, &options)
        }
        var (added, deleted) = (0, 0)
        try Libgit2.call("git_patch_line_stats") {
            unsafe git_patch_line_stats(nil, &added, &deleted, patch.pointer)
        }
        return (added, deleted)
    }

    /// What git compares: a file's bytes, a link's target, or the line that stands for a submodule's commit.
    private func content(_ entry: Change.Entry?) throws(GitError) -> [UInt8] {
        guard let entry else { return [] }
        if entry.mode == .gitlink { return Array("Subproject commit \(entry.id)\n".utf8) }
        return try read(entry.id, expecting: .blob)
    }

    private static func isBinary(_ content: [UInt8]) -> Bool {
        content.prefix(binaryWindow).contains(0)
    }

    private static func lines(_ content: [UInt8]) -> Int {
        guard let last = content.last else { return 0 }
        let newline = UInt8(ascii: "\n")
        return content.reduce(0) { $0 + ($1 == newline ? 1 : 0) } + (last == newline ? 0 : 1)
    }
}
