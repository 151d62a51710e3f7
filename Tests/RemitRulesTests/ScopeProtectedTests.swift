import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ScopeProtectedTests {
    static let all = delegated(grants: [grant(paths: ["**"], except: [])])
    static let named = delegated(grants: [
        grant(paths: ["**", "AGENTS.md", ".github/workflows/**"], except: [])
    ])
    static let facts = Finding.Facts.delegation(granted: ["**"])
    static let assistant = inventoried("copilot", autonomy: .assistant)

    @Test(arguments: [
        CommitRow("no protected path", work(under: all, changes: [change("Sources/a")])),
        CommitRow(
            "not named", work(under: all, changes: [change("AGENTS.md"), change("a/.GitAttributes", from: nil)]),
            paths: [("AGENTS.md", facts), ("a/.GitAttributes", facts)]),
        CommitRow(
            "named", work(under: named, changes: [change("AGENTS.md"), change(".github/workflows/ci.yml", to: nil)])),
        CommitRow(
            "named elsewhere", work(under: named, changes: [change("sub/AGENTS.md")]),
            paths: [
                ("sub/AGENTS.md", .delegation(granted: ["**", "AGENTS.md", ".github/workflows/**"]))
            ]),
        CommitRow(
            "landing", work(under: all, changes: [change("CODEOWNERS")]), on: update(mainBranch),
            in: circumstances(.person("dana@example.org")), paths: [("CODEOWNERS", facts)]),
        CommitRow(
            "what the organisation adds", work(under: all, changes: [change("deploy/prod.yml")]),
            in: circumstances(protecting: ["deploy/**"]), paths: [("deploy/prod.yml", facts)]),
        CommitRow("a path that another rule refuses", work(changes: [change("AGENTS.md")])),
        CommitRow("a person's", plain(changes: [change("AGENTS.md")])),
        CommitRow(
            "an assistant's, though a person pushes", marked([assistant], changes: [change("AGENTS.md")]),
            in: circumstances(.person("dana@example.org")),
            paths: [("AGENTS.md", Finding.Facts(agent: "copilot", ask: ["olga@example.org"]))]),
    ])
    func `a wide pattern never covers what steers the gate`(row: CommitRow) {
        row.check(ScopeProtectedRule(), is: .scopeProtected)
    }

    private static let draft = marked([assistant], changes: [change("AGENTS.md"), change("Deploy/CODEOWNERS")])
    private static let sam = circumstances(.person("sam@example.org"), approvals: policy())
    private static let refused = Finding.Facts(agent: "copilot", ask: ["olga@example.org"], tip: object(0xB0))

    @Test(arguments: [
        CommitRow("approved", draft, on: landing(approved(by: carol)), in: sam),
        CommitRow(
            "a role for one of the paths", draft, on: landing(approved(by: bob)), in: sam,
            paths: [("Deploy/CODEOWNERS", refused)]),
        CommitRow(
            "by its signer",
            marked([assistant], signer: .person(carol), changes: [change("AGENTS.md")]),
            on: landing(approved(by: carol)), in: sam, paths: [("AGENTS.md", refused)]),
        CommitRow(
            "unsigned, by who pushes it", marked([assistant], changes: [change("AGENTS.md")]),
            on: landing(approved(by: carol)), in: circumstances(.person(carol), approvals: policy()),
            paths: [("AGENTS.md", refused)]),
        CommitRow(
            "signed, by who pushes it",
            marked([assistant], signer: .person("sam@example.org"), changes: [change("AGENTS.md")]),
            on: landing(approved(by: carol)), in: circumstances(.person(carol), approvals: policy())),
        CommitRow(
            "a delegation's grant is not widened", work(under: all, changes: [change("AGENTS.md")]),
            on: landing(approved(by: carol)), in: sam, paths: [("AGENTS.md", facts)]),
    ])
    func `an approver lets an assistant's draft change it`(row: CommitRow) {
        row.check(ScopeProtectedRule(), is: .scopeProtected)
    }

    @Test(arguments: [
        UpdateRow("named", update(), after: [work(under: named)], net: [change("AGENTS.md")], paths: []),
        UpdateRow(
            "a rewind that takes a person's change back", update(agentBranch, .rewind), after: [work(under: all)],
            net: [change(".github/workflows/ci.yml"), change("README.md")],
            paths: [
                (
                    ".github/workflows/ci.yml",
                    .delegation(
                        granted: ["**"],
                        reason: "the update as a whole changes it, though none of its commits does")
                )
            ]),
        UpdateRow("by persons", update(), after: [plain()], net: [change("AGENTS.md")], paths: []),
    ])
    func `nor does it in sum`(row: UpdateRow) {
        row.check(ScopeProtectedRule(), is: .scopeProtected)
    }
}
