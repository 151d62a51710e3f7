import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

/// Work under a delegation that was handed on is taken out of every one above it.
@Suite struct HandedOnLimitTests {
    static let root = delegated(id: record(1), limits: limits(commits: 3, files: 9))
    static let middle = delegated(id: record(2), limits: limits(lines: 10), below: [root])
    static let left = delegated(id: record(3), limits: limits(commits: 2), below: [middle, root])
    static let right = delegated(id: record(4), limits: limits(commits: 2), below: [middle, root])

    static func judge(_ commits: [CommitCase]) -> Judge {
        var judge = Judge(circumstances())
        for commit in commits { judge.consider(commit, on: update()) }
        judge.conclude(update())
        return judge
    }

    static func decide(_ commits: [CommitCase], after past: Past = .none) -> Decision {
        var judge = judge(commits)
        return judge.decide(authority: nil, policyVersion: nil, after: past)
    }

    static func facts(_ delegation: RecordID, limit: Int, used: Int, reason: String?) -> Finding.Facts {
        .init(
            delegation: delegation, agent: "claude-code", ask: ["dana@example.org"], limit: limit, used: used,
            reason: reason)
    }

    @Test func `every ancestor is charged once for a push, with its own measure`() {
        let changes = [change("Sources/a")]
        let decision = Self.decide([
            work(1, under: Self.left, changes: changes, lines: 4),
            work(2, under: Self.right, changes: changes, lines: 5),
        ])
        #expect(decision.outcome == .allowed, "\(decision.findings)")
        #expect(decision.delegations.map(\.delegation) == [Self.left.id, Self.right.id])
        #expect(decision.delegations.map(\.commits) == [1, 1])
        #expect(
            decision.delegations.map(\.expense.used) == [spent(commits: 1, pushes: 1), spent(commits: 1, pushes: 1)])
        #expect(
            decision.ancestors == [
                .init(
                    delegation: Self.middle.id,
                    expense: Expense(
                        limits: limits(lines: 10), before: .nothing, used: spent(commits: 2, lines: 9, pushes: 1))),
                .init(
                    delegation: Self.root.id,
                    expense: Expense(
                        limits: limits(commits: 3, files: 9), before: .nothing,
                        used: spent(commits: 2, files: 1, pushes: 1))),
            ])
    }

    @Test func `two siblings cannot spend the same unit in one push`() {
        let decision = Self.decide([
            work(1, under: Self.left), work(2, under: Self.left), work(3, under: Self.right),
            work(4, under: Self.right),
        ])
        #expect(
            decision.findings == [
                Finding(
                    .limitCommits, ref: agentBranch,
                    facts: Self.facts(
                        Self.root.id, limit: 3, used: 4, reason: "delegation 030303030303 was handed on from it"))
            ])
    }

    @Test func `nor one after the other`() {
        let past = Past(
            spent: [Self.root.id: spent(commits: 2), Self.middle.id: spent(lines: 9), Self.left.id: spent(commits: 2)],
            commits: [], files: [:])
        #expect(Self.decide([work(3, under: Self.right, lines: 1)], after: past).outcome == .allowed)
        let decision = Self.decide(
            [work(3, under: Self.right, lines: 1), work(4, under: Self.right, lines: 1)], after: past)
        #expect(
            decision.findings.map(\.facts) == [
                Self.facts(
                    Self.middle.id, limit: 10, used: 11, reason: "delegation 040404040404 was handed on from it"),
                Self.facts(Self.root.id, limit: 3, used: 4, reason: "delegation 040404040404 was handed on from it"),
            ])
        #expect(decision.findings.map(\.rule) == [.limitLines, .limitCommits])
    }

    @Test func `a parent and its child in one push are told apart and counted together`() {
        let decision = Self.decide([
            work(1, under: Self.left), work(2, under: Self.root), work(3, under: Self.root),
            work(4, under: Self.root),
        ])
        #expect(decision.delegations.map(\.delegation) == [Self.left.id, Self.root.id])
        #expect(decision.delegations.map(\.commits) == [1, 3])
        #expect(decision.delegations.last?.expense.used == spent(commits: 4, pushes: 1))
        #expect(decision.ancestors.map(\.delegation) == [Self.middle.id])
        // It acts itself too, so nobody needs to be told why it is named.
        #expect(decision.findings.map(\.facts) == [Self.facts(Self.root.id, limit: 3, used: 4, reason: nil)])
    }

    @Test func `a push that leaves no commit behind is a push under every ancestor`() {
        let parent = delegated(id: record(1), limits: limits(pushes: 0))
        let child = delegated(id: record(3), grants: [grant("payments", [.refDelete])], below: [parent])
        var judge = Judge(pushing(child))
        judge.conclude(update(agentBranch, .delete))
        let decision = judge.decide(authority: nil, policyVersion: nil)
        #expect(
            decision.findings == [
                Finding(
                    .limitPushes, ref: agentBranch,
                    facts: Self.facts(
                        parent.id, limit: 0, used: 1, reason: "delegation 030303030303 was handed on from it"))
            ])
    }

    @Test func `deciding leaves the judge as it was`() {
        let judge = Self.judge([work(1, under: Self.left), work(2, under: Self.left)])
        let past = Past(spent: [Self.root.id: spent(commits: 2)], commits: [], files: [:])
        func decide(_ past: Past) -> Outcome {
            var judge = judge
            return judge.decide(authority: nil, policyVersion: nil, after: past).outcome
        }
        #expect([decide(.none), decide(past), decide(.none)] == [.allowed, .refused, .allowed])
    }
}
