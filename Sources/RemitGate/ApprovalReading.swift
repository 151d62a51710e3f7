import RemitAuthority
import RemitGit
import RemitModel
import RemitRules

/// Looks up the approvals of what an update would leave, once something asks for them.
struct ApprovalReading {
    let reader: GitReader
    let authority: Authority
    let repository: String

    /// How many other commits of an update are asked for approvals where its tip has none: enough to tell an approver
    /// what was looked at instead, without walking a history.
    private static let earlierAtMost = 64

    /// The approvals of the tip; `nil` where the ref would point at no commit.
    func read(_ reading: UpdateReading.Reading) throws(GateError) -> TipApprovals? {
        let update = reading.update.update
        guard case .commit = reading.update.target else { return nil }
        let (commit, tree, standIns) = try GateError.reading(update.ref) { () throws(GitError) in
            let tip = try reader.repository.peel(update.new).id
            let approvable = try StandIns(reader, reading).commits(of: tip)
            var trees: [ObjectID: ObjectID] = [:]
            for commit in approvable.all { trees[commit] = try reader.repository.tree(of: commit) }
            let tree = try reader.repository.tree(of: approvable.first)
            trees[approvable.first] = nil
            return (approvable.first, tree, trees)
        }
        var given = try approvals(of: commit)
        for other in standIns.keys.sorted() { given = given.joined(by: try approvals(of: other)) }
        var earlier: [VerifiedApproval] = []
        if given.verified.isEmpty {
            let others = reading.commits.reversed().filter { $0 != commit && standIns[$0] == nil }
            let looked = others.prefix(Self.earlierAtMost) + (update.isCreation ? [] : [update.old])
            for other in looked where earlier.isEmpty { earlier = try approvals(of: other).verified }
        }
        return TipApprovals(commit: commit, tree: tree, standIns: standIns, given: given, earlier: earlier)
    }

    private func approvals(of commit: ObjectID) throws(GateError) -> RecordsOfCommit<VerifiedApproval> {
        try GateError.asking { () throws(AuthorityError) in try authority.approvals(of: commit, in: repository) }
    }
}
