import RemitGit
import RemitModel
import RemitSignatures

/// The commits of which a host makes squashes and rebases, as far as it keeps them, found by what they change.
///
/// What a rewriting changes is compared path by path, each with its old and new mode and contents: so it is found
/// although the branch was not up to date, and lost where a file was merged line by line.
final class SourceMemory {
    /// Commits that together make one change, on the way to a branch's tip.
    struct Source: Hashable {
        let head: ObjectID
        let commits: [ObjectID]
    }

    /// Branches that are looked through; a host with more needs a narrower pattern.
    static let headsAtMost = 4_096
    /// Commits of one branch; what a host squashes has fewer.
    private static let commitsAtMost = 1_000
    /// Sources of one change: the same work on more branches proves nothing more.
    private static let sourcesAtMost = 16

    private let reader: GitReader
    private let patterns: [RefGlob]
    private let deadline: ContinuousClock.Instant
    private var sources: [RecordID: [Source]] = [:]
    private var known: Set<ObjectID> = []
    private var hasReadPatterns = false

    init(_ reader: GitReader, patterns: [RefGlob], deadline: ContinuousClock.Instant) {
        self.reader = reader
        self.patterns = patterns
        self.deadline = deadline
    }

    /// Whether there is nothing to look through: as in every push.
    var isEmpty: Bool { known.isEmpty && patterns.isEmpty }

    /// Takes in the branch that a merge is about.
    func include(_ head: ObjectID, upon base: ObjectID) throws(GateError) {
        guard known.insert(head).inserted else { return }
        try GateError.reading { () throws(GitError) in try take(head, upon: base) }
    }

    /// What made exactly some changes: commits of the branches that were taken in, else of those that the patterns name.
    func sources(of changes: [Change], landedOn tip: ObjectID) throws(GateError) -> [Source] {
        let key = Self.key(of: changes)
        if let found = sources[key] { return found }
        if !hasReadPatterns {
            try readPatterns(tip)
            hasReadPatterns = true
        }
        return sources[key] ?? []
    }

    private func readPatterns(_ tip: ObjectID) throws(GateError) {
        var heads: Set<ObjectID> = []
        for pattern in patterns {
            let references = try GateError.reading { () throws(GitError) in
                try reader.repository.references(prefix: pattern.prefix)
            }
            heads.formUnion(references.filter { pattern.matches($0.name) }.map(\.id))
        }
        guard heads.count <= Self.headsAtMost else {
            throw GateError(
                .undecidedInput,
                "--sources names \(heads.count) branches, at most \(Self.headsAtMost) are looked through")
        }
        for head in heads.sorted() where known.insert(head).inserted {
            guard !reader.repository.hasPassed(deadline) else {
                throw GateError(.undecidedDeadline, "the time for looking through the branches of --sources is over")
            }
            // Anybody may propose a branch: one that cannot be read proves nothing, and keeps nobody from deploying.
            do throws(GitError) { try take(head, upon: tip) } catch { continue }
        }
    }

    private func take(_ head: ObjectID, upon tip: ObjectID) throws(GitError) {
        guard let commits = try reader.repository.history(of: head, excluding: [tip], atMost: Self.commitsAtMost),
            !commits.isEmpty
        else { return }
        for commit in commits {
            let parents = try reader.repository.parents(of: commit)
            guard parents.count <= 1 else { continue }
            insert(
                try reader.repository.changes(from: parents.first, to: commit), Source(head: head, commits: [commit]))
        }
        let bases = try reader.repository.mergeBases(tip, head)
        guard commits.count > 1, bases.count == 1, let base = bases.first else { return }
        insert(try reader.repository.changes(from: base, to: head), Source(head: head, commits: commits))
    }

    private func insert(_ changes: [Change], _ source: Source) {
        let key = Self.key(of: changes)
        guard sources[key, default: []].count < Self.sourcesAtMost else { return }
        sources[key, default: []].append(source)
    }

    /// A digest that no two lists of changes share.
    private static func key(of changes: [Change]) -> RecordID {
        var bytes: [UInt8] = []
        for change in changes {
            // No path holds a NUL; each side is as long as its first byte says.
            bytes += change.path.bytes + [0]
            for entry in [change.old, change.new] {
                guard let entry else {
                    bytes.append(0)
                    continue
                }
                let mode = Array(entry.mode.octal.utf8)
                bytes += [UInt8(mode.count)] + mode + entry.id.bytes
            }
        }
        return RecordID(of: bytes)
    }
}
