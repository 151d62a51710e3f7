import RemitLedger
import RemitModel
import Testing

@Suite struct SpendingTests {
    static func delegation(_ byte: UInt8) -> RecordID {
        guard let id = RecordID(bytes: [UInt8](repeating: byte, count: 32)) else { preconditionFailure() }
        return id
    }

    static func spent(commits: Int = 0, files: Int = 0, lines: Int = 0, bytes: Int = 0, pushes: Int = 0) -> Spent {
        Spent(commits: commits, files: files, lines: lines, bytes: bytes, pushes: pushes)
    }

    @discardableResult
    static func debit(
        _ delegation: RecordID, _ used: Spent, files: Set<ByteString> = [], of repository: ByteString = "payments",
        in ledger: inout Ledger
    ) throws(LedgerError) -> Int64 {
        try ledger.transaction { (transaction) throws(LedgerError) in
            let entry = try transaction.append(kind: .decision, at: noon, bytes: [1])
            try transaction.debit(delegation, used, files: files, in: repository, entry: entry)
            return entry
        }
    }

    @Test func `what is debited adds up, for each delegation`() throws {
        let fixture = try LedgerFixture()
        do {
            var ledger = try fixture.open()
            #expect(try ledger.spent(Self.delegation(1)) == .nothing)
            try Self.debit(
                Self.delegation(1), Self.spent(commits: 2, files: 2, lines: 30, bytes: 400, pushes: 1),
                files: ["a", "b"], in: &ledger)
            try Self.debit(Self.delegation(2), Self.spent(commits: 1, pushes: 1), in: &ledger)
            try Self.debit(
                Self.delegation(1), Self.spent(commits: 1, files: 1, lines: 1, bytes: 1, pushes: 1), files: ["c"],
                in: &ledger)
        }
        let ledger = try fixture.open(create: false)
        #expect(
            try ledger.spent(Self.delegation(1))
                == Self.spent(commits: 3, files: 3, lines: 31, bytes: 401, pushes: 2))
        #expect(try ledger.spent(Self.delegation(2)) == Self.spent(commits: 1, pushes: 1))
    }

    @Test func `a path counts for one delegation in one repository`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let odd = ByteString([0x61, 0xFF, 0x0A])
        try Self.debit(Self.delegation(1), Self.spent(files: 2, pushes: 1), files: [odd, "b"], in: &ledger)
        func known(_ path: ByteString, _ byte: UInt8, _ repository: ByteString) throws -> Bool {
            try ledger.transaction { (transaction) throws(LedgerError) in
                try transaction.hasSpent(path, of: Self.delegation(byte), in: repository)
            }
        }
        #expect(try known(odd, 1, "payments"))
        #expect(try known("b", 1, "payments"))
        #expect(try known("B", 1, "payments") == false)
        #expect(try known(odd, 2, "payments") == false)
        #expect(try known(odd, 1, "web") == false)
        try Self.debit(Self.delegation(1), Self.spent(files: 1, pushes: 1), files: ["b"], of: "web", in: &ledger)
        #expect(try ledger.spent(Self.delegation(1)).files == 3)
    }

    /// Each of these would make a total that is not what was used.
    @Test func `a debit that does not add up is refused and leaves nothing`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.debit(Self.delegation(1), Self.spent(commits: 2, files: 1, pushes: 1), files: ["a"], in: &ledger)
        let faults: [(Spent, Set<ByteString>)] = [
            (Self.spent(files: 1, pushes: 1), ["a"]), (Self.spent(files: 2, pushes: 1), ["b"]),
            (Self.spent(pushes: 1), ["b"]), (Self.spent(commits: -1, pushes: 1), []),
        ]
        for (used, files) in faults {
            let code = LedgerTests.code { () throws(LedgerError) in
                try Self.debit(Self.delegation(1), used, files: files, in: &ledger)
            }
            #expect(code == .constraint, "\(used) \(files)")
        }
        let code = LedgerTests.code { () throws(LedgerError) in
            try ledger.transaction { (transaction) throws(LedgerError) in
                try transaction.debit(Self.delegation(1), Self.spent(pushes: 1), files: [], in: "payments", entry: 1)
            }
        }
        #expect(code == .constraint, "one entry debits once")
        #expect(try ledger.count() == 1)
        #expect(try ledger.spent(Self.delegation(1)) == Self.spent(commits: 2, files: 1, pushes: 1))
    }

    @Test(arguments: [
        "UPDATE spent SET commits = 0, entry = 2", "UPDATE spent SET pushes = pushes - 1, entry = 2",
        "UPDATE spent SET files = 0, entry = 2", "UPDATE spent SET lines = 0, entry = 2",
        "UPDATE spent SET bytes = 0, entry = 2", "UPDATE spent SET commits = 9",
        "UPDATE spent SET delegation = zeroblob(32), entry = 2", "DELETE FROM spent",
        "INSERT OR REPLACE INTO spent SELECT delegation, 0, files, lines, bytes, pushes, 2 FROM spent",
        "INSERT OR REPLACE INTO spent SELECT delegation, commits, files, lines, bytes, 0, 2 FROM spent",
        "INSERT OR REPLACE INTO spent SELECT delegation, 9, 9, 9, 9, 9, 1 FROM spent",
        "INSERT INTO spent VALUES (zeroblob(32), -1, 0, 0, 0, 0, 1)",
        "INSERT INTO spent VALUES (zeroblob(31), 0, 0, 0, 0, 0, 1)",
        "UPDATE spent_file SET repository = x'00'", "DELETE FROM spent_file",
    ])
    func `another program cannot make a total fall`(sql: String) throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.debit(
            Self.delegation(1), Self.spent(commits: 1, files: 1, lines: 1, bytes: 1, pushes: 1), files: ["a"],
            in: &ledger)
        _ = try LedgerTests.append([2], to: &ledger)
        let before = try fixture.shell(".dump")
        let attempt = try fixture.shell(sql)
        #expect(attempt.status != 0, "\(attempt.text)")
        #expect(try fixture.shell(".dump").text == before.text)
    }

    @Test func `totals and paths are found by key, whatever the length of the ledger`() throws {
        let fixture = try LedgerFixture()
        _ = try fixture.open()
        for (sql, plan) in [
            ("SELECT commits FROM spent WHERE delegation = x''", "SEARCH spent USING PRIMARY KEY (delegation=?)"),
            (
                "SELECT 1 FROM spent_file WHERE delegation = x'' AND repository = x'' AND path = x''",
                "SEARCH spent_file USING PRIMARY KEY (delegation=? AND repository=? AND path=?)"
            ),
        ] {
            let text = try fixture.shell("EXPLAIN QUERY PLAN \(sql)").text
            #expect(text.contains(plan), "\(text)")
        }
    }
}
