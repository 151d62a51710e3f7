import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct IndexAuditTests {
    private static let commit = TracedLedger.commit.hex

    @Test func `what follows from the entries is no fault`() throws {
        #expect(try faults { _ in "" } == [])
    }

    /// What somebody did with SQL, who may write the file, and what is said of it.
    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        let sql: @Sendable (TracedLedger) -> String
        let words: @Sendable (TracedLedger) -> [String]
    }

    @Test(arguments: [
        Damage(testDescription: "a decision is hidden from whoever asks for the commit") { _ in
            "DELETE FROM about WHERE kind = 'commit' AND entry = 2"
        } words: { _ in
            ["entry 2 is about commit \(commit), and the index does not say so"]
        },
        Damage(testDescription: "an entry is hidden altogether") { _ in
            "DELETE FROM about WHERE entry = 3"
        } words: { _ in
            [
                "entry 3 is about commit \(commit), and the index does not say so",
                "entry 3 is about ref refs/heads/agent/PAY-42/work, and the index does not say so",
                "entry 3 is about update of refs/heads/agent/PAY-42/work, and the index does not say so",
            ]
        },
        Damage(testDescription: "a decision is laid at another agent's door") { _ in
            "INSERT INTO about VALUES ('agent', CAST('claude-code' AS BLOB), CAST('payments' AS BLOB), 2)"
        } words: { _ in
            ["the index has entry 2 under agent claude-code, which it says nothing of"]
        },
        Damage(testDescription: "a kind that there is not") { _ in
            "INSERT INTO about VALUES ('person', x'00', x'00', 2)"
        } words: { _ in
            ["the index has entry 2 under a kind that there is not"]
        },
        Damage(testDescription: "a time that is not the entry's") { _ in
            "DROP TRIGGER entry_never_updated; UPDATE entry SET recorded_at = 0 WHERE sequence = 1"
        } words: { _ in
            ["entry 1 is kept as of 1970-01-01T00:00:00Z, and is of \(TracedLedger.at)"]
        },
        Damage(testDescription: "a commit that no decision saw counts as seen") { ledger in
            """
            INSERT INTO seen VALUES (x'\(String(repeating: "ab", count: 20))', x'\(ledger.child.hex)', \
            CAST('payments' AS BLOB), CAST('\(TracedLedger.branch)' AS BLOB), \(TracedLedger.at.seconds + 60), 2)
            """
        } words: { ledger in
            [
                "commit \(String(repeating: "ab", count: 20)) counts as seen under delegation "
                    + "\(ledger.child.abbreviated), which entry 2 did not allow"
            ]
        },
        Damage(testDescription: "a refused commit counts as seen") { ledger in
            """
            INSERT INTO seen VALUES (x'\(commit)', x'\(ledger.child.hex)', CAST('payments' AS BLOB), \
            CAST('\(TracedLedger.branch)' AS BLOB), \(TracedLedger.at.seconds), 1)
            """
        } words: { ledger in
            [
                "commit \(commit) counts as seen under delegation \(ledger.child.abbreviated), which entry 1 did not "
                    + "allow"
            ]
        },
        Damage(testDescription: "a commit counts as seen earlier than it was") { ledger in
            """
            INSERT INTO seen VALUES (x'\(commit)', x'\(ledger.child.hex)', CAST('payments' AS BLOB), \
            CAST('\(TracedLedger.branch)' AS BLOB), 0, 2)
            """
        } words: { ledger in
            [
                "commit \(commit) counts as seen under delegation \(ledger.child.abbreviated), which entry 2 did not "
                    + "allow"
            ]
        },
        Damage(testDescription: "a change that no decision saw") { ledger in
            """
            INSERT INTO change VALUES (x'\(ledger.child.hex)', x'00', x'01', CAST('payments' AS BLOB), \
            CAST('refs/heads/main' AS BLOB), \(TracedLedger.at.seconds + 60), 2)
            """
        } words: { ledger in
            ["a change counts as seen under delegation \(ledger.child.abbreviated), which entry 2 did not allow"]
        },
        Damage(testDescription: "less is spent than was") { ledger in
            "DROP TRIGGER spent_never_lowered; UPDATE spent SET pushes = 0"
        } words: { ledger in
            [
                "of delegation \(ledger.child.abbreviated) 1 commits, 0 files, 0 lines, 0 bytes, 0 pushes count as "
                    + "spent, and the decisions spent 1 commits, 0 files, 0 lines, 0 bytes, 1 pushes"
            ]
        },
        Damage(testDescription: "nothing is spent") { ledger in
            "DROP TRIGGER spent_never_deleted; DELETE FROM spent"
        } words: { ledger in
            [
                "of delegation \(ledger.child.abbreviated) 0 commits, 0 files, 0 lines, 0 bytes, 0 pushes count as "
                    + "spent, and the decisions spent 1 commits, 0 files, 0 lines, 0 bytes, 1 pushes"
            ]
        },
    ])
    func `what does not follow from the entries is named`(damage: Damage) throws {
        let ledger = try TracedLedger()
        #expect(try faults(of: ledger, after: damage.sql(ledger)) == damage.words(ledger))
    }

    @Test func `of what was erased nothing is known, and the rest is held against it all the same`() throws {
        let erasing = """
            DELETE FROM input WHERE CAST(bytes AS TEXT) GLOB '*"schema":*"decision/v1"*"outcome":*"allowed"*';
            """
        let ledger = try TracedLedger()
        #expect(try faults(of: ledger, after: erasing + "DELETE FROM about WHERE entry = 2") == [])
        #expect(
            try faults(of: ledger, after: "DELETE FROM about WHERE entry = 1 AND kind = 'ref'")
                == ["entry 1 is about ref refs/heads/agent/PAY-42/work, and the index does not say so"])
    }

    private func faults(_ sql: (TracedLedger) -> String) throws -> [String] {
        let ledger = try TracedLedger()
        return try faults(of: ledger, after: sql(ledger))
    }

    private func faults(of traced: TracedLedger, after sql: String) throws -> [String] {
        let output = try spawn(
            ["sqlite3", "-batch", traced.path, sql], environment: ProcessInfo.processInfo.environment)
        try #require(output.status == 0, "\(output.errorText)")
        let ledger = try Ledger.open(
            at: ByteString(traced.path), create: false, deadline: .now.advanced(by: .seconds(10)))
        var audit = IndexAudit()
        try audit.examine(ledger)
        return audit.faults.map(\.words)
    }
}
