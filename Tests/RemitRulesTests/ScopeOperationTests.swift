import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct ScopeOperationTests {
    static let granted = ["file.create", "file.modify", "ref.create", "ref.update"]

    static func facts(_ operation: RemitModel.Operation, reason: String? = nil) -> Finding.Facts {
        .delegation(operation: operation, granted: granted, reason: reason)
    }

    static let divided = delegated(grants: [
        grant(paths: ["Sources/**"], except: [], [.fileModify]), grant(paths: ["Sources/**"], except: [], [.fileMode]),
    ])

    @Test(arguments: [
        CommitRow("granted", work(changes: [change("Sources/a", from: nil), change("Sources/b")])),
        CommitRow(
            "deletion", work(changes: [change("Sources/a", to: nil)]), paths: [("Sources/a", facts(.fileDelete))]),
        CommitRow(
            "a new link", work(changes: [change("Sources/a", from: nil, to: .symlink)]),
            paths: [("Sources/a", facts(.fileSymlink))]),
        CommitRow(
            "a submodule for a file", work(changes: [change("Sources/a", to: .gitlink)]),
            paths: [("Sources/a", facts(.fileMode)), ("Sources/a", facts(.fileSubmodule))]),
        CommitRow(
            "the executable bit", work(changes: [change("Sources/a", to: .executable)]),
            paths: [("Sources/a", facts(.fileMode))]),
        CommitRow(
            "two clauses that only together allow it",
            work(under: divided, changes: [change("Sources/a", to: .executable)]),
            paths: [("Sources/a", .delegation(operation: .fileMode, granted: ["file.mode", "file.modify"]))]),
        CommitRow("a path that another rule refuses", work(changes: [change("README.md", to: nil)])),
        CommitRow(
            "landing", work(changes: [change("Sources/a", to: nil)]), on: update(mainBranch),
            paths: [("Sources/a", facts(.fileDelete))]),
    ])
    func `one grant must allow the path and the operation`(row: CommitRow) {
        row.check(ScopeOperationRule(), is: .scopeOperation)
    }

    @Test(arguments: [
        UpdateRow("granted", update(), after: [work()], net: [change("Sources/a")], paths: []),
        UpdateRow(
            "deletion", update(agentBranch, .rewind), after: [work()], net: [change("Sources/a", to: nil)],
            paths: [
                (
                    "Sources/a",
                    facts(
                        .fileDelete, reason: "the update as a whole changes it, though none of its commits does")
                )
            ]),
        UpdateRow(
            "by persons", update(agentBranch, .rewind), after: [plain()], net: [change("Sources/a", to: nil)],
            paths: []),
    ])
    func `so it is for what an update leaves changed in sum`(row: UpdateRow) {
        row.check(ScopeOperationRule(), is: .scopeOperation)
    }
}
