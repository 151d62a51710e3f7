import RemitGit
import RemitModel
import RemitTestSupport
import Testing

extension TestRepository {
    /// Opens the repository as Remit does.
    func open(quarantine: Quarantine = .none) throws -> Repository {
        try Repository(at: RepositoryLocation(gitDirectory: ByteString(gitDirectory)), quarantine: quarantine)
    }

    /// Git's own list of commits, in any order.
    func revisionList(_ arguments: [String]) throws -> Set<ObjectID> {
        Set(try git(["rev-list"] + arguments).lines.compactMap { ObjectID(hex: $0) })
    }

    /// For every commit of all references: its parents and git's own changes against each.
    ///
    /// One `diff-tree --stdin` for all: a process for each commit would make thousands of them.
    func oracle() throws -> [Comparison] {
        var comparisons: [Comparison] = []
        var input = ""
        for line in try git("rev-list", "--parents", "--all").lines {
            let ids = line.split(separator: " ").map(String.init)
            for parent in ids.count > 1 ? Array(ids.dropFirst()) : [""] {
                input += parent.isEmpty ? "\(ids[0])\n" : "\(ids[0]) \(parent)\n"
                comparisons.append(
                    Comparison(
                        parent: ObjectID(hex: parent), commit: try #require(ObjectID(hex: ids[0])), changes: []))
            }
        }
        let output = try git(
            ["diff-tree", "--stdin", "-r", "-z", "--no-renames", "--root", "--raw", "--no-abbrev", "--always"],
            input: Array(input.utf8))
        var fields = output.fields[...]
        var index = -1
        while let field = fields.popFirst() {
            guard field.first == UInt8(ascii: ":") else {
                index += 1
                // A comparison without changes prints its id and nothing more.
                #expect(ObjectID(hex: field.prefix(40)) == comparisons[index].commit)
                continue
            }
            let words = String(decoding: field.dropFirst(), as: UTF8.self).split(separator: " ").map(String.init)
            guard let path = fields.popFirst() else { break }
            comparisons[index].changes.append(
                Change(
                    path: ByteString(path), old: Self.entry(words[0], words[2]), new: Self.entry(words[1], words[3])))
        }
        #expect(index == comparisons.count - 1)
        return comparisons
    }

    private static func entry(_ mode: String, _ id: String) -> Change.Entry? {
        guard let mode = UInt32(mode, radix: 8), mode != 0, let id = ObjectID(hex: id) else { return nil }
        return Change.Entry(mode: FileMode(canonical: mode), id: id)
    }
}

/// One commit beside one of its parents, and what git says has changed.
struct Comparison {
    let parent: ObjectID?
    let commit: ObjectID
    var changes: [Change]
}

/// Requires that an error of Remit's is thrown and gives it back.
func gitError(_ body: () throws -> Void) throws -> GitError {
    do {
        try body()
    } catch let error as GitError {
        return error
    }
    throw CommandFailure(command: [], status: 0, stderr: "no error was thrown")
}
