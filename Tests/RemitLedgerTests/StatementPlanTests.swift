import CSQLite
@testable import RemitLedger
import RemitModel
import Testing

/// What a push costs in a ledger does not grow with the ledger.
@Suite struct StatementPlanTests {
    /// What SQLite means to do for each statement of an open ledger, by its text.
    private static func plans(_ ledger: borrowing Ledger) throws -> [String: [String]] {
        try ledger.session.statements.compileAll()
        let database = unsafe ledger.session.database.handle
        var texts: [String] = []
        var statement = unsafe sqlite3_next_stmt(database, nil)
        while let found = unsafe statement {
            if let text = unsafe sqlite3_sql(found) { texts.append(unsafe String(cString: text)) }
            unsafe statement = sqlite3_next_stmt(database, found)
        }
        var plans: [String: [String]] = [:]
        for text in texts {
            let explained = try ledger.session.database.prepare("EXPLAIN QUERY PLAN \(text)")
            plans[text] = try explained.all([]) { row in row.text(3) }
        }
        return plans
    }

    @Test func `every statement finds its rows by a key`() throws {
        let fixture = try LedgerFixture()
        let ledger = try fixture.open()
        let plans = try Self.plans(ledger)
        #expect(plans.count == MemoryLayout<Statements>.size / MemoryLayout<Statement>.size)
        for (text, plan) in plans {
            // Whether there is any row at all is told by the first one. And an entry may be what rows of other tables were
            // waiting for: SQLite plans to look for them, and does so only while there are any, which is never. That
            // neither reads a table through is what the next test counts.
            let isKnown = text.contains("SELECT EXISTS (SELECT 1 FROM change)") || text.hasPrefix("INSERT INTO entry")
            for step in plan where !isKnown { #expect(!step.contains("SCAN"), "\(text): \(step)") }
            // What is sorted is first gathered: for one repository the rows of an entry lie in their order already.
            if text.contains("DISTINCT") || text.contains("ORDER BY first_seen_at") { continue }
            for step in plan { #expect(!step.contains("TEMP B-TREE"), "\(text): \(step)") }
        }
        let about = try #require(plans.first { $0.key.contains("FROM about") && $0.key.contains("repository = ?") })
        #expect(about.value == ["SEARCH about USING PRIMARY KEY (kind=? AND value=? AND repository=?)"])
    }

    /// Steps of SQLite's machine, rows read through, and sorts, of all statements since they were counted last.
    private static func effort(_ ledger: borrowing Ledger) -> [Int32] {
        let database = unsafe ledger.session.database.handle
        var counts: [Int32] = [0, 0, 0]
        var statement = unsafe sqlite3_next_stmt(database, nil)
        while let found = unsafe statement {
            let counters = [
                SQLITE_STMTSTATUS_VM_STEP, SQLITE_STMTSTATUS_FULLSCAN_STEP, SQLITE_STMTSTATUS_SORT,
            ]
            for (index, counter) in counters.enumerated() {
                counts[index] += unsafe sqlite3_stmt_status(found, counter, 1)
            }
            unsafe statement = sqlite3_next_stmt(database, found)
        }
        return counts
    }

    private static let delegation = SpendingTests.delegation(1)

    /// Everything that one push asks of a ledger and writes to it.
    private static func push(
        _ number: Int, in transaction: borrowing LedgerTransaction
    ) throws(LedgerError) {
        func id(_ kind: Int) -> ObjectID {
            ObjectID(bytes: EvidenceDigest(of: Array("\(kind) \(number)".utf8)).bytes.prefix(20)) ?? .zero
        }
        let (commit, change) = (id(0), TreeChange(from: id(1), to: id(2)))
        let update = RefUpdate(ref: "refs/heads/agent/x", old: id(3), new: commit)
        let path = ByteString("Sources/\(number).swift")
        _ = try transaction.hasChanges()
        _ = try transaction.highest(LedgerTransaction.latestMoment)
        let seen = try transaction.firstSeen(repository: "payments", delegation: delegation, commit: commit)
        let before = try transaction.firstSeen(repository: "payments", delegation: delegation, change: change)
        _ = try transaction.delegations(of: change, in: "payments", limit: 16)
        _ = try transaction.entries(about: .update(update, in: "payments"), limit: 256)
        _ = try transaction.entries(about: .certificate(delegation, in: nil), limit: 1)
        guard seen == nil, before == nil, try !transaction.hasSpent(path, of: delegation, in: "payments") else {
            throw LedgerError(.constraint, "push \(number) was seen before")
        }
        _ = try transaction.raise("authority.version", to: 1)
        _ = try transaction.store(input: Array("input \(number)".utf8))
        let entry = try transaction.append(kind: .decision, at: noon, bytes: Array("\(number)".utf8))
        try transaction.index(
            entry,
            about: [
                .update(update, in: "payments"), .ref(update.ref, in: "payments"), .commit(commit, in: "payments"),
                .delegation(delegation, in: "payments"), .agent("claude-code", in: "payments"),
            ])
        try transaction.recordSeen(
            repository: "payments", delegation: delegation, commit: commit, ref: update.ref, at: noon, entry: entry)
        try transaction.recordSeen(
            repository: "payments", delegation: delegation, change: change, ref: update.ref, at: noon, entry: entry)
        let used = SpendingTests.spent(commits: 1, files: 1, lines: 3, bytes: 20, pushes: 1)
        try transaction.debit(delegation, used, files: [path], in: "payments", entry: entry)
    }

    private static func push(_ numbers: Range<Int>, in ledger: inout Ledger) throws(LedgerError) {
        try ledger.transaction { transaction throws(LedgerError) in
            for number in numbers { try push(number, in: transaction) }
        }
    }

    @Test func `a push takes as many steps after thousands as after ten`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.push(0..<10, in: &ledger)
        _ = Self.effort(ledger)
        try Self.push(10..<11, in: &ledger)
        let few = Self.effort(ledger)
        #expect(few[0] > 0 && few[1] == 0)
        try Self.push(11..<2_010, in: &ledger)
        _ = Self.effort(ledger)
        try Self.push(2_010..<2_011, in: &ledger)
        #expect(Self.effort(ledger) == few)
    }
}

extension Statements {
    /// Compiles what would be compiled when it is first run; one that is not named here is missed by its number.
    fileprivate func compileAll() throws {
        try count.compile()
        try appendEntry.compile()
        try entries.compile()
        try storeInput.compile()
        try input.compile()
        try recordSeen.compile()
        try firstSeen.compile()
        try recordChange.compile()
        try firstSeenChange.compile()
        try delegationsOfChange.compile()
        try anyChange.compile()
        try setState.compile()
        try state.compile()
        try spent.compile()
        try setSpent.compile()
        try spentFile.compile()
        try addSpentFile.compile()
        try index.compile()
        try about.compile()
        try aboutAnywhere.compile()
        try aboutRange.compile()
        try tile.compile()
        try addTile.compile()
        try growTile.compile()
        try rawEntries.compile()
    }
}
