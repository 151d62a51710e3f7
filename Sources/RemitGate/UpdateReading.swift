import RemitFormats
import RemitGit
package import RemitModel
import RemitRules

/// A protected branch whose history counts as judged when it got there, by the name that it has at its host.
package struct LandedBranch: Hashable, Sendable {
    package let name: ByteString
    package let id: ObjectID

    package init(name: ByteString, id: ObjectID) {
        self.name = name
        self.id = id
    }
}

/// Works out what a ref update is and which commits it brings to be judged.
struct UpdateReading {
    let reader: GitReader
    let policy: RepositoryPolicy
    /// The protected branches before the push, whose history was judged when it got there.
    private let protected: [LandedBranch]
    /// Every branch before the push; empty in a clone, whose branches prove nothing.
    private let branches: [(name: ByteString, id: ObjectID)]
    /// The commits up to which history is not judged at all, as far as this repository has them.
    let baseline: [ObjectID]

    init(
        _ reader: GitReader, policy: RepositoryPolicy, baseline: [ObjectID], landed: [LandedBranch]?
    ) throws(GateError) {
        self.reader = reader
        self.policy = policy
        // Tags are left out: hiding thousands costs more than judging the few commits that only a tag reaches.
        if let landed {
            (branches, protected) = ([], landed)
        } else {
            branches = try GateError.reading { () throws(GitError) in
                try reader.repository.references(prefix: "refs/heads/")
            }
            protected = branches.filter { policy.isProtected($0.name) }.map(LandedBranch.init)
        }
        var known: [ObjectID] = []
        for commit in baseline where try Self.has(commit, reader) { known.append(commit) }
        self.baseline = known
    }

    /// The tips whose history was judged by demands that cover those of a ref.
    ///
    /// INVARIANT: where less was demanded, reaching a protected branch proves nothing for a ref that demands more.
    func tips(judgedFor ref: ByteString) -> [ObjectID] {
        let demands = policy.demands(on: ref)
        return protected.filter { policy.demands(on: $0.name).covers(demands) }.map(\.id)
    }

    /// Whether a commit of the baseline is there.
    ///
    /// One repository of a fork network need not have all of them.
    private static func has(_ commit: ObjectID, _ reader: GitReader) throws(GateError) -> Bool {
        do throws(GitError) {
            return try reader.repository.kind(of: commit) == .commit
        } catch {
            guard error.code == .missingObject || error.code == .notFound else { throw GateError(error) }
            return false
        }
    }

    /// One update, ready to be judged.
    struct Reading {
        var update: UpdateCase
        /// The annotated tags on the way from the ref to its commit, outermost first.
        let tags: [ObjectID]
        /// The commits to judge, parents before children.
        let commits: [ObjectID]
        /// The commits whose history is left out; what equals theirs came from there.
        let excluded: [ObjectID]
        /// The commit that the ref would point at, peeled; `nil` where it would be none.
        let tip: ObjectID?
        /// What the ref pointed at before and after, peeled, where both are commits.
        let net: (old: ObjectID, new: ObjectID)?
        /// Further commits that the net change is taken from: where histories crossed, they have several bases.
        var otherBases: [ObjectID] = []
        /// The branch whose merge, squash or rebase the tip would be.
        var branch: Branch?
        /// A later commit that contains all of this and may be approved in its stead: the end of a merge queue.
        var whole: ObjectID?
    }

    /// What a merge takes in: the commits of `head` that `base` has not.
    struct Branch: Hashable {
        let base: ObjectID
        let head: ObjectID
        /// Whether the host makes other commits of them: a squash or a rebase.
        let isRewritten: Bool
    }

    /// Branches that an agent's branch is compared with, to know what the whole of it changes.
    private static let comparedAtMost = 16

    /// Commits of a branch, at most, that are looked through for what the whole of it changes.
    private static let wholeAtMost = 1_000

    /// What the whole of a branch changes, and the commits that change it.
    struct WholeChange {
        let change: TreeChange
        let commits: [ObjectID]
    }

