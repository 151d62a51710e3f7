import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ApprovalMissingTests {
    @Test(arguments: [
        CommitRow("acting", work()),
        CommitRow("landed by a person", work(), on: update(mainBranch), in: circumstances(.person("sam@example.org"))),
        CommitRow(
            "nobody vouches", work(), on: update(mainBranch),
            .delegation(reason: "the server does not know who pushes")),
        CommitRow(
            "a stranger", work(), on: update(mainBranch), in: circumstances(.stranger),
            .delegation(reason: "the pusher's account is not a registered person's")),
        CommitRow(
            "the agent itself", work(), on: update(mainBranch), in: circumstances(.agent(inventoried())),
            .delegation(reason: "the agent 'claude-code' pushes, and only a person may land")),
        CommitRow(
            "a person's signature does not land it", work(signer: .person("dana@example.org")), on: update(mainBranch),
            .delegation(reason: "the server does not know who pushes")),
        CommitRow("another ref, which another rule refuses", work(), on: update(otherBranch)),
        CommitRow("no delegation", marked([inventoried()]), on: update(mainBranch)),
    ])
    func `only a person whom the server knows may land`(row: CommitRow) {
        row.check(ApprovalMissingRule(), is: .approvalMissing)
    }

    private static func unlanded(_ reason: String = "the server does not know who pushes") -> Finding.Facts {
        var facts = Finding.Facts.delegation(reason: reason)
        facts.tip = object(0xB0)
        return facts
    }
    private static let bot = "the agent 'claude-code' pushes, and only a person may land"

    @Test(arguments: [
        CommitRow("by a person without any role", work(), on: landing(approved(by: "sam@example.org"))),
        CommitRow("by the delegator, who might as well push", work(), on: landing(approved(by: "dana@example.org"))),
        CommitRow("for a stranger", work(), on: landing(approved(by: bob)), in: circumstances(.stranger)),
        CommitRow("no approval", work(), on: landing(), unlanded()),
        CommitRow("expired", work(), on: landing(approved(by: bob, until: noon)), unlanded()),
        CommitRow("not valid yet", work(), on: landing(approved(by: bob, at: noon.adding(seconds: 1))), unlanded()),
        CommitRow("of another tree", work(), on: landing(approved(by: bob, tree: object(9))), unlanded()),
        CommitRow("by an agent", work(), on: landing(approved(by: bob, hand: .agent("agent 'cursor'"))), unlanded()),
        CommitRow(
            "of an earlier commit", work(), on: landing(earlier: [approved(by: bob, commit: object(7))]), unlanded()),
        CommitRow(
            "badly signed", work(), on: landing(faults: ["'approvals/x' counts for nothing", "another"]),
            unlanded("the server does not know who pushes; 'approvals/x' counts for nothing")),
        CommitRow(
            "an agent that pushes needs somebody else", work(), on: landing(approved(by: bob)),
            in: circumstances(.agent(inventoried()))),
        CommitRow(
            "and not the delegator", work(), on: landing(approved(by: "dana@example.org")),
            in: circumstances(.agent(inventoried())), unlanded(bot)),
        CommitRow(
            "nor an owner", work(), on: landing(approved(by: "olga@example.org")),
            in: circumstances(.agent(inventoried())), unlanded(bot)),
        CommitRow(
            "nor who signed the commit", work(signer: .person("sam@example.org")),
            on: landing(approved(by: "sam@example.org")), in: circumstances(.agent(inventoried())), unlanded(bot)),
    ])
    func `an approval of the tip says who lands`(row: CommitRow) {
        row.check(ApprovalMissingRule(), is: .approvalMissing)
    }

    private static func lacking(
        _ count: Int, _ used: Int, ask: [String], reason: String? = nil, tip: ObjectID? = object(0xB0)
    ) -> Finding.Facts {
        Finding.Facts(ask: ask, limit: count, used: used, reason: reason, tip: tip)
    }
    private static let sam = Circumstances.PusherIdentity.person("sam@example.org")
    private static let one = circumstances(sam, approvals: policy(demand()))
    private static let two = circumstances(sam, approvals: policy(demand(2)))
    private static let deploy = circumstances(sam, approvals: policy(demand(paths: ["Deploy/**"])))

    @Test(arguments: [
        UpdateCheck("met", landing(approved(by: bob)), after: [work()], in: one),
        UpdateCheck("not met", landing(), after: [work()], in: one, lacking(1, 0, ask: [bob, carol])),
        UpdateCheck("people's work", landing(), after: [plain()], in: one),
        UpdateCheck("another ref", landing(on: agentBranch), after: [work()], in: one),
        UpdateCheck("two of two", landing(approved(by: bob), approved(by: carol, 2)), after: [work()], in: two),
        UpdateCheck("one of two", landing(approved(by: bob)), after: [work()], in: two, lacking(2, 1, ask: [carol])),
        UpdateCheck(
            "the same person twice", landing(approved(by: bob), approved(by: bob, 2)), after: [work()], in: two,
            lacking(2, 1, ask: [carol])),
        UpdateCheck(
            "nobody is left to ask", landing(approved(by: bob), approved(by: carol, 2)), after: [work()],
            in: circumstances(sam, approvals: policy(demand(3))), lacking(3, 2, ask: ["ada@example.org"])),
        UpdateCheck(
            "no role", landing(approved(by: "sam@example.org")), after: [work()], in: one,
            lacking(1, 0, ask: [bob, carol], reason: "sam@example.org has no role to approve it")),
        UpdateCheck(
            "a role for other paths", landing(approved(by: bob)), after: [work(changes: [change("Deploy/run")])],
            in: one, lacking(1, 0, ask: [carol], reason: "bob@example.org has no role to approve it")),
        UpdateCheck(
            "a role for another ref", landing(approved(by: bob)), after: [work()],
            in: circumstances(
                sam, approvals: ApprovalPolicy(demands: [demand()], roles: [approver(bob, refs: ["refs/heads/x"])])),
            lacking(1, 0, ask: ["ada@example.org"], reason: "bob@example.org has no role to approve it")),
        UpdateCheck(
            "badly signed", landing(faults: ["'approvals/x' has no signature"]), after: [work()], in: one,
            lacking(1, 0, ask: [bob, carol], reason: "'approvals/x' has no signature")),
        UpdateCheck(
            "the delegator does not count", landing(approved(by: "dana@example.org")), after: [work()], in: one,
            lacking(1, 0, ask: [bob, carol])),
        UpdateCheck(
            "a draft that names no delegation counts as agents' work", landing(), after: [marked([inventoried()])],
            in: one, lacking(1, 0, ask: [bob, carol, "dana@example.org"])),
        UpdateCheck(
            "no tip to approve", update(mainBranch), after: [work()], in: one, commit: nil,
            lacking(1, 0, ask: [bob, carol], tip: nil)),
        UpdateCheck(
            "an agent that deletes", update(agentBranch, .delete),
            after: [],
            in: circumstances(
                .agent(inventoried()), login: "bot", option: .verified(delegated()),
                approvals: policy(demand(refs: ["refs/heads/agent/**"]))), commit: nil,
            lacking(1, 0, ask: [bob, carol], reason: "a deletion leaves nothing to approve", tip: nil)),
        UpdateCheck("another path", landing(), after: [work(changes: [change("Sources/a")])], in: deploy),
        UpdateCheck(
            "demanded paths, each told", landing(),
            after: [work(changes: [change("Deploy/b"), change("Sources/a"), change("Deploy/a")])], in: deploy,
            paths: ["Deploy/a", "Deploy/b"], lacking(1, 0, ask: [carol])),
        UpdateCheck(
            "a demanded path in sum", landing(), after: [work()], net: [change("Deploy/a")], in: deploy,
            paths: ["Deploy/a"], lacking(1, 0, ask: [carol])),
        UpdateCheck(
            "only the demanded paths need a role",
            landing(approved(by: carol)), after: [work(changes: [change("Deploy/a"), change("Other/a")])],
            in: circumstances(
                sam,
                approvals: ApprovalPolicy(
                    demands: [demand(paths: ["Deploy/**"])],
                    roles: [
                        ApproverRole(
                            person: carol, repositories: ["*"], refs: refs(["refs/heads/main"]),
                            paths: PathScope(paths(["Deploy/**"])), environments: [])
                    ]))),
    ])
    func `as many approvers as the policy demands`(row: UpdateCheck) {
        row.check(ApprovalMissingRule(), is: .approvalMissing)
    }
}

/// What a rule must say of the tip of an update.
struct UpdateCheck: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let place: UpdateCase
    let commits: [CommitCase]
    let net: [Change]
    let world: Circumstances
    let commit: ObjectID?
    let paths: [ByteString?]
    let facts: Finding.Facts?

    init(
        _ name: String, _ place: UpdateCase, after commits: [CommitCase], net: [Change] = [], in world: Circumstances,
        commit: ObjectID? = object(0xB0), paths: [ByteString?] = [nil], _ facts: Finding.Facts? = nil
    ) {
        testDescription = name
        (self.place, self.commits, self.net, self.world) = (place, commits, net, world)
        (self.commit, self.paths, self.facts) = (commit, paths, facts)
    }

    func check(_ rule: some Rule, is code: RuleCode) {
        var summary = UpdateSummary()
        for commit in commits {
            summary.add(commit, standing: commit.delegation.map { world.standing(of: $0, on: place) })
        }
        summary.net = net
        let expected = facts.map { facts in
            paths.map { Finding(code, ref: place.update.ref, commit: commit, path: $0, facts: facts) }
        }
        #expect(rule.judge(place, with: summary, world) == expected ?? [])
    }
}
