import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ScopeEnvironmentTests {
    private static let assistant = inventoried(autonomy: .assistant)
    private static let named = delegated(grants: [reaching("production", "staging")])
    private static let elsewhere = delegated(grants: [reaching("staging"), grant()])

    private static func unnamed(_ granted: String...) -> Finding.Facts {
        Finding.Facts(
            delegation: delegationID, agent: "claude-code", ask: ["dana@example.org"], granted: granted,
            reason: granted.isEmpty ? "its delegation names no environment" : nil, environment: "production")
    }
    private static let drafted = Finding.Facts(
        agent: "claude-code", ask: ["olga@example.org"], reason: "it names no delegation", environment: "production")

    @Test(arguments: [
        CommitRow("named", work(under: named), on: deployment(), in: deploying()),
        CommitRow("another is named", work(under: elsewhere), on: deployment(), in: deploying(), unnamed("staging")),
        CommitRow("none is named", work(), on: deployment(), in: deploying(), unnamed()),
        CommitRow(
            "named in another case", work(under: delegated(grants: [reaching("Production")])),
            on: deployment(), in: deploying(), unnamed("Production")),
        CommitRow(
            "named for another repository",
            work(under: delegated(grants: [grant(), grant("web", environments: ["production"])])), on: deployment(),
            in: deploying(), unnamed()),
        CommitRow(
            "only for another repository, which another rule refuses", work(under: delegated(grants: [grant("web")])),
            on: deployment(), in: deploying()),
        CommitRow("a draft", marked([assistant]), on: deployment(), in: deploying(), drafted),
        CommitRow(
            "a draft that a person signed", marked([assistant], signer: .person("sam@example.org")), on: deployment(),
            in: deploying(), drafted),
        CommitRow(
            "no delegation, which another rule refuses", marked([inventoried()]), on: deployment(), in: deploying()),
        CommitRow(
            "an unknown delegation, which another rule refuses",
            marked([assistant], claim: .one(.unknown, named: "x")), on: deployment(), in: deploying()),
        CommitRow("a person's", plain(), on: deployment(), in: deploying()),
        CommitRow(
            "an unknown environment, which another rule refuses", work(), on: deployment(), in: deploying(nil)),
        CommitRow("a push", work(), on: update(mainBranch)),
    ])
    func `a grant of the repository must name the environment`(row: CommitRow) {
        row.check(ScopeEnvironmentRule(), is: .scopeEnvironment)
    }

    @Test(arguments: [work(), marked([assistant]), work(under: elsewhere)])
    func `where the policy says any, none needs to`(commit: CommitCase) {
        #expect(ScopeEnvironmentRule().judge(commit, on: deployment(), deploying(production(.any))).isEmpty)
    }

    private static let one = deploying(production(.approved))
    private static let two = deploying(production(.approved, approvals: 2))

    private static func lacking(
        _ count: Int, _ used: Int, ask: [String], _ more: String..., of facts: Finding.Facts = unnamed(),
        tip: ObjectID? = object(0xB0)
    ) -> Finding.Facts {
        var facts = facts
        (facts.limit, facts.used, facts.ask, facts.tip) = (count, used, ask, tip)
        facts.reason = ([facts.reason].compactMap(\.self) + more).joined(separator: "; ")
        return facts
    }

    private static func given(_ approvals: VerifiedApproval...) -> UpdateCase { deployment(given: approvals) }
    private static let released: Set<String> = ["production"]

    @Test(arguments: [
        CommitRow("named", work(under: named), on: given(), in: one),
        CommitRow("approved", work(), on: given(approved(by: bob, for: released)), in: one),
        CommitRow("a draft", marked([assistant]), on: given(approved(by: bob, for: released)), in: one),
        CommitRow("not approved", work(), on: given(), in: one, lacking(1, 0, ask: [bob, carol])),
        CommitRow(
            "not looked up", work(), on: deployment(), in: one, lacking(1, 0, ask: [bob, carol], tip: nil)),
        CommitRow(
            "a draft not approved", marked([assistant]), on: given(), in: one,
            lacking(1, 0, ask: [bob, carol, "dana@example.org"], of: drafted)),
        CommitRow(
            "one of two", work(), on: given(approved(by: bob, for: released)), in: two, lacking(2, 1, ask: [carol])),
        CommitRow(
            "two of two", work(), on: given(approved(by: bob, for: released), approved(by: carol, 2, for: released)),
            in: two),
        CommitRow(
            "one person twice", work(),
            on: given(approved(by: bob, for: released), approved(by: bob, 2, for: released)),
            in: two, lacking(2, 1, ask: [carol])),
        CommitRow(
            "for merging alone", work(), on: given(approved(by: bob)), in: one, lacking(1, 0, ask: [bob, carol])),
        CommitRow(
            "for another environment", work(), on: given(approved(by: bob, for: ["staging"])), in: one,
            lacking(1, 0, ask: [bob, carol])),
        CommitRow(
            "by its delegator", work(), on: given(approved(by: "dana@example.org", for: released)), in: one,
            lacking(1, 0, ask: [bob, carol])),
        CommitRow(
            "by who signed the draft", marked([assistant], signer: .person(bob)),
            on: given(approved(by: bob, for: released)), in: one,
            lacking(1, 0, ask: [carol, "dana@example.org"], of: drafted)),
        CommitRow(
            "by who starts the job for a draft that nobody signed", marked([assistant]),
            on: given(approved(by: bob, for: released)),
            in: deploying(production(.approved), startedBy: .person(bob)),
            lacking(1, 0, ask: [carol, "dana@example.org"], of: drafted)),
        CommitRow(
            "by who may only let work land", work(), on: given(approved(by: "sam@example.org", for: released)),
            in: one, lacking(1, 0, ask: [bob, carol], "sam@example.org has no role to approve it")),
        CommitRow(
            "by whose role leaves its paths out", work(changes: [change("Deploy/run")]),
            on: given(approved(by: bob, for: released)), in: one,
            lacking(1, 0, ask: [carol], "bob@example.org has no role to approve it")),
        CommitRow(
            "expired", work(), on: given(approved(by: bob, until: noon, for: released)), in: one,
            lacking(1, 0, ask: [bob, carol])),
    ])
    func `where the policy says approved, so many persons may let it through`(row: CommitRow) {
        row.check(ScopeEnvironmentRule(), is: .scopeEnvironment)
    }
}
