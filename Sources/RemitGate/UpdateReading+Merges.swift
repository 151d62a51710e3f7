import RemitGit
import RemitModel
import RemitRules

extension UpdateReading {
    /// Merges of one queue that are judged one by one; a longer one is judged as a whole.
    private static let queuedAtMost = 256

    /// What a merge would bring: every commit that the target does not have, and the net change.
    ///
    /// Where the head is itself nothing but merges upon the base, as a merge queue or a host's trial merge leaves it,
    /// each of them is a reading of its own, in their order: then each is approved by itself.
    func read(_ merge: MergeSubmission) throws(GateError) -> [Reading] {
        guard merge.target.starts(with: "refs/heads/") else {
            throw GateError(
                .undecidedInput, "\(String(decoding: merge.target.bytes, as: UTF8.self)) is not a branch",
                ref: merge.target)
        }
        let merge = MergeSubmission(
            target: merge.target, base: try commit(merge.base, as: "base", merge.target),
            head: try commit(merge.head, as: "head", merge.target),
            result: try merge.result.map { result throws(GateError) in
                try commit(result, as: "result", merge.target)
            })
        let bases = try GateError.reading(merge.target) { () throws(GitError) in
            try reader.repository.mergeBases(merge.base, merge.head)
        }
        guard !bases.isEmpty else {
            throw GateError(
                .undecidedInput,
                "base \(merge.base.abbreviated) and head \(merge.head.abbreviated) have no commit in common",
                ref: merge.target)
        }
        let shape = try GateError.reading(merge.target) { () throws(GitError) in
            try MergeShape(of: merge, in: reader.repository)
        }
        guard let shape else {
            throw GateError(
                .undecidedInput,
                "the result is not of base \(merge.base.abbreviated) and head \(merge.head.abbreviated) , "
                    + "the head has moved or the base has",
                ref: merge.target)
        }
        return try GateError.reading(merge.target) { () throws(GitError) in
            if shape == .open, let queue = try queue(merge) {
                var readings: [Reading] = []
                for step in queue { readings.append(try reading(of: step, .merge, whole: merge.head)) }
                return readings
            }
            return [try reading(of: merge, shape)]
        }
    }

    /// The commit that an id leads to, with words of its own where the clone has none.
    private func commit(_ id: ObjectID, as name: String, _ target: ByteString) throws(GateError) -> ObjectID {
        let peeled: Peeled
        do throws(GitError) {
            peeled = try reader.repository.peel(id)
        } catch {
            guard error.code == .notFound || error.code == .missingObject else { throw GateError(error, ref: target) }
            throw GateError(.undecidedRepository, "\(name) \(id.abbreviated) is not in this clone", ref: target)
        }
        guard peeled.kind == .commit else {
            throw GateError(
                .undecidedInput, "\(name) \(id.abbreviated) is a \(peeled.kind.rawValue), not a commit", ref: target)
        }
        return peeled.id
    }

    /// The merges that lead from the base to the head, each upon the one before; `nil` where anything else does.
    private func queue(_ merge: MergeSubmission) throws(GitError) -> [MergeSubmission]? {
        var steps: [MergeSubmission] = []
        var id = merge.head
        while id != merge.base {
            let parents = try reader.repository.parents(of: id)
            guard parents.count > 1, steps.count < Self.queuedAtMost else { return nil }
            steps.append(MergeSubmission(target: merge.target, base: parents[0], head: parents[1], result: id))
            id = parents[0]
        }
        return steps.isEmpty ? nil : steps.reversed()
    }

    private func reading(
        of merge: MergeSubmission, _ shape: MergeShape, whole: ObjectID? = nil
    ) throws(GitError) -> Reading {
        let isProtected = policy.isProtected(merge.target)
        let excluded = [merge.base] + baseline + (isProtected ? [] : tips(judgedFor: merge.target))
        let tip = merge.result ?? merge.head
        var commits = try reader.repository.history(of: merge.head, excluding: excluded)
        // Without a result, a three-way merge brings at most what the branch changed since it left the target.
        var bases = [merge.base]
        if tip == merge.head {
            bases = try reader.repository.mergeBases(merge.base, merge.head)
        } else {
            commits += try reader.repository.history(of: tip, excluding: excluded + [merge.head])
        }
        return Reading(
            update: UpdateCase(
                update: RefUpdate(ref: merge.target, old: merge.base, new: tip), kind: .update,
                isProtected: isProtected),
            tags: [], commits: commits, excluded: excluded, tip: tip, net: bases.first.map { (old: $0, new: tip) },
            otherBases: Array(bases.dropFirst()),
            branch: Branch(base: merge.base, head: merge.head, isRewritten: shape == .rewriting), whole: whole)
    }
}
