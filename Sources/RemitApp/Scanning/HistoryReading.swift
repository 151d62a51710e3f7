import RemitFormats
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// Reads a history from its refs down to its beginnings, and counts who wrote it.
struct HistoryReading: ~Copyable {
    /// Which refs are read.
    enum Selection {
        case branchesAndTags
        case all
        case named([String])
    }

    private let repository: Repository
    private let selection: Selection
    private let since: Instant?
    private let until: Instant?
    private var tally = HistoryTally()
    private var marks: CommitMarks
    private let progress: ProgressLine

    /// Commits between two looks at the clock for the progress.
    private static let progressInterval = 256

    init(
        _ repository: consuming Repository, _ selection: Selection, since: Instant?, until: Instant?,
        marks: CommitMarks, progress: ProgressLine
    ) {
        self.repository = repository
        self.selection = selection
        self.since = since
        self.until = until
        self.marks = marks
        self.progress = progress
    }

    /// What was found, and how many refs led to it.
    struct Found {
        let tally: HistoryTally
        let refs: Int
        let cut: Int
    }

    private struct Tip {
        let ref: ByteString
        let commit: ObjectID
        let marks: [Evidence]
    }

    consuming func read() throws(AppError) -> Found {
        let tips = try tips()
        let cut = try Self.asking { () throws(GitError) in try repository.shallowCommits() }
        let notes = try Self.asking { () throws(GitError) in try HistoryNotes(of: repository) }
        var walk = CommitWalk(cut: cut)
        let plain = tips.filter(\.marks.isEmpty)
        walk.add(plain.map(\.commit))
        try run(&walk, notes, branch: [])
        // What other refs reach has been read; what is left of a branch is the branch's own.
        for tip in tips where !tip.marks.isEmpty {
            let isOwn = try Self.asking { () throws(GitError) in
                try repository.own(of: tip.commit, besides: walk) != nil
            }
            walk.add([tip.commit])
            try run(&walk, notes, branch: isOwn ? tip.marks : [])
        }
        progress.clear()
        return Found(tally: tally, refs: tips.count, cut: cut.count)
    }

    private mutating func run(
        _ walk: inout CommitWalk, _ notes: HistoryNotes, branch: [Evidence]
    ) throws(AppError) {
        while let (id, bytes) = try next(&walk) {
            let commit: RawCommit
            do throws(MalformedObject) {
                commit = try CommitParser.parse(bytes)
            } catch {
                tally.add(malformed: id, because: error.reason)
                continue
            }
            // The walk goes on beyond them all the same: a date is a claim, and ends no history.
            if let since, commit.committer.seconds < since.seconds { continue }
            if let until, commit.committer.seconds >= until.seconds { continue }
            let noted = try Self.asking { () throws(GitError) in
                try notes.evidence(for: id, in: repository, by: marks.attributor)
            }
            let agents = tally.add(id, commit, try marks.evidence(of: commit, branch: branch) + noted)
            if !agents.isEmpty, commit.parents.count < 2, !walk.cut.contains(id) {
                tally.add(try changedPaths(of: commit), by: agents)
            }
            if tally.commits.total.isMultiple(of: Self.progressInterval) {
                progress.tell("scanning", Int64(tally.commits.total), "commits")
            }
        }
    }

    private func next(_ walk: inout CommitWalk) throws(AppError) -> (id: ObjectID, bytes: [UInt8])? {
        do throws(GitError) { return try repository.next(&walk) } catch { throw Self.fault(error) }
    }

    /// `nil` where a tree is malformed or too large to be compared: that is no reason to tell nothing of the rest.
    private func changedPaths(of commit: RawCommit) throws(AppError) -> ChangedPaths? {
        var paths = ChangedPaths()
        do throws(GitError) {
            let before: ObjectID? =
                if let parent = commit.parents.first { try repository.tree(of: parent) } else { nil }
            try repository.visitChanges(fromTree: before, toTree: commit.tree) { paths.add($0.path) }
            return paths
        } catch {
            switch error.code {
            case .malformedTree, .limit, .wrongKind: return nil
            default: throw Self.fault(error)
            }
        }
    }

    // MARK: Refs

    /// The commits from which the reading goes out; a ref to a tree or a file leads to none.
    private func tips() throws(AppError) -> [Tip] {
        var tips: [Tip] = []
        for (ref, id) in try refs() {
            let peeled: Peeled
            do throws(GitError) {
                peeled = try repository.peel(id)
            } catch {
                throw AppError(
                    "ref '\(String(decoding: ref.bytes, as: UTF8.self))' cannot be followed: \(error.reason)",
                    status: .undecided)
            }
            guard peeled.kind == .commit else { continue }
            tips.append(Tip(ref: ref, commit: peeled.id, marks: marks.evidence(ofBranch: ref)))
        }
        return tips
    }

    private func refs() throws(AppError) -> [(name: ByteString, id: ObjectID)] {
        switch selection {
        case .all: return try Self.asking { () throws(GitError) in try repository.references() }
        case .branchesAndTags:
            return try Self.asking { () throws(GitError) in
                try repository.references(prefix: "refs/heads/") + repository.references(prefix: "refs/tags/")
            }
        case .named(let names):
            var refs: [(name: ByteString, id: ObjectID)] = []
            for name in names {
                // Git takes other names for ones that it may complete; nothing is completed here.
                let isWhole = name == "HEAD" || name.hasPrefix("refs/")
                let found = try Self.asking { () throws(GitError) in
                    isWhole ? try repository.reference(ByteString(name)) : nil
                }
                guard let found else {
                    throw AppError(
                        "there is no ref '\(name)'", hint: "a ref is named in full, such as 'refs/heads/main'",
                        status: .usage)
                }
                refs.append((ByteString(name), found))
            }
            return refs
        }
    }

    private static func asking<Value>(_ body: () throws(GitError) -> Value) throws(AppError) -> Value {
        do throws(GitError) { return try body() } catch { throw fault(error) }
    }

    private static func fault(_ error: GitError) -> AppError {
        AppError("the history cannot be read: \(error.reason)", status: .undecided)
    }
}
