import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

/// What the rules for work ask, and no longer ask, where it would be deployed.
@Suite struct DeploymentRulesTests {
    private static let named = [reaching("production")]
    private static func under(
        _ revocation: Revocation? = nil, to agent: AgentStanding = inventoried(), grants: [Grant] = named
    ) -> VerifiedDelegation {
        delegated(to: agent, grants: grants, revocation: revocation)
    }
    private static let compromised = under(revocation(.compromised))
    private static let released: Set<String> = ["production"]

    private static func renewable(_ found: Finding.Facts, tip: ObjectID? = object(0xB0)) -> Finding.Facts {
        var facts = found
        (facts.tip, facts.environment) = (tip, "production")
        return facts
    }
    private static let found = Finding.Facts.delegation(at: nine, reason: "compromised: as asked")

    @Test(arguments: [
        CommitRow("not revoked", work(under: under()), on: deployment(), in: deploying()),
        CommitRow("ended", work(under: under(revocation(.ended))), on: deployment(), in: deploying()),
        CommitRow("superseded", work(under: under(revocation(.superseded))), on: deployment(), in: deploying()),
        CommitRow(
            "compromised, though it was seen", work(under: compromised, firstSeen: nine), on: deployment(),
            in: deploying(), renewable(found, tip: nil)),
        CommitRow(
            "compromised, named by no grant", work(under: under(revocation(.compromised), grants: [grant()])),
            on: deployment(), in: deploying(production(.any)), renewable(found, tip: nil)),
        CommitRow(
            "a compromised key", work(under: under(), keyRevocation: revocation(.compromised, of: .key(taskKey))),
            on: deployment(), in: deploying(),
            renewable(
                .delegation(at: nine, reason: "compromised: its task key \(taskKey) was revoked: as asked"), tip: nil)),
        CommitRow(
            "approved anew", work(under: compromised), on: deployment(given: [approved(by: bob, for: released)]),
            in: deploying()),
        CommitRow(
            "approved for merging alone", work(under: compromised), on: deployment(given: [approved(by: bob)]),
            in: deploying(), renewable(found)),
        CommitRow(
            "approved before the revocation", work(under: compromised),
            on: deployment(given: [approved(by: bob, at: nine, for: released)]), in: deploying(), renewable(found)),
        CommitRow(
            "approved by who only lets work land", work(under: compromised),
            on: deployment(given: [approved(by: "sam@example.org", for: released)]), in: deploying(),
            renewable(found)),
    ])
    func `what was ended stands, what is compromised needs an approver of the environment`(row: CommitRow) {
        row.check(DelegationRevokedRule(), is: .delegationRevoked)
    }

    private static let olga = ["olga@example.org"]

    @Test(arguments: [
        CommitRow("active", work(under: under()), on: deployment(), in: deploying()),
        CommitRow(
            "switched off", work(under: under(to: inventoried(suspension: revocation(.ended))), firstSeen: nine),
            on: deployment(), in: deploying(),
            Finding.Facts(agent: "claude-code", ask: olga, at: nine, reason: "ended: as asked")),
        CommitRow(
            "an assistant switched off",
            marked([inventoried(autonomy: .assistant, suspension: revocation(.compromised))]), on: deployment(),
            in: deploying(production(.any)),
            Finding.Facts(agent: "claude-code", ask: olga, at: nine, reason: "compromised: as asked")),
        CommitRow("retired", work(under: under(to: inventoried(status: .retired))), on: deployment(), in: deploying()),
        CommitRow(
            "suspended by its entry", work(under: under(to: inventoried(status: .suspended))), on: deployment(),
            in: deploying()),
    ])
    func `the kill switch holds, an entry stops nothing that has landed`(row: CommitRow) {
        row.check(DelegationSuspendedRule(), is: .delegationSuspended)
    }

    @Test(arguments: [
        CommitRow(
            "a draft that nobody signed", marked([inventoried(autonomy: .assistant)]), on: deployment(),
            in: deploying()),
        CommitRow(
            "another agent's", marked([inventoried()]), on: deployment(), in: deploying(),
            Finding.Facts(agent: "claude-code", ask: olga)),
        CommitRow(
            "another agent's, where the environment takes any", marked([inventoried()]), on: deployment(),
            in: deploying(production(.any)), Finding.Facts(agent: "claude-code", ask: olga)),
    ])
    func `only an assistant does without a delegation`(row: CommitRow) {
        row.check(DelegationMissingRule(), is: .delegationMissing)
    }

