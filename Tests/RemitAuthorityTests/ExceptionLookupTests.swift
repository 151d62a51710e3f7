@testable import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

@Suite struct ExceptionLookupTests {
    static let commit = ApprovalLookupTests.commit

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: String?
        var namespace = "remit-exception"
        var keys: @Sendable (Cast) -> [SSHKey] = { [$0.ben] }
        var change: @Sendable (inout TestException) -> Void = { _ in }

        init(_ name: String, _ fault: String?) {
            (testDescription, self.fault) = (name, fault)
        }

        func with(_ edit: (inout Row) -> Void) -> Row {
            var row = self
            edit(&row)
            return row
        }
    }

    private static let unsigned = "'<path>' is not signed by an administrator named ben@example.org"

    private static let rows = [
        Row("signed by its administrator", nil),
        Row("by another key of the administrator", nil).with { $0.keys = { [$0.benAgain] } },
        Row("unsigned", unsigned).with { $0.keys = { _ in [] } },
        Row("by another administrator", unsigned).with { $0.keys = { [$0.ada] } },
        Row("by a delegator", "'<path>' is not signed by an administrator named dana@example.org").with {
            $0.keys = { [$0.dana] }
            $0.change = { $0.issuer = "dana@example.org" }
        },
        Row("in the namespace of approvals", unsigned).with { $0.namespace = "remit-approval" },
        Row("in the namespace of commits", unsigned).with { $0.namespace = "git" },
        Row("another organisation", "'<path>' is of organisation 'other.org'").with {
            $0.change = { $0.organisation = "other.org" }
        },
        Row("another repository", "'<path>' is for repository 'billing'").with {
            $0.change = { $0.repository = "billing" }
        },
        Row("another commit", "'<path>' is for another commit").with {
            $0.change = { $0.commit = ApprovalLookupTests.tree }
        },
        Row("a rule beyond reach", "'<path>' line 7: key 'rules': 'undecided.ledger' cannot be set aside").with {
            $0.change = { $0.rules = ["undecided.ledger"] }
        },
        Row("longer than three days", "'<path>' line 10: key 'expires_at': is more than 72 hours after issued_at").with
        {
            $0.change = { $0.expiresAt = $0.issuedAt.adding(seconds: 72 * 3600 + 1) }
        },
    ]

    @Test(arguments: rows)
    func `an exception is believed or said why not`(row: Row) throws {
        var world = try MemoryAuthority()
        var exception = TestException(for: Self.commit, rules: ["scope.path"], at: MemoryAuthority.now)
        exception.issuer = "ben@example.org"
        row.change(&exception)
        let id = RecordID(of: Array(exception.text.utf8))
        try world.put(
            exception.text, at: "exceptions/c1/\(Self.commit.hex)/\(id.hex).toml", signedBy: row.keys(world.cast),
            row.namespace)
        let found = try world.load().exceptions(for: Self.commit, in: "payments")
        #expect(found.verified.map(\.id) == (row.fault == nil ? [id] : []))
        #expect(
            found.faults.map { $0.replacing(#/exceptions\/[^']*/#, with: "<path>") } == [row.fault].compactMap(\.self))
    }
}