    /// What the whole of an agent's branch makes of the trees at which it left those in which it may be landed.
    ///
    /// A host that squashes it lands exactly that.
    func wholeChanges(of reading: Reading, into landing: [PathPattern]) throws(GateError) -> [WholeChange] {
        let targets = branches.filter { branch in landing.contains { $0.matches(branch.name) } }.map(\.id)
        guard let tip = reading.tip, !targets.isEmpty else { return [] }
        return try GateError.reading(reading.update.update.ref) { () throws(GitError) in
            let result = try reader.repository.tree(of: tip)
            var bases: Set<ObjectID> = []
            for target in Set(targets).sorted().prefix(Self.comparedAtMost) {
                bases.formUnion(try reader.repository.mergeBases(tip, target))
            }
            var changes: [WholeChange] = []
            for base in bases.sorted() {
                let tree = try reader.repository.tree(of: base)
                guard tree != result,
                    let commits = try reader.repository.history(of: tip, excluding: [base], atMost: Self.wholeAtMost)
                else { continue }
                changes.append(WholeChange(change: TreeChange(from: tree, to: result), commits: commits))
            }
            return changes
        }
    }

    /// Why a ref's name must not be pushed to; `nil` when it may.
    ///
    /// Git moves what a symbolic ref stands for, so that an alias would lead round every rule that knows refs by name.
    private func nameFault(of ref: ByteString) throws(GateError) -> String? {
        if let fault = RefName.fault(in: ref) { return fault }
        let target = try GateError.reading(ref) { () throws(GitError) in
            try reader.repository.symbolicTarget(of: ref)
        }
        return target.map { "it stands for \(String(decoding: $0.bytes, as: UTF8.self)), push to that" }
    }

    func read(_ update: RefUpdate) throws(GateError) -> Reading {
        let isProtected = policy.isProtected(update.ref)
        let nameFault = try nameFault(of: update.ref)
        func reading(
            _ kind: UpdateCase.Kind, target: UpdateCase.Target, tags: [ObjectID] = [], commits: [ObjectID] = [],
            excluded: [ObjectID] = [], tip: ObjectID? = nil, net: (ObjectID, ObjectID)? = nil
        ) -> Reading {
            Reading(
                update: UpdateCase(
                    update: update, kind: kind, isProtected: isProtected, target: target, nameFault: nameFault),
                tags: tags, commits: commits, excluded: excluded, tip: tip,
                net: net.map { (old: $0.0, new: $0.1) })
        }
        guard !update.isDeletion else { return reading(.delete, target: .nothing) }
        return try GateError.reading(update.ref) { () throws(GitError) in
            let new = try reader.repository.peel(update.new)
            let old = update.isCreation ? nil : try reader.repository.peel(update.old)
            guard new.kind == .commit else {
                return reading(
                    old == nil ? .create : .rewind, target: .authorless(new.kind.rawValue), tags: new.tags)
            }
            guard let old, old.kind == .commit else {
                // A creation, or a tag that pointed at something without history before.
                let excluded = tips(judgedFor: update.ref) + baseline
                return reading(
                    old == nil ? .create : .rewind, target: .commit, tags: new.tags,
                    commits: try reader.repository.history(of: new.id, excluding: excluded), excluded: excluded,
                    tip: new.id)
            }
            // INVARIANT 2: what a protected ref brings is judged against its own past alone; another ref excludes what
            // was judged when it reached a protected one.
            let excluded = [old.id] + baseline + (isProtected ? [] : tips(judgedFor: update.ref))
            let range = try reader.repository.range(to: new.id, excluding: excluded)
            // Nearly every update continues its ref, and then the range already says so.
            var isForward = range.boundary.contains(old.id)
            if !isForward { isForward = try reader.repository.isAncestor(old.id, of: new.id) }
            // A moved tag is a rewind whatever it points at: tags are not expected to move.
            let kind: UpdateCase.Kind = isForward && !update.isTag ? .update : .rewind
            return reading(
                kind, target: .commit, tags: new.tags,
                commits: range.commits, excluded: excluded, tip: new.id, net: (old.id, new.id))
        }
    }
}