    @Test func `an agent that starts the job is asked for its own delegation by another rule`() {
        var summary = UpdateSummary()
        summary.add(plain(), standing: nil)
        let world = deploying(startedBy: .agent(inventoried()))
        #expect(DelegationMissingRule().judge(deployment(), with: summary, world).isEmpty)
    }

    @Test func `a certificate that has ended since proves what has landed, one of tomorrow proves nothing`() {
        let delegation = delegated(grants: Self.named, certificateAuthorities: [key(5)])
        func possession(from start: Instant, until end: Instant) -> Possession? {
            work(under: delegation, signature: certified(from: start, until: end)).possession(deploying())
        }
        #expect(possession(from: nine, until: nine.adding(seconds: 60)) == .proved)
        #expect(
            possession(from: five, until: nextWeek) == .unproved("its certificate begins at 2026-11-20T17:00:00Z"))
    }

    @Test(arguments: [
        CommitRow("covered", work(under: under(), changes: [change("Sources/a")]), on: deployment(), in: deploying()),
        CommitRow(
            "covered only by a grant that does not name the environment",
            work(
                under: under(grants: [grant(paths: ["Docs/**"], except: []), reaching("production")]),
                changes: [change("Docs/a")]), on: deployment(), in: deploying(),
            paths: [("Docs/a", .delegation(granted: ["Sources/**", "except Sources/Secrets/**"]))]),
        CommitRow(
            "under no grant that names it, which another rule refuses",
            work(under: under(grants: [grant()]), changes: [change("x")]), on: deployment(), in: deploying()),
    ])
    func `paths are asked of the grants that name the environment`(row: CommitRow) {
        row.check(ScopePathRule(), is: .scopePath)
    }

    @Test(arguments: [
        UpdateRow(
            "in sum", deployment(), after: [work(under: under())], net: [change("README.md")], in: deploying(),
            paths: [
                (
                    "README.md",
                    .delegation(
                        granted: ["Sources/**", "except Sources/Secrets/**"],
                        reason: "the update as a whole changes it, though none of its commits does")
                )
            ]),
        UpdateRow("by persons", deployment(), after: [plain()], net: [change("README.md")], in: deploying(), paths: []),
    ])
    func `so is what the deployment changes in sum`(row: UpdateRow) {
        row.check(ScopePathRule(), is: .scopePath)
    }

    @Test func `a draft's protected paths were asked for when it landed`() {
        let draft = marked([inventoried(autonomy: .assistant)], changes: [change("AGENTS.md")])
        #expect(ScopeProtectedRule().judge(draft, on: deployment(), deploying(production(.any))).isEmpty)
        #expect(!ScopeProtectedRule().judge(draft, on: update(mainBranch), circumstances()).isEmpty)
    }

    private static let demanded = deploying(approvals: releasing(demand(environments: ["production"])))
    private static func lacking(_ ask: String..., reason: String? = nil) -> Finding.Facts {
        Finding.Facts(
            ask: ask, limit: 1, used: 0, reason: reason, tip: object(0xB0), environment: "production")
    }

    @Test(arguments: [
        UpdateCheck(
            "met", deployment(given: [approved(by: bob, for: released)]), after: [work(under: under())], in: demanded),
        UpdateCheck("not met", deployment(given: []), after: [work(under: under())], in: demanded, lacking(bob, carol)),
        UpdateCheck("people's work", deployment(given: []), after: [plain()], in: demanded),
        UpdateCheck(
            "a demand of another environment", deployment(given: []), after: [work(under: under())],
            in: deploying(approvals: releasing(demand(environments: ["staging"])))),
        UpdateCheck(
            "for merging alone", deployment(given: [approved(by: bob)]), after: [work(under: under())], in: demanded,
            lacking(bob, carol)),
        UpdateCheck(
            "a role for refs alone", deployment(given: [approved(by: "sam@example.org", for: released)]),
            after: [work(under: under())], in: demanded,
            lacking(bob, carol, reason: "sam@example.org has no role to approve it")),
        UpdateCheck(
            "who starts the job, where independence is demanded",
            deployment(given: [approved(by: bob, for: released)]), after: [work(under: under())],
            in: deploying(
                startedBy: .person(bob),
                approvals: releasing(demand(environments: ["production"], independent: true))), lacking(carol)),
    ])
    func `a demand of the environment is met by its approvers`(row: UpdateCheck) {
        row.check(ApprovalMissingRule(), is: .approvalMissing)
    }

    @Test func `who starts the job is told so`() {
        let world = deploying(
            startedBy: .person(bob), approvals: releasing(demand(environments: ["production"], independent: true)))
        var summary = UpdateSummary()
        summary.add(work(under: Self.under()), standing: nil)
        let place = deployment(given: [approved(by: bob, for: Self.released)])
        let findings = ApprovalSetAsideRule.bySelf.judge(place, with: summary, world)
        #expect(findings.map(\.facts.reason) == ["bob@example.org starts the job"])
    }

    @Test func `the policy's demands and roles are those of the environment`() {
        let policy = Policy(
            organisation: "example.org", version: 1, people: record(1), persons: [], roles: [],
            approvers: [approver(bob, refs: [], environments: ["production"])],
            approvals: [demand(environments: ["production"]), demand(refs: [], environments: ["staging"]), demand()],
            repositories: [], protectedPaths: [], attribution: AttributionDemands())
        let landing = policy.approvals(in: "payments")
        #expect(landing.demands.count == 2 && landing.environment == nil)
        #expect(landing.approvers(of: [], on: mainBranch).isEmpty)
        let reaching = policy.approvals(in: "payments", reaching: "production")
        #expect(reaching.demands(on: deployedRef) == [demand(environments: ["production"])])
        #expect(reaching.approvers(of: ["Sources/a"], on: deployedRef) == [bob])
        #expect(policy.approvals(in: "web", reaching: "production").demands.isEmpty)
    }

    @Test func `a deployment spends nothing, and says under what it deploys`() {
        var judge = Judge(deploying())
        judge.consider(work(1, under: Self.under(), changes: [change("Sources/a")]), on: deployment())
        judge.consider(work(2, under: Self.under(), changes: [change("Sources/b")]), on: deployment())
        judge.conclude(deployment(.again))
        #expect(judge.acts.isEmpty && judge.changes.isEmpty && judge.charges.isEmpty)
        let decision = judge.decide(authority: nil, policyVersion: nil)
        #expect(decision.outcome == .allowed)
        #expect(decision.delegations.isEmpty)
        #expect(
            decision.landings == [
                .init(delegation: delegationID, agent: "claude-code", delegator: "dana@example.org", commits: 2)
            ])
        #expect(
            decision.remarks
                == ["b0b0b0b0b0b0 is deployed already: everything since the baseline was judged anew"])
        #expect(decision.submission == .deployment(environment: "production"))
    }

    @Test func `an approval for merging alone is not kept as one of the deployment`() {
        var judge = Judge(deploying())
        judge.consider(work(1, under: Self.under()), on: deployment())
        judge.conclude(deployment(given: [approved(by: bob), approved(by: carol, 2, for: Self.released)]))
        #expect(judge.decide(authority: nil, policyVersion: nil).approvals.map(\.approver) == [carol])
    }

    private static let staging = grant(environments: ["staging"])
    private static let web = grant("web", environments: ["production"])

    @Test(
        arguments: [
            ([reaching("production"), staging], .deploying([reaching("production")])),
            ([staging], .outside([staging])),
            ([staging, web], .outside([staging])),
            ([web], .elsewhere),
        ] as [([Grant], Standing)])
    func `only grants of the repository that name the environment deploy`(grants: [Grant], expected: Standing) {
        let standing = deploying().standing(of: delegated(grants: grants), on: deployment())
        #expect(standing == expected)
        #expect(standing.grants == (standing.isDeploying ? [reaching("production")] : []))
    }
}
