import Foundation
import RemitLedger
import RemitModel
import Testing

@Suite struct LedgerOpeningTests {
    @Test func `never makes a directory`() throws {
        let fixture = try LedgerFixture()
        #expect(fixture.fault(at: ByteString(fixture.directory + "/missing/ledger.db")) == .cannotOpen)
        #expect(!FileManager.default.fileExists(atPath: fixture.directory + "/missing"))
    }

    @Test func `a missing file is made only on request`() throws {
        let fixture = try LedgerFixture()
        #expect(fixture.fault(create: false) == .cannotOpen)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.directory).isEmpty)
        #expect(fixture.fault(create: true) == nil)
        #expect(fixture.fault(create: false) == nil)
    }

    @Test(arguments: [":memory:", "", "ledger.db", "file:/x?mode=memory", "/tmp/a\0b"] as [ByteString])
    func `takes absolute paths only`(path: ByteString) throws {
        let fixture = try LedgerFixture()
        #expect(fixture.fault(at: path) == .cannotOpen)
        #expect(fixture.fault(at: path, create: false) == .cannotOpen)
    }

    @Test func `a directory is no ledger`() throws {
        let fixture = try LedgerFixture()
        #expect(fixture.fault(at: ByteString(fixture.directory)) == .cannotOpen)
    }

    @Test func `refuses a file that is no database and leaves it alone`() throws {
        let fixture = try LedgerFixture()
        let text = String(repeating: "not a database\n", count: 400)
        try text.write(toFile: fixture.directory + "/ledger.db", atomically: true, encoding: .utf8)
        #expect(fixture.fault() == .notALedger)
        #expect(try String(contentsOfFile: fixture.directory + "/ledger.db", encoding: .utf8) == text)
    }

    @Test(
        arguments: [
            ("CREATE TABLE notes (text)", .notALedger),
            ("PRAGMA application_id = 42; CREATE TABLE notes (text)", .notALedger),
            ("PRAGMA application_id = 42", .notALedger),
            ("PRAGMA user_version = 1", .notALedger),
            ("PRAGMA application_id = 1382902132; PRAGMA user_version = 99", .newerVersion),
            ("PRAGMA application_id = 1382902132", .notALedger),
            ("PRAGMA application_id = 1382902132; PRAGMA user_version = -1", .notALedger),
            ("PRAGMA application_id = 1382902132; PRAGMA user_version = 1", .corrupt),
            ("PRAGMA application_id = 1382902132; PRAGMA user_version = 2", .corrupt),
            ("PRAGMA application_id = 1382902132; PRAGMA user_version = 3", .corrupt),
        ] as [(String, LedgerError.Code)])
    func `refuses another database`(sql: String, code: LedgerError.Code) throws {
        let fixture = try LedgerFixture()
        #expect(try fixture.shell(sql + "; VACUUM").status == 0)
        let before = try fixture.shell(".dump")
        #expect(fixture.fault() == code)
        #expect(try fixture.shell(".dump").text == before.text)
    }

    @Test func `an empty file becomes a ledger only on request`() throws {
        let fixture = try LedgerFixture()
        try Data().write(to: URL(fileURLWithPath: fixture.directory + "/ledger.db"))
        #expect(fixture.fault(create: false) == .notALedger)
        #expect(fixture.fault(create: true) == nil)
    }

    @Test func `overwritten pages are corruption`() throws {
        let fixture = try LedgerFixture()
        do {
            var ledger = try fixture.open()
            for _ in 0..<8 { _ = try LedgerTests.append([UInt8](repeating: 1, count: 9000), to: &ledger) }
        }
        let file = try #require(FileHandle(forUpdatingAtPath: fixture.directory + "/ledger.db"))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xEE, count: Int(size) - 4096))
        try file.close()
        let code = LedgerTests.code { () throws(LedgerError) in
            var ledger = try fixture.open(create: false)
            _ = try LedgerTests.append([1], to: &ledger)
        }
        #expect(code == .corrupt)
    }

    @Test(.enabled(if: ScratchMount.isPossible, "needs root and a mount"))
    func `a read-only file system is refused`() throws {
        let mount = try ScratchMount(kilobytes: 4096)
        let path = ByteString(mount.directory + "/ledger.db")
        _ = try Ledger.open(at: path, create: true, deadline: .now + .seconds(5))
        try mount.makeReadOnly()
        let fixture = try LedgerFixture()
        #expect(fixture.fault(at: path, create: false) == .readOnly)
        #expect(fixture.fault(at: path) == .readOnly)
        #expect(fixture.fault(at: ByteString(mount.directory + "/other.db")) == .readOnly)
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `a file without write permission is refused`() throws {
        let fixture = try LedgerFixture()
        _ = try fixture.open()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o400], ofItemAtPath: fixture.directory + "/ledger.db")
        #expect(fixture.fault() == .readOnly)
    }
}
