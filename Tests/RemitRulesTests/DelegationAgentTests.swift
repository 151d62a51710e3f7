import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationAgentTests {
    static let unknown = "the inventory does not know the delegation's agent"

    static func facts(_ found: ByteString, reason: String? = nil) -> Finding.Facts {
        .delegation(granted: ["claude-code"], found: found, reason: reason)
    }

    @Test(arguments: [
        CommitRow("its own agent", work()),
        CommitRow("no mark at all", work(by: [])),
        CommitRow(
            "two others", work(by: [inventoried("cursor"), inventoried(), .unregistered("devin")]),
            facts("cursor"), facts("devin")),
        CommitRow(
            "an agent that is not in the inventory", work(under: delegated(to: .unregistered("claude-code")), by: []),
            facts("claude-code", reason: unknown)),
        CommitRow(
            "an agent whose record is not believed",
            work(under: delegated(to: .rejected("claude-code", reason: "it is not signed")), by: []),
            facts("claude-code", reason: "it is not signed")),
        CommitRow("no delegation", marked([inventoried("cursor")])),
    ])
    func `one agent cannot work under the delegation of another`(row: CommitRow) {
        row.check(DelegationAgentRule(), is: .delegationAgent)
    }

    @Test(arguments: [
        UpdateRow("its own agent", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "another agent", update(agentBranch, .delete), in: pushing(as: inventoried("cursor")), facts("cursor")),
        UpdateRow(
            "an agent that is not in the inventory", update(agentBranch, .delete),
            in: pushing(delegated(to: .unregistered("claude-code"))), facts("claude-code", reason: unknown)),
        UpdateRow(
            "a ref where the delegation does not act", update(mainBranch, .delete),
            in: pushing(as: inventoried("cursor"))),
    ])
    func `nor push under it`(row: UpdateRow) {
        row.check(DelegationAgentRule(), is: .delegationAgent)
    }
}
