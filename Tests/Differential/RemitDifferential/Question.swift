import RemitGit
import RemitModel

/// Something that git has answered, and that Remit is to answer alike.
protocol Question: Sendable {
    /// What it is about, for where Remit gives no answer.
    var commit: ObjectID { get }
    var parent: ObjectID? { get }
    static var name: String { get }

    /// What Remit says otherwise; `nil` when it agrees.
    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement?
}

extension Question {
    var parent: ObjectID? { nil }

    /// An error is an answer too, and the wrong one.
    func answer(_ repository: borrowing Repository) -> Disagreement? {
        do throws(GitError) {
            return try ask(repository)
        } catch {
            return Disagreement(
                question: Self.name, commit: commit, parent: parent, git: "it can be read",
                remit: "\(error.code): \(error.reason)")
        }
    }
}

/// What differs between a commit and a parent, in git's order.
struct ChangesQuestion: Question {
    static let name = "changes"
    let comparison: Comparison
    /// Whether new directories without entries are told as well.
    var tellsEmpty = false

    var commit: ObjectID { comparison.commit }
    var parent: ObjectID? { comparison.parent }

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        let ours: [Change]
        if !tellsEmpty, commit.tail % 2 == 0 {
            // As a push is judged: both trees are known.
            let base: ObjectID? = if let parent = comparison.parent { try repository.tree(of: parent) } else { nil }
            ours = try repository.changes(fromTree: base, toTree: repository.tree(of: commit))
        } else {
            ours = try repository.changes(from: comparison.parent, to: commit, tellsEmpty: tellsEmpty)
        }
        guard ours != comparison.changes else { return nil }
        let (git, remit) = Self.firstDifference(comparison.changes, ours)
        return Disagreement(
            question: tellsEmpty ? "changes and empty directories" : Self.name, commit: commit,
            parent: parent, path: git?.path ?? remit?.path, git: Self.row(git), remit: Self.row(remit))
    }

    private static func firstDifference(_ git: [Change], _ remit: [Change]) -> (git: Change?, remit: Change?) {
        var index = 0
        while index < min(git.count, remit.count), git[index] == remit[index] { index += 1 }
        return (index < git.count ? git[index] : nil, index < remit.count ? remit[index] : nil)
    }

    /// As `git diff-tree --raw` has it.
    private static func row(_ change: Change?) -> String {
        guard let change else { return "no more" }
        func mode(_ entry: Change.Entry?) -> String { entry?.mode.octal ?? "000000" }
        func id(_ entry: Change.Entry?) -> String { (entry?.id ?? .zero).hex }
        return "':\(mode(change.old)) \(mode(change.new)) \(id(change.old)) \(id(change.new)) "
            + "\(change.path.debugDescription)'"
    }
}

/// What a commit's trees hold at the paths that it changes.
struct EntriesQuestion: Question {
    static let name = "entry"
    let comparison: Comparison
    /// How many paths are looked up: each look reads every directory above.
    private static let most = 4

    var commit: ObjectID { comparison.commit }
    var parent: ObjectID? { comparison.parent }

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        for change in comparison.changes.prefix(Self.most) {
            // Where a file went, a directory may be: then what is below it has changed as well.
            guard let expected = change.new else { continue }
            let found = try repository.entry(at: change.path, inTree: commit)
            guard found != expected else { continue }
            return Disagreement(
                question: Self.name, commit: commit, parent: parent, path: change.path, git: "\(expected)",
                remit: found.map { "\($0)" } ?? "nothing")
        }
        return nil
    }
}

/// How many lines the files of a commit gain and lose.
struct LinesQuestion: Question {
    static let name = "lines"
    let comparison: Comparison
    /// `git diff-tree --numstat`, by path; 0 and 0 for what is binary.
    let counts: [ByteString: [Int]]

    var commit: ObjectID { comparison.commit }
    var parent: ObjectID? { comparison.parent }

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        for change in comparison.changes {
            let ours = try repository.lineCounts(change)
            let expected = counts[change.path] ?? []
            guard [ours.added, ours.deleted] != expected else { continue }
            return Disagreement(
                question: Self.name, commit: commit, parent: parent, path: change.path,
                git: "\(expected)", remit: "\([ours.added, ours.deleted])")
        }
        return nil
    }
}
