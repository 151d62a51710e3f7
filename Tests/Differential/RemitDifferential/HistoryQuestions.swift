import RemitGit
import RemitModel

/// The commits that one reaches and others do not.
struct RangeQuestion: Question {
    static let name = "range"
    let commit: ObjectID
    let excluded: [ObjectID]
    /// `git rev-list --topo-order`, with a commit-graph.
    let expected: Set<ObjectID>
    /// Those of every commit of the history.
    let parents: [ObjectID: [ObjectID]]

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        let range = try repository.range(to: commit, excluding: excluded)
        let found = Set(range.commits)
        guard found == expected, range.commits.count == found.count else { return difference(found) }
        var seen: Set<ObjectID> = []
        for member in range.commits {
            for parent in parents[member, default: []] where found.contains(parent) && !seen.contains(parent) {
                return disagreement("\(parent) before \(member)", "after it")
            }
            seen.insert(member)
        }
        let boundary = Set(found.flatMap { parents[$0, default: []] }).subtracting(found)
        guard range.boundary == boundary else {
            return disagreement("a boundary of \(boundary.count)", "one of \(range.boundary.count)")
        }
        return excluded.count == 1 ? try own(repository) : nil
    }

    /// The same by the other walk, which goes by the commits' own bytes alone.
    private func own(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        var walk = CommitWalk()
        walk.add(excluded)
        while try repository.next(&walk) != nil {}
        let beginsItself = expected.contains { parents[$0, default: []].isEmpty }
        let own = try repository.own(of: commit, besides: walk)
        guard own.map(Set.init) != (beginsItself ? nil : expected) else { return nil }
        return own.map { difference(Set($0)) } ?? disagreement("\(expected.count) commits of its own", "no beginning")
    }

    private func difference(_ found: Set<ObjectID>) -> Disagreement {
        let (missing, extra) = (expected.subtracting(found).min(), found.subtracting(expected).min())
        return disagreement(
            "\(expected.count) commits" + (missing.map { ", \($0) among them" } ?? ""),
            "\(found.count)" + (extra.map { ", \($0) among them" } ?? ""))
    }

    private func disagreement(_ git: String, _ remit: String) -> Disagreement {
        let without = excluded.map(\.hex).joined(separator: " ")
        return Disagreement(question: "\(Self.name) without (\(without))", commit: commit, git: git, remit: remit)
    }
}

/// The best common ancestors of two commits, and with them whether one is the other's.
struct BasesQuestion: Question {
    static let name = "merge bases"
    let commit: ObjectID
    let other: ObjectID
    /// `git merge-base --all`.
    let expected: [ObjectID]

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        let bases = try repository.mergeBases(commit, other)
        guard bases == expected else { return disagreement("\(expected)", "\(bases)") }
        let isAncestor = try repository.isAncestor(commit, of: other)
        guard isAncestor == (expected == [commit]) else {
            return disagreement("\(expected)", "that it is \(isAncestor ? "" : "not ")an ancestor")
        }
        return nil
    }

    private func disagreement(_ git: String, _ remit: String) -> Disagreement {
        Disagreement(question: "\(Self.name) with \(other)", commit: commit, git: git, remit: remit)
    }
}

/// Every commit of a history, each once.
struct WalkQuestion: Question {
    static let name = "walk"
    let tips: [ObjectID]
    let expected: Set<ObjectID>

    var commit: ObjectID { tips.first ?? .zero }

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        var walk = CommitWalk()
        walk.add(tips + tips)
        var found: Set<ObjectID> = []
        while let (id, _) = try repository.next(&walk) {
            guard expected.contains(id), found.insert(id).inserted else {
                return Disagreement(question: Self.name, commit: id, git: "it is there once", remit: "once more")
            }
        }
        guard let missing = expected.subtracting(found).min() else { return nil }
        return Disagreement(question: Self.name, commit: missing, git: "it is there", remit: "nothing")
    }
}
