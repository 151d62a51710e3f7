import Foundation
import RemitLedger
import RemitModel
import Testing

/// A ledger that was published, to be damaged.
struct LogFixture {
    let ledger = Result { try LedgerFixture() }
    let signer: NoteSigner

    init(entries: Int = 3, publish: Bool = true) throws {
        signer = try NoteSigner(name: NoteTests.origin)
        try append(entries)
        if publish { _ = try self.publish() }
    }

    var directory: LogDirectory { get throws { LogDirectory(ofLedgerAt: try ledger.get().path) } }

    func append(_ count: Int) throws {
        var ledger = try self.ledger.get().open()
        let first = try ledger.count() + 1
        try ledger.transaction { (transaction) throws(LedgerError) in
            for number in first..<first + Int64(count) {
                let evidence = try transaction.store(input: Array("manifest \(number)".utf8))
                let text = #"{"schema":"entry/v1","kind":"decision","evidence":"\#(evidence)"}"#
                _ = try transaction.append(kind: .decision, at: noon, bytes: Array(text.utf8))
            }
        }
    }

    func publish() throws -> SignedNote {
        let ledger = try self.ledger.get().open(create: false)
        return try ledger.publish(to: directory, signer: signer)
    }

    func publishing() -> LedgerError? {
        do {
            _ = try publish()
            return nil
        } catch {
            return error as? LedgerError
        }
    }

    func examine(key: NoteKey? = nil, kept: SignedNote? = nil) throws -> LogExamination {
        let ledger = try self.ledger.get().open(create: false)
        return try LogVerifier(directory, key: key ?? signer.publicKey, kept: kept).examine(ledger)
    }

    func words(key: NoteKey? = nil, kept: SignedNote? = nil) throws -> [String] {
        try examine(key: key, kept: kept).faults.map(\.words)
    }

    /// Does to the ledger what only somebody can do who goes round the triggers.
    func damage(_ sql: String) throws {
        let triggers = [
            "entry_in_sequence", "entry_never_updated", "entry_never_deleted", "input_never_updated", "tile_made_once",
            "tile_only_grows", "tile_never_deleted",
        ]
        let dropped = triggers.map { "DROP TRIGGER IF EXISTS \($0);" }.joined()
        let done = try ledger.get().shell("PRAGMA ignore_check_constraints = ON;" + dropped + sql)
        #expect(done.status == 0, "\(done.text)")
    }

    func files() throws -> [String] {
        let path = try directory.path
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        return try names.filter { name in
            let kind = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.type]
            return kind as? FileAttributeType == .typeRegular
        }
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/\(name)")))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(directory.path)/\(name)"))
    }
}
