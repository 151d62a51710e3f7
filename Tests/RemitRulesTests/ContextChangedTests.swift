import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ContextChangedTests {
    static func context(_ model: String?, _ tools: [String] = []) -> Delegation.Context {
        Delegation.Context(model: model, tools: tools, instructions: nil)
    }

    static func facts(_ what: String, _ found: ByteString, _ granted: [String]) -> Finding.Facts {
        Finding.Facts(
            delegation: delegationID, agent: "claude-code", ask: ["olga@example.org"], granted: granted,
            found: found, reason: what)
    }

    @Test(arguments: [
        CommitRow("no context", work()),
        CommitRow("reviewed", work(under: delegated(context: context("opus", ["edit", "bash"])))),
        CommitRow("fewer tools", work(under: delegated(context: context(nil, ["edit"])))),
        CommitRow(
            "another model and two more tools",
            work(under: delegated(context: context("haiku", ["edit", "web", "Bash"]))),
            facts("model", "haiku", ["opus"]), facts("tool", "web", ["bash", "edit"]),
            facts("tool", "Bash", ["bash", "edit"])),
        CommitRow(
            "an inventory without models",
            work(under: delegated(to: inventoried(models: []), context: context("opus"))),
            facts("model", "opus", [])),
    ])
    func `another model or tool needs a new review`(row: CommitRow) {
        row.check(ContextChangedRule(), is: .contextChanged)
    }
}
