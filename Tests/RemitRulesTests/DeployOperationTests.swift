@testable import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DeployOperationTests {
    private static func facts(
        _ reason: String, under delegation: RecordID? = delegationID, ask: String = "dana@example.org"
    ) -> Finding.Facts {
        Finding.Facts(
            delegation: delegation, agent: "claude-code", ask: [ask], operation: .deploy, reason: reason,
            environment: "production")
    }

    private static func world(
        _ named: DelegationLookup?, as agent: AgentStanding = inventoried(), now: Instant = noon
    ) -> Circumstances {
        deploying(startedBy: .agent(agent), now: now, option: named)
    }
    private static func world(_ verified: VerifiedDelegation, now: Instant = noon) -> Circumstances {
        world(.verified(verified), now: now)
    }

    private static let releasing = reaching("production", may: [.deploy])
    private static let good = delegated(grants: [grant(), releasing])
    private static let olga = "olga@example.org"

    @Test(arguments: [
        UpdateRow("a person", deployment(), in: deploying(startedBy: .person("sam@example.org"))),
        UpdateRow("nobody knows", deployment(), in: deploying()),
        UpdateRow("an account that nobody knows", deployment(), in: deploying(startedBy: .stranger)),
        UpdateRow("an agent to which it is granted", deployment(), in: world(good)),
        UpdateRow(
            "an agent without a delegation", deployment(), in: world(nil),
            facts("it names no delegation", under: nil, ask: olga)),
        UpdateRow(
            "an unknown delegation", deployment(), in: world(.unknown),
            facts("the authority does not hold the delegation that it names", under: nil, ask: olga)),
        UpdateRow(
            "one that is not believed", deployment(),
            in: world(.rejected(id: delegationID, rule: .delegationSignature, reason: "its signature is bad")),
            facts("its signature is bad", under: nil, ask: olga)),
        UpdateRow(
            "without the operation", deployment(), in: world(delegated(grants: [reaching("production")])),
            facts("it does not grant 'deploy'")),
        UpdateRow(
            "for another environment", deployment(),
            in: world(delegated(grants: [reaching("staging", may: [.deploy])])),
            facts("it does not name environment 'production' for this repository")),
        UpdateRow(
            "operation and environment in two grants", deployment(),
            in: world(delegated(grants: [reaching("production"), reaching("staging", may: [.deploy])])),
            facts("it does not grant 'deploy'")),
        UpdateRow(
            "for another repository", deployment(),
            in: world(delegated(grants: [grant("web", [.deploy], environments: ["production"])])),
            facts("it does not name environment 'production' for this repository")),
        UpdateRow(
            "of another agent", deployment(),
            in: world(.verified(delegated(to: inventoried("cursor"), grants: [releasing]))),
            facts("the delegation is for agent 'cursor'")),
        UpdateRow(
            "of an agent that the inventory does not hold", deployment(),
            in: world(
                .verified(delegated(to: .unregistered("claude-code"), grants: [releasing])),
                as: .unregistered("claude-code")),
            facts("the inventory does not hold its agent")),
        UpdateRow(
            "revoked", deployment(), in: world(delegated(grants: [releasing], revocation: revocation(.ended))),
            facts("it was revoked: ended: as asked")),
        UpdateRow(
            "suspended", deployment(),
            in: world(delegated(to: inventoried(suspension: revocation(.ended)), grants: [releasing])),
            facts("agent 'claude-code' is suspended: as asked")),
        UpdateRow(
            "retired", deployment(), in: world(delegated(to: inventoried(status: .retired), grants: [releasing])),
            facts("the inventory says agent 'claude-code' is retired")),
        UpdateRow(
            "overdue", deployment(), in: world(delegated(to: inventoried(reviewBy: nine), grants: [releasing])),
            facts("the review of agent 'claude-code' was due at \(nine)")),
        UpdateRow("expired", deployment(), in: world(good, now: five), facts("it expired at \(five)")),
        UpdateRow(
            "not yet", deployment(), in: world(good, now: nine.adding(seconds: -1)),
            facts("it is valid only from \(nine)")),
        UpdateRow("a push", update(), in: pushing()),
    ])
    func `an agent's account starts a deployment only where that is granted to it`(row: UpdateRow) {
        row.check(DeployOperationRule(), is: .scopeOperation)
    }
}
