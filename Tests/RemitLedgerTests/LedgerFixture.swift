import Foundation
import RemitLedger
import RemitModel

/// A directory for one test, gone with it, and the path of a ledger inside.
final class LedgerFixture {
    let directory: String
    var path: ByteString { ByteString(directory + "/ledger.db") }

    init() throws {
        directory = NSTemporaryDirectory() + "remit-ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func open(
        create: Bool = true, within time: Duration = .seconds(30), databasePages: Int? = nil
    ) throws(LedgerError) -> Ledger {
        try Ledger.open(at: path, create: create, deadline: .now + time, databasePages: databasePages)
    }

    /// The code of the fault that opening meets.
    func fault(at path: ByteString? = nil, create: Bool = true) -> LedgerError.Code? {
        do throws(LedgerError) {
            _ = try Ledger.open(at: path ?? self.path, create: create, deadline: .now + .seconds(5))
            return nil
        } catch {
            return error.code
        }
    }

    /// Runs the stock SQLite shell on the ledger: another program, with none of our settings.
    func shell(_ sql: String) throws -> (status: Int32, text: String) {
        try Tool.run("/usr/bin/sqlite3", ["-batch", "-bail", directory + "/ledger.db", sql])
    }
}

enum Tool {
    static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text.trimmingCharacters(in: .newlines))
    }
}

let noon = Instant(seconds: 1_795_176_000)
