import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionUnregisteredTests {
    static let devin = mark("devin", "Co-authored-by: Devin")
    static let stronger = mark("devin", "devin-bot", .transport)

    @Test(arguments: [
        CommitRow("registered", marked([inventoried()])),
        CommitRow("no agent", plain()),
        CommitRow(
            "not registered, with the strongest of its marks",
            marked([.unregistered("devin")], evidence: [devin, stronger, mark("x", "other", .cryptographic)]),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"], found: "devin-bot")),
        CommitRow(
            "a record that is not believed", marked([.rejected("devin", reason: "it is not signed")]),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"], reason: "it is not signed")),
        CommitRow(
            "beside a registered one", marked([inventoried(), .unregistered("devin")]),
            in: circumstances(.person("dana@example.org")),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"])),
    ])
    func `an agent without an entry has nobody to answer for it`(row: CommitRow) {
        row.check(AttributionUnregisteredRule(), is: .attributionUnregistered)
    }

    static let unknown = AgentStanding.unregistered("devin")

    /// Whether the judge only tells of a commit, where the policy of the ref wants unknown agents told of.
    struct Observed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let commit: CommitCase
        let isObserved: Bool

        init(
            _ testDescription: String, _ agents: [AgentStanding] = [unknown], claim: CommitCase.Claim = .none,
            signature: SignatureStatus = .unsigned, signer: KeyHolder? = nil, isObservant: Bool = true,
            is isObserved: Bool
        ) {
            self.testDescription = testDescription
            self.isObserved = isObserved
            commit = marked(agents, claim: claim, signature: signature, signer: signer, isObservant: isObservant)
        }
    }

    @Test(arguments: [
        Observed("only an agent that nobody knows", is: true),
        Observed("two of them", [unknown, .unregistered("jules")], is: true),
        Observed("signed by a person", signature: .good(key(1)), signer: .person("dana@example.org"), is: true),
        Observed("signed by a stranger", signature: .good(key(1)), signer: .unknown, is: true),
        Observed("where the policy refuses", isObservant: false, is: false),
        Observed("beside a registered agent", [unknown, inventoried()], is: false),
        Observed(
            "beside an entry that is not believed", [unknown, .rejected("jules", reason: "not signed")], is: false),
        Observed("an entry that is not believed", [.rejected("devin", reason: "not signed")], is: false),
        Observed("with a delegation", claim: .one(.verified(delegated()), named: "x"), is: false),
        Observed("with a delegation that is not there", claim: .one(.unknown, named: "x"), is: false),
        Observed("with two delegations", claim: .several(["x", "y"]), is: false),
        Observed(
            "signed with a task key", signature: .good(taskKey), signer: .delegation(delegationID), is: false),
        Observed("signed with an agent's key", signature: .good(key(1)), signer: .agent("claude-code"), is: false),
    ])
    func `an unknown agent is only told of where nothing else speaks of an agent`(row: Observed) {
        var judge = Judge(circumstances(), rules: [AttributionUnregisteredRule(), DelegationMissingRule()])
        judge.consider(row.commit, on: update())
        judge.conclude(update())
        let decision = judge.decide(authority: nil, policyVersion: nil)
        #expect(row.commit.isAgentAuthored != row.isObserved)
        #expect(decision.outcome == (row.isObserved ? .allowed : .refused))
        #expect(decision.observations.isEmpty != row.isObserved)
        #expect(decision.observationCount == decision.observations.count)
        #expect(decision.findings.isEmpty == row.isObserved)
        #expect((decision.findings + decision.observations).contains { $0.rule == .attributionUnregistered })
        // It was seen all the same.
        #expect(decision.agents.contains { $0.agent == row.commit.agents[0].id })
    }
}
