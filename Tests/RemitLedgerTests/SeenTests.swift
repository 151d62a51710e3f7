import RemitLedger
import RemitModel
import Testing

@Suite struct SeenTests {
    @Test func `the first sight of a commit stands, for each repository and delegation`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let commit = try #require(ObjectID(bytes: [UInt8](repeating: 0xC0, count: 20)))
        let one = try #require(RecordID(bytes: [UInt8](repeating: 1, count: 32)))
        let two = try #require(RecordID(bytes: [UInt8](repeating: 2, count: 32)))
        let odd = ByteString([0x72, 0x00, 0xFF])
        for (offset, ref) in (["refs/heads/a", "refs/heads/b"] as [ByteString]).enumerated() {
            try ledger.transaction { (transaction) throws(LedgerError) in
                let moment = noon.adding(seconds: Int64(offset))
                let entry = try transaction.append(kind: .decision, at: moment, bytes: [UInt8(offset)])
                try transaction.recordSeen(
                    repository: "payments", delegation: one, commit: commit, ref: ref, at: moment, entry: entry)
                if offset == 1 {
                    try transaction.recordSeen(
                        repository: odd, delegation: two, commit: commit, ref: odd, at: moment, entry: entry)
                }
            }
        }
        #expect(
            try ledger.firstSeen(repository: "payments", delegation: one, commit: commit)
                == Seen(ref: "refs/heads/a", at: noon, entry: 1))
        #expect(
            try ledger.firstSeen(repository: odd, delegation: two, commit: commit)
                == Seen(ref: odd, at: noon.adding(seconds: 1), entry: 2))
        #expect(try ledger.firstSeen(repository: "payments", delegation: two, commit: commit) == nil)
        #expect(try ledger.firstSeen(repository: "Payments", delegation: one, commit: commit) == nil)
        #expect(try ledger.firstSeen(repository: "payments", delegation: one, commit: .zero) == nil)
    }

    @Test func `a commit seen in no entry is refused and rolls back`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let delegation = try #require(RecordID(bytes: [UInt8](repeating: 1, count: 32)))
        let code = LedgerTests.code { () throws(LedgerError) in
            try ledger.transaction { (transaction) throws(LedgerError) in
                _ = try transaction.append(kind: .decision, at: noon, bytes: [1])
                try transaction.recordSeen(
                    repository: "r", delegation: delegation, commit: .zero, ref: "refs/heads/x", at: noon, entry: 2)
            }
        }
        #expect(code == .constraint)
        #expect(try ledger.count() == 0)
    }

    @Test func `is found by key, whatever the length of the ledger`() throws {
        let fixture = try LedgerFixture()
        _ = try fixture.open()
        let plan = try fixture.shell(
            "EXPLAIN QUERY PLAN SELECT ref FROM seen WHERE commit_id = x'' AND delegation = x'' AND repository = x''")
        #expect(
            plan.text.contains("SEARCH seen USING PRIMARY KEY (commit_id=? AND delegation=? AND repository=?)"),
            "\(plan.text)")
    }
}
