import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationMissingTests {
    static let assistant = inventoried("copilot", autonomy: .assistant)
    static let needsPerson = "an assistant's work needs a registered person who signs or pushes it"

    static func facts(_ agent: String, found: ByteString? = nil, reason: String? = nil) -> Finding.Facts {
        Finding.Facts(agent: agent, ask: ["olga@example.org"], found: found, reason: reason)
    }

    @Test(arguments: [
        CommitRow("no agent", plain()),
        CommitRow("under a delegation", work()),
        CommitRow("an unknown delegation, which another rule refuses", marked([inventoried()], claim: unknown)),
        CommitRow(
            "supervised", marked([inventoried()], evidence: [mark("claude-code", "Co-authored-by: Claude")]),
            facts("claude-code", found: "Co-authored-by: Claude")),
        CommitRow(
            "known under another mark",
            marked([inventoried(marks: ["claude", "anthropic"])], evidence: [mark("anthropic", "noreply")]),
            facts("claude-code", found: "noreply")),
        CommitRow(
            "supervised, signed and pushed by a person",
            marked([inventoried()], signature: .good(key(2)), signer: .person("dana@example.org")),
            in: circumstances(.person("dana@example.org")), facts("claude-code")),
        CommitRow("assistant, nobody known", marked([assistant]), facts("copilot", reason: needsPerson)),
        CommitRow(
            "assistant, a stranger pushes", marked([assistant]), in: circumstances(.stranger),
            facts("copilot", reason: needsPerson)),
        CommitRow(
            "assistant, a person pushes", marked([assistant]), in: circumstances(.person("dana@example.org"))),
        CommitRow(
            "assistant, a person signs",
            marked([assistant], signature: .good(key(2)), signer: .person("dana@example.org"))),
        CommitRow(
            "assistant, a key of nobody signs", marked([assistant], signature: .good(key(2)), signer: .unknown),
            facts("copilot", reason: needsPerson)),
        CommitRow(
            "an assistant and a supervised agent, a person pushes", marked([assistant, inventoried()]),
            in: circumstances(.person("dana@example.org")), facts("claude-code")),
        CommitRow("an agent that another rule refuses", marked([.unregistered("devin")])),
        CommitRow(
            "an agent's key and no mark", marked([], signature: .good(key(3)), signer: .agent("claude-code")),
            Finding.Facts(agent: "claude-code", ask: ["ada@example.org"])),
        CommitRow(
            "a task key and no claim", marked([], signature: .good(taskKey), signer: .delegation(delegationID)),
            Finding.Facts(ask: ["ada@example.org"])),
    ])
    func `only an assistant does without, and only with a person`(row: CommitRow) {
        row.check(DelegationMissingRule(), is: .delegationMissing)
    }

    static let unknown = CommitCase.Claim.one(.unknown, named: "123456789abc")
    static let bot = circumstances(.agent(inventoried()), login: "bot")

    static func facts(_ operation: RemitModel.Operation) -> Finding.Facts {
        Finding.Facts(agent: "claude-code", ask: ["olga@example.org"], operation: operation, found: "bot")
    }

    @Test(arguments: [
        UpdateRow("a person deletes", update(agentBranch, .delete), in: circumstances(.person("dana@example.org"))),
        UpdateRow("nobody known deletes", update(agentBranch, .delete)),
        UpdateRow("an agent deletes", update(agentBranch, .delete), in: bot, facts(.refDelete)),
        UpdateRow("an agent deletes under a delegation", update(agentBranch, .delete), in: pushing()),
        UpdateRow(
            "an agent deletes under a delegation for other refs", update(otherBranch, .delete), in: pushing(),
            facts(.refDelete)),
        UpdateRow("an agent pushes its work", update(), after: [work()], in: bot),
        UpdateRow("an agent pushes what is refused for itself", update(), after: [marked([inventoried()])], in: bot),
        UpdateRow(
            "an agent pushes what a person signed", update(mainBranch),
            after: [CommitCase(id: object(1), signature: .good(key(2)), signer: .person("dana@example.org"))],
            in: bot, facts(.refUpdate)),
        UpdateRow(
            "an agent pushes an assistant's draft that a person's key signed", update(mainBranch),
            after: [marked([assistant], signature: .good(key(2)), signer: .person("dana@example.org"))],
            in: bot, facts(.refUpdate)),
        UpdateRow(
            "an agent that is not registered", update(agentBranch, .create),
            in: circumstances(.agent(.unregistered("ghost")), login: "bot"),
            Finding.Facts(
                agent: "ghost", ask: ["ada@example.org"], operation: .refCreate, found: "bot")),
    ])
    func `an agent's account needs one for every act`(row: UpdateRow) {
        row.check(DelegationMissingRule(), is: .delegationMissing)
    }
}
