import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationSuspendedTests {
    static func facts(_ reason: String, agent: String = "claude-code", at: Instant? = nil) -> Finding.Facts {
        Finding.Facts(agent: agent, ask: ["olga@example.org"], at: at, reason: reason)
    }

    static let ended = inventoried(suspension: revocation(.ended))
    static let compromised = inventoried(suspension: revocation(.compromised))
    static let suspended = inventoried(status: .suspended)
    static let retired = inventoried(status: .retired)
    static let handedOn = delegated(below: [delegated(id: record(0x43), to: inventoried("planner", status: .retired))])

    @Test(arguments: [
        CommitRow("active", work()),
        CommitRow("switched off", work(under: delegated(to: ended)), facts("ended: as asked", at: nine)),
        CommitRow("suspended", work(under: delegated(to: suspended)), facts("the inventory says suspended")),
        CommitRow("retired", work(under: delegated(to: retired)), facts("the inventory says retired")),
        CommitRow("without a delegation", marked([suspended]), facts("the inventory says suspended")),
        CommitRow(
            "the delegation's agent without a mark", work(under: delegated(to: suspended), by: []),
            facts("the inventory says suspended")),
        CommitRow(
            "another agent that took part", work(by: [inventoried(), inventoried("helper", status: .retired)]),
            facts("the inventory says retired", agent: "helper")),
        CommitRow(
            "landing what was seen of one switched off", work(under: delegated(to: ended), firstSeen: nine),
            on: update(mainBranch), facts("ended: as asked", at: nine)),
        CommitRow(
            "landing what was seen of a suspended one", work(under: delegated(to: suspended), firstSeen: nine),
            on: update(mainBranch)),
        CommitRow(
            "landing what was seen of a retired one", work(under: delegated(to: retired), firstSeen: nine),
            on: update(mainBranch)),
        CommitRow(
            "landing what nobody saw", work(under: delegated(to: ended)), on: update(mainBranch),
            facts("ended: as asked", at: nine)),
        CommitRow(
            "landing what a compromised one did", work(under: delegated(to: compromised), firstSeen: nine),
            on: update(mainBranch), facts("compromised: as asked", at: nine)),
        CommitRow(
            "acting anew on what was seen", work(under: delegated(to: suspended), firstSeen: nine),
            facts("the inventory says suspended")),
        CommitRow(
            "an agent that handed the work on", work(under: handedOn),
            facts("the inventory says retired", agent: "planner")),
    ])
    func `the kill switch stops everything, an entry everything but the landing of what was seen`(row: CommitRow) {
        row.check(DelegationSuspendedRule(), is: .delegationSuspended)
    }

    @Test(arguments: [
        UpdateRow("active", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "suspended", update(agentBranch, .delete), in: pushing(delegated(to: suspended)),
            facts("the inventory says suspended")),
        UpdateRow(
            "switched off", update(agentBranch, .delete), in: pushing(delegated(to: ended)),
            facts("ended: as asked", at: nine)),
        UpdateRow(
            "an agent that handed the work on", update(agentBranch, .delete), in: pushing(handedOn),
            facts("the inventory says retired", agent: "planner")),
    ])
    func `it stops a push option too`(row: UpdateRow) {
        row.check(DelegationSuspendedRule(), is: .delegationSuspended)
    }
}
