import Dispatch
import Foundation
import RemitLedger
import RemitModel
import Testing

@Suite struct LedgerFaultTests {
    @Test func `concurrent writers lose nothing and leave no gap`() throws {
        let fixture = try LedgerFixture()
        let path = fixture.path
        let (writers, each) = (6, 25)
        // Each makes the ledger too, if it comes first.
        DispatchQueue.concurrentPerform(iterations: writers) { writer in
            do {
                var ledger = try Ledger.open(at: path, create: true, deadline: .now + .seconds(60))
                for number in 0..<each {
                    _ = try LedgerTests.append([UInt8(writer), UInt8(number)], to: &ledger)
                }
            } catch {
                Issue.record(error)
            }
        }
        let ledger = try fixture.open(create: false)
        let entries = try ledger.entries(from: 1, limit: 1000)
        #expect(entries.map(\.sequence) == Array(1...Int64(writers * each)))
        for writer in 0..<writers {
            let own = entries.filter { $0.bytes.first == UInt8(writer) }
            #expect(own.map { $0.bytes.last } == (0..<each).map { UInt8($0) })
        }
    }

    @Test func `a full ledger refuses and keeps nothing by halves`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open(databasePages: 40)
        try Self.fill(&ledger)
        #expect(try fixture.shell("PRAGMA integrity_check").text == "ok")
        // Space comes back with a handle that has no such bound.
        var roomier = try fixture.open(create: false)
        #expect(try LedgerTests.append([1], to: &roomier) == ledger.count())
    }

    @Test(.enabled(if: ScratchMount.isPossible, "needs root and a mount"))
    func `a full disk refuses and keeps nothing by halves`() throws {
        let mount = try ScratchMount(kilobytes: 512)
        let path = ByteString(mount.directory + "/ledger.db")
        var ledger = try Ledger.open(at: path, create: true, deadline: .now + .seconds(30))
        try Self.fill(&ledger)
    }

    @Test(.enabled(if: ScratchMount.isPossible, "needs root and a mount"))
    func `a disk without room for a new ledger is full`() throws {
        let mount = try ScratchMount(kilobytes: 4)
        let fixture = try LedgerFixture()
        #expect(fixture.fault(at: ByteString(mount.directory + "/ledger.db")) == .full)
    }

    /// Appends pairs of entry and input until there is no room, and looks at what stands.
    private static func fill(_ ledger: inout Ledger) throws {
        var whole: Int64 = 0
        var code: LedgerError.Code?
        while code == nil, whole < 1000 {
            code = LedgerTests.code { () throws(LedgerError) in
                try ledger.transaction { (transaction) throws(LedgerError) in
                    let number = try transaction.append(
                        kind: .decision, at: noon, bytes: [UInt8](repeating: 5, count: 6000))
                    try transaction.setState("last", to: [UInt8(truncatingIfNeeded: number)])
                    let input = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 9000)
                    _ = try transaction.store(input: input)
                }
            }
            if code == nil { whole += 1 }
        }
        #expect(code == .full)
        #expect(whole > 0)
        #expect(try ledger.count() == whole)
        #expect(try ledger.state("last") == [UInt8(truncatingIfNeeded: whole)])
        #expect(try ledger.entries(from: 1, limit: 1000).count == Int(whole))
        let next = [UInt8](repeating: UInt8(truncatingIfNeeded: whole + 1), count: 9000)
        #expect(try ledger.input(EvidenceDigest(of: next)) == nil)
    }

    @Test func `a writer past the deadline is refused as busy, and not before`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        let holder = try Holder(of: fixture)
        let start = ContinuousClock.now
        ledger.deadline = start + .milliseconds(300)
        let code = LedgerTests.code { () throws(LedgerError) in _ = try LedgerTests.append([1], to: &ledger) }
        let waited = ContinuousClock.now - start
        #expect(code == .busy)
        #expect(waited >= .milliseconds(150) && waited < .seconds(10), "\(waited)")
        // Reading goes on beside a writer.
        #expect(try ledger.count() == 0)
        holder.kill()
    }

    @Test func `a deadline in the past is busy without waiting`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        ledger.deadline = .now
        #expect(LedgerTests.code { () throws(LedgerError) in _ = try LedgerTests.append([1], to: &ledger) } == .busy)
        #expect(LedgerTests.code { () throws(LedgerError) in _ = try fixture.open(within: .zero) } == .busy)
    }

    @Test func `a writer killed in its transaction leaves nothing and blocks nobody`() throws {
        let fixture = try LedgerFixture()
        do {
            var ledger = try fixture.open()
            _ = try LedgerTests.append([1], to: &ledger)
        }
        let holder = try Holder(of: fixture)
        holder.kill()
        var ledger = try fixture.open(create: false)
        #expect(try ledger.count() == 1)
        #expect(try LedgerTests.append([2], to: &ledger) == 2)
        #expect(try ledger.entries(from: 1, limit: 9).map(\.bytes) == [[1], [2]])
    }
}

/// A foreign process that has begun to write and does not finish.
private final class Holder {
    private let process = Process()
    private let input = Pipe()

    init(of fixture: LedgerFixture) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = ["-batch", fixture.directory + "/ledger.db"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // A small cache spills: some of the transaction is in the write-ahead log already.
        let sql = """
            PRAGMA cache_size = 1;
            BEGIN IMMEDIATE;
            INSERT INTO entry SELECT max(0, coalesce(max(sequence), 0)) + 1, 'decision', 0, zeroblob(32), zeroblob(65535)
                FROM entry;
            SELECT 'held', count(*) FROM entry;

            """
        try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard said.hasPrefix("held") else { throw CocoaError(.fileWriteUnknown) }
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
