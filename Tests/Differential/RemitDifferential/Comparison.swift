package import RemitModel
package import RemitTestGit

/// One commit beside one of its parents, and what git says has changed.
package struct Comparison: Sendable {
    package let commit: ObjectID
    /// `nil` for a commit without any.
    package let parent: ObjectID?
    package fileprivate(set) var changes: [Change] = []

    /// Of the directories that differ only those that have come to have no entries: they hold nothing that could be
    /// told in their stead.
    var keepingEmptyDirectories: Comparison {
        var kept = self
        kept.changes = changes.compactMap { change in
            guard (change.old ?? change.new)?.mode == .tree else { return change }
            guard let new = change.new, new.id == Self.emptyTree else { return nil }
            return Change(path: change.path, old: nil, new: new)
        }
        return kept
    }

    /// Git knows it without its being stored.
    static let emptyTree = ObjectPack.id(.tree, [])
}

/// A commit and its parents, as git lists them.
package struct ListedCommit: Sendable {
    package let id: ObjectID
    package let parents: [ObjectID]
}

extension TestRepository {
    /// Every commit that a ref leads to.
    package func listedCommits() throws -> [ListedCommit] {
        try git("rev-list", "--parents", "--all").lines.map { line in
            let ids = try line.split(separator: " ").map { try Self.parsed($0.utf8) }
            return ListedCommit(id: ids[0], parents: Array(ids.dropFirst()))
        }
    }

    /// Git's own changes of each commit against each of its parents.
    ///
    /// One `diff-tree --stdin` for all: a process for each commit would make thousands of them.
    ///
    /// - Parameter tellsTrees: whether directories that differ are among the changes, before what is in them.
    package func comparisons(
        of commits: some Sequence<ListedCommit>, tellsTrees: Bool = false
    ) throws -> [Comparison] {
        var comparisons: [Comparison] = []
        var input: [UInt8] = []
        for commit in commits {
            for parent in commit.parents.isEmpty ? [nil] : commit.parents.map(Optional.some) {
                input += (parent.map { "\(commit.id) \($0)\n" } ?? "\(commit.id)\n").utf8
                comparisons.append(Comparison(commit: commit.id, parent: parent))
            }
        }
        let output = try git(
            ["diff-tree", "--stdin", "-r", "-z", "--no-renames", "--root", "--raw", "--no-abbrev", "--always"]
                + (tellsTrees ? ["-t"] : []),
            input: input
        ).stdout
        var index = -1
        var position = 0
        while position < output.count {
            if output[position] == UInt8(ascii: ":") {
                comparisons[index].changes.append(try Self.change(output, &position))
                continue
            }
            index += 1
            let id = try Self.parsed(output[position..<min(position + ObjectID.hexCount, output.count)])
            guard index < comparisons.count, id == comparisons[index].commit else {
                throw Misread(what: "diff-tree tells of \(id) out of turn")
            }
            position += ObjectID.hexCount + 1
        }
        guard index == comparisons.count - 1 else { throw Misread(what: "diff-tree tells of too few commits") }
        return comparisons
    }

    /// `:100644 100755 <old id> <new id> M NUL <path> NUL`, all but the path of fixed length.
    private static func change(_ output: [UInt8], _ position: inout Int) throws -> Change {
        let start = position
        func entry(_ mode: Int, _ id: Int) throws -> Change.Entry? {
            let digits = output[(start + mode)..<(start + mode + 6)]
            guard let mode = UInt32(String(decoding: digits, as: UTF8.self), radix: 8) else {
                throw Misread(what: "diff-tree tells a mode that is none")
            }
            guard mode != 0 else { return nil }
            // Not through Remit's own reading of odd modes: git prints none.
            guard let mode = FileMode(rawValue: mode) else { throw Misread(what: "diff-tree tells an odd mode") }
            let id = try parsed(output[(start + id)..<(start + id + ObjectID.hexCount)])
            return Change.Entry(mode: mode, id: id)
        }
        let path = start + 99
        guard path < output.count, let end = output[path...].firstIndex(of: 0) else {
            throw Misread(what: "diff-tree ends in the middle of a line")
        }
        position = end + 1
        return Change(path: ByteString(output[path..<end]), old: try entry(1, 15), new: try entry(8, 56))
    }

    static func parsed(_ hex: some Collection<UInt8>) throws -> ObjectID {
        guard let id = ObjectID(hex: hex) else {
            throw Misread(what: "'\(String(decoding: hex, as: UTF8.self))' is no object id")
        }
        return id
    }
}

/// What git printed is not what this reads: a fault of the test.
package struct Misread: Error, CustomStringConvertible {
    package let what: String
    package var description: String { "git's output: \(what)" }
}
