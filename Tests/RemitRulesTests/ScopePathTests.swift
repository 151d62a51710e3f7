import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ScopePathTests {
    static let granted = ["Sources/**", "except Sources/Secrets/**"]
    static let facts = Finding.Facts.delegation(granted: granted)

    @Test(arguments: [
        CommitRow("covered", work(changes: [change("Sources/a.swift")])),
        CommitRow(
            "not covered, excepted, and covered", paths: [("README.md", facts), ("Sources/Secrets/k", facts)],
            changing: ["README.md", "Sources/Secrets/k", "Sources/b"]),
        CommitRow("the directory as a file", paths: [("Sources", facts)], changing: ["Sources"]),
        CommitRow("another case", paths: [("sources/a", facts)], changing: ["sources/a"]),
        CommitRow(
            "deleted and created alike", work(changes: [change("a", to: nil), change("b", from: nil)]),
            paths: [("a", facts), ("b", facts)]),
        CommitRow(
            "landing", work(changes: [change("README.md")]), on: update(mainBranch), paths: [("README.md", facts)]),
        CommitRow(
            "a path that only a grant for another ref covers",
            work(
                under: delegated(grants: [grant(), grant(refs: ["refs/heads/docs"], paths: ["Docs/**"], except: [])]),
                changes: [change("Docs/a")]),
            paths: [("Docs/a", facts)]),
        CommitRow("another ref, which another rule refuses", work(changes: [change("x")]), on: update(otherBranch)),
        CommitRow("no delegation", marked([inventoried()], changes: [change("x")])),
    ])
    func `every path of a commit must be covered`(row: CommitRow) {
        row.check(ScopePathRule(), is: .scopePath)
    }

    static let net = Finding.Facts.delegation(
        granted: granted, reason: "the update as a whole changes it, though none of its commits does")

    @Test(arguments: [
        UpdateRow("nothing", update(), after: [work()], paths: []),
        UpdateRow(
            "in sum", update(), after: [work()], net: [change("README.md"), change("Sources/a")],
            paths: [("README.md", net)]),
        UpdateRow(
            "by push option", update(agentBranch, .rewind), net: [change("README.md")], in: pushing(),
            paths: [("README.md", net)]),
        UpdateRow("by persons", update(), after: [plain()], net: [change("README.md")], paths: []),
    ])
    func `so must what an update leaves changed in sum`(row: UpdateRow) {
        row.check(ScopePathRule(), is: .scopePath)
    }
}

extension CommitRow {
    /// Work that modifies paths.
    fileprivate init(_ name: String, paths expected: [(ByteString?, Finding.Facts)], changing changed: [ByteString]) {
        self.init(name, work(changes: changed.map { change($0) }), paths: expected)
    }
}
