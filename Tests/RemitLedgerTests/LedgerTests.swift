import Foundation
import RemitLedger
import RemitModel
import Testing

@Suite struct LedgerTests {
    @Test func `what was appended is there after reopening`() throws {
        let fixture = try LedgerFixture()
        do {
            var ledger = try fixture.open()
            let sequences = try ledger.transaction { (transaction) throws(LedgerError) in
                let first = try transaction.append(kind: .lifecycle, at: noon, bytes: Array("installed".utf8))
                let second = try transaction.append(kind: .decision, at: noon.adding(seconds: 1), bytes: [0, 0xFF, 10])
                return [first, second]
            }
            #expect(sequences == [1, 2])
        }
        let ledger = try fixture.open(create: false)
        #expect(try ledger.count() == 2)
        let entries = try ledger.entries(from: 1, limit: 10)
        #expect(entries.map(\.sequence) == [1, 2])
        #expect(entries.map(\.kind) == [.lifecycle, .decision])
        #expect(entries.map(\.recordedAt) == [noon, noon.adding(seconds: 1)])
        #expect(entries.map(\.bytes) == [Array("installed".utf8), [0, 0xFF, 10]])
        #expect(
            // printf installed | sha256sum
            entries.first?.digest.hex == Self.sha256OfInstalled)
        #expect(try ledger.entries(from: 2, limit: 10).map(\.sequence) == [2])
        #expect(try ledger.entries(from: 1, limit: 1).map(\.sequence) == [1])
        #expect(try ledger.entries(from: 3, limit: 1).isEmpty)
    }

    private static let sha256OfInstalled = "a51a6c19a1ffc7416827e89adf20749d23ad42452c396cf7e627409f2896922c"

    @Test func `is durable, private and known by its header`() throws {
        let fixture = try LedgerFixture()
        let ledger = try fixture.open()
        #expect(try ledger.count() == 0)
        let header = try fixture.shell("PRAGMA journal_mode; PRAGMA application_id; PRAGMA user_version;")
        #expect(header.text == "wal\n1382902132\n3")
        for suffix in ["", "-wal", "-shm"] {
            let mode = try Tool.run("/usr/bin/stat", ["-c", "%a", fixture.directory + "/ledger.db" + suffix])
            #expect(mode.text == "600", "\(suffix)")
        }
    }

    @Test func `one that keeps its log leaves what it wrote there, and it is read from there`() throws {
        let fixture = try LedgerFixture()
        do { _ = try fixture.open() }
        let path = fixture.directory + "/ledger.db"
        let size = try Data(contentsOf: URL(filePath: path)).count
        func open() throws -> Ledger {
            try Ledger.open(
                at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(5)), keepsLog: true)
        }
        for number in 1...3 {
            var ledger = try open()
            let sequence = try ledger.transaction { (transaction) throws(LedgerError) in
                try transaction.append(kind: .decision, at: noon, bytes: [UInt8(number)])
            }
            #expect(sequence == Int64(number))
        }
        #expect(try Data(contentsOf: URL(filePath: path)).count == size)
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
        // Whoever closes it otherwise puts all of it into the file.
        do { #expect(try fixture.open(create: false).count() == 3) }
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try Data(contentsOf: URL(filePath: path)).count >= size)
        #expect(try open().entries(from: 1, limit: 9).map(\.bytes) == [[1], [2], [3]])
    }

    @Test func `after a transaction that failed, nothing is left in the log`() throws {
        let fixture = try LedgerFixture()
        do { _ = try fixture.open() }
        let path = fixture.directory + "/ledger.db"
        do {
            var ledger = try Ledger.open(
                at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(5)), keepsLog: true)
            #expect(throws: LedgerError.self) {
                try ledger.transaction { (transaction) throws(LedgerError) in
                    _ = try transaction.append(kind: .decision, at: noon, bytes: [1])
                    throw LedgerError(.io, "a disk that fails")
                }
            }
        }
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try fixture.open(create: false).count() == 0)
    }

    @Test(arguments: [
        "UPDATE entry SET bytes = x'00'", "DELETE FROM entry", "UPDATE seen SET first_seen_at = 0", "DELETE FROM seen",
        "UPDATE input SET bytes = x'00'", "INSERT OR REPLACE INTO entry VALUES (1, 'decision', 0, zeroblob(32), x'00')",
        "INSERT INTO entry VALUES (3, 'decision', 0, zeroblob(32), x'00')",
        "INSERT INTO entry VALUES (2, 'decision', 0, zeroblob(32), zeroblob(65536))",
        "INSERT INTO entry VALUES (2, 'decision', 0, zeroblob(31), x'00')",
    ])
    func `another program cannot rewrite evidence`(sql: String) throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.appendSeenCommit(to: &ledger)
        let before = try fixture.shell(".dump")
        let attempt = try fixture.shell(sql)
        #expect(attempt.status != 0, "\(attempt.text)")
        #expect(try fixture.shell(".dump").text == before.text)
    }

    @Test func `an entry changed behind the triggers is noticed`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.appendSeenCommit(to: &ledger)
        let change = try fixture.shell("DROP TRIGGER entry_never_updated; UPDATE entry SET bytes = x'00'")
        #expect(change.status == 0)
        #expect(Self.code { () throws(LedgerError) in _ = try ledger.entries(from: 1, limit: 1) } == .corrupt)
    }

    @Test func `a failed transaction leaves nothing`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let error = Self.code { () throws(LedgerError) in
            try ledger.transaction { (transaction) throws(LedgerError) in
                _ = try transaction.append(kind: .decision, at: noon, bytes: [1])
                _ = try transaction.store(input: [2])
                try transaction.setState("x", to: [3])
                throw LedgerError(.io, "the test's own")
            }
        }
        #expect(error == .io)
        #expect(try ledger.count() == 0)
        #expect(try ledger.input(EvidenceDigest(of: [2])) == nil)
        #expect(try ledger.state("x") == nil)
        // The next one is not in the way of the last.
        #expect(try Self.append([1], to: &ledger) == 1)
    }

    @Test func `an entry of 65 535 bytes passes and one byte more does not`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        #expect(try Self.append([UInt8](repeating: 7, count: 65_535), to: &ledger) == 1)
        let error = Self.code { () throws(LedgerError) in
            _ = try Self.append([UInt8](repeating: 7, count: 65_536), to: &ledger)
        }
        #expect(error == .entryTooLarge)
        #expect(try ledger.entries(from: 1, limit: 9).map(\.bytes.count) == [65_535])
    }

    @Test func `an input is kept once, by its digest`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let big = [UInt8](repeating: 9, count: 1_000_000)
        let digests = try ledger.transaction { (transaction) throws(LedgerError) in
            [try transaction.store(input: big), try transaction.store(input: big), try transaction.store(input: [])]
        }
        #expect(digests[0] == digests[1])
        #expect(try ledger.input(digests[0]) == big)
        #expect(try ledger.input(digests[2]) == [])
        #expect(
            digests[2].hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try fixture.shell("SELECT count(*) FROM input").text == "2")
    }

    @Test func `a number only rises`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        #expect(try ledger.highest("authority") == nil)
        for (given, highest) in [(7, 7), (5, 7), (7, 7), (300, 300), (-1, 300)] as [(Int64, Int64)] {
            let answer = try ledger.transaction { (transaction) throws(LedgerError) in
                try transaction.raise("authority", to: given)
            }
            #expect(answer == highest)
        }
        #expect(try ledger.highest("authority") == 300)
        #expect(try ledger.highest("other") == nil)
    }

    static func append(_ bytes: [UInt8], to ledger: inout Ledger) throws(LedgerError) -> Int64 {
        try ledger.transaction { (transaction) throws(LedgerError) in
            try transaction.append(kind: .decision, at: noon, bytes: bytes)
        }
    }

    static func code(_ body: () throws(LedgerError) -> Void) -> LedgerError.Code? {
        do throws(LedgerError) {
            try body()
            return nil
        } catch {
            return error.code
        }
    }

    static func appendSeenCommit(to ledger: inout Ledger) throws(LedgerError) {
        guard let delegation = RecordID(bytes: [UInt8](repeating: 1, count: 32)) else { return }
        try ledger.transaction { (transaction) throws(LedgerError) in
            let entry = try transaction.append(kind: .decision, at: noon, bytes: Array("yes".utf8))
            _ = try transaction.store(input: [1, 2, 3])
            try transaction.recordSeen(
                repository: "payments", delegation: delegation, commit: .zero, ref: "refs/heads/x", at: noon,
                entry: entry)
        }
    }
}
