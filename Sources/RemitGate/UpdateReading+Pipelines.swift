import RemitGit
import RemitModel
import RemitRules

extension UpdateReading {
    /// What a merge would bring: every commit that the target does not have, and the net change.
    ///
    /// Without a result, what a three-way merge brings is at most what the branch changed since it left the target.
    func read(_ merge: MergeSubmission) throws(GateError) -> Reading {
        let isProtected = policy.isProtected(merge.target)
        return try GateError.reading(merge.target) { () throws(GitError) in
            let excluded = [merge.base] + baseline + (isProtected ? [] : protectedTips)
            let tip = merge.result ?? merge.head
            var old = merge.base
            if merge.result == nil, let base = try reader.repository.mergeBases(merge.base, merge.head).first {
                old = base
            }
            return Reading(
                update: UpdateCase(update: merge.update, kind: .update, isProtected: isProtected), tags: [],
                commits: try reader.repository.history(of: tip, excluding: excluded), excluded: excluded, tip: tip,
                net: (old: old, new: tip))
        }
    }

    /// What a deployment would bring: everything since what is deployed, or since the baseline.
    func read(_ place: DeploymentReading.Place) throws(GateError) -> Reading {
        let (update, judgedFrom) = (place.update, place.deployment.judgedFrom)
        return try GateError.reading(update.ref) { () throws(GitError) in
            let excluded = (judgedFrom.map { [$0] } ?? []) + baseline
            return Reading(
                update: UpdateCase(
                    update: update, kind: update.isCreation ? .create : .update, isProtected: true,
                    deployment: place.deployment),
                tags: [], commits: try reader.repository.history(of: update.new, excluding: excluded),
                excluded: excluded, tip: update.new,
                net: judgedFrom.map { (old: $0, new: update.new) })
        }
    }
}
