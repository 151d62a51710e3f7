import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Ledgers that cannot be written: whatever the reason, nothing is allowed.
@Suite struct BadInputLedgerTests {
    enum Fault: CaseIterable {
        case missing, insideMissingDirectory, directory, empty, text, otherDatabase, newer, danglingLink, device
        case truncated, corrupt

        var reason: String {
            switch self {
            case .missing: "the ledger 'LEDGER' cannot be opened: no such file or directory (SQLite 14)"
            case .insideMissingDirectory:
                "the ledger 'DIRECTORY/none/ledger.db' cannot be opened: no such file or directory (SQLite 14)"
            case .directory: "the ledger 'DIRECTORY' cannot be opened: is a directory (SQLite 14)"
            case .empty: "'LEDGER' is not a ledger: the file is empty"
            case .text: "'LEDGER' is not a ledger: file is not a database (SQLite 26)"
            case .otherDatabase: "'LEDGER' is not a ledger: application id 1, version 3"
            case .newer: "the ledger 'LEDGER' is of a newer Remit: version 99, this program knows 3"
            case .danglingLink: "the ledger 'DIRECTORY/link.db' cannot be opened: no such file or directory (SQLite 14)"
            case .device: "'/dev/full' is not a ledger: the file is empty"
            case .truncated, .corrupt: "the ledger 'LEDGER' is damaged: database disk image is malformed (SQLite 11)"
            }
        }

        func apply(_ scene: BadInputScene) throws {
            let (path, directory) = (scene.server.ledgerPath, scene.server.directory.path)
            switch self {
            case .missing: try FileManager.default.removeItem(atPath: path)
            case .insideMissingDirectory: try scene.server.configure("remit.ledger", "\(directory)/none/ledger.db")
            case .directory: try scene.server.configure("remit.ledger", directory)
            case .empty: try writeFile([], to: path)
            case .text: try writeFile(Array(repeating: UInt8(ascii: "a"), count: 8192), to: path)
            case .otherDatabase: try sql("PRAGMA application_id = 1", path)
            case .newer: try sql("PRAGMA user_version = 99", path)
            case .danglingLink:
                try FileManager.default.createSymbolicLink(
                    atPath: "\(directory)/link.db", withDestinationPath: "/nowhere")
                try scene.server.configure("remit.ledger", "\(directory)/link.db")
            case .device: try scene.server.configure("remit.ledger", "/dev/full")
            case .truncated: try writeFile(Array(try readFile(path).prefix(5000)), to: path)
            case .corrupt:
                var bytes = try readFile(path)
                for index in bytes.indices.dropFirst(100) { bytes[index] = 0xFF }
                try writeFile(bytes, to: path)
            }
        }

        private func sql(_ text: String, _ path: String) throws {
            let program = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
            let output = try spawn(
                ["python3", "-c", program, path, text], environment: HermeticGit.environment(home: "/"))
            #expect(output.status == 0, "\(output.errorText)")
        }
    }

    @Test(arguments: Fault.allCases)
    func `a ledger that is none is undecided`(_ fault: Fault) throws {
        let scene = try BadInputScene()
        try fault.apply(scene)
        try scene.expectUndecided(
            .undecidedLedger, "the decision could not be recorded: \(fault.reason)", entries: -1)
    }

    @Test func `a ledger that is shorter than what was published is undecided`() throws {
        let scene = try BadInputScene()
        let path = scene.server.ledgerPath
        let count = try Ledger.open(
            at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10))
        ).count()
        let note = try NoteSigner(name: "log").sign(Checkpoint(origin: "log", size: 99, root: .empty).text)
        try FileManager.default.createDirectory(atPath: "\(path).log", withIntermediateDirectories: false)
        try writeFile(note.bytes, to: "\(path).log/checkpoint")
        try scene.expectUndecided(
            .undecidedLedger,
            "the decision could not be recorded: the ledger 'LEDGER' is not the one that was published: "
                + "it has \(count) entries, and 99 were published", entries: -1)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func `a full disk refuses, and the next push after it is freed is recorded`() throws {
        let scene = try BadInputScene()
        let disk = try SmallDisk(kilobytes: 256)
        let path = "\(disk.path)/ledger.db"
        try FileManager.default.copyItem(atPath: scene.server.ledgerPath, toPath: path)
        try scene.server.configure("remit.ledger", path)
        let filler = try disk.fill()
        let output = try scene.run()
        #expect(output.status == 2)
        #expect(
            output.errorText.replacing(path, with: "LEDGER").split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedLedger,
                    "the decision could not be recorded: there is no room for the ledger 'LEDGER': disk I/O error (SQLite 4874)"
                ))
        try FileManager.default.removeItem(atPath: filler)
        #expect(try scene.run().status == 0)
        let ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
        #expect(try ledger.entries(from: 1, limit: 10).map(\.sequence) == [1])
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func `a disk that may only be read refuses`() throws {
        let scene = try BadInputScene()
        let disk = try SmallDisk(kilobytes: 256)
        let path = "\(disk.path)/ledger.db"
        try FileManager.default.copyItem(atPath: scene.server.ledgerPath, toPath: path)
        try scene.server.configure("remit.ledger", path)
        try disk.makeReadOnly()
        let output = try scene.run()
        #expect(output.status == 2)
        #expect(
            output.errorText.replacing(path, with: "LEDGER").split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedLedger,
                    "the decision could not be recorded: the ledger 'LEDGER' may not be written"))
    }
}
