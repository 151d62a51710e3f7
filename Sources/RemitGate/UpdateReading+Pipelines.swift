import RemitGit
import RemitModel
import RemitRules

extension UpdateReading {
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
