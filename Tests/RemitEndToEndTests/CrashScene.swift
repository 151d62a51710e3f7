import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// One push that is made again and again from the same state, each time with another fault.
///
/// Both hooks run and the log is published; the delegation has limits, so that what is spent is written too.
final class CrashScene {
    static let ref = "refs/heads/agent/PAY-42/first"
    static let next = "refs/heads/agent/PAY-42/second"

    let scene: Scene
    let commit: ObjectID
    private let other: ObjectID
    private let saved: TemporaryDirectory
    var server: TestServer { scene.server }

    init() throws {
        scene = try Scene(try TestAuthority()) { $0.limits = ["commits": 40, "files": 40, "pushes": 40] }
        try scene.server.repository.installHook(
            "post-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n")
        try scene.server.makeLogKey()
        commit = try scene.agent(["Sources/first": "1\n"], on: Self.ref)
        other = try scene.agent(["Sources/second": "1\n"], on: Self.next)
        // Something stands in the ledger already, and the settings of the gate are known to it.
        try scene.advanceMain(["README.md": "2\n"])
        saved = try TemporaryDirectory()
        try FileManager.default.copyItem(atPath: server.directory.path, toPath: "\(saved.path)/ledger")
    }

    /// The ledger and the server's refs as they were before the first push.
    func reset() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: server.directory.path) {
            try FileManager.default.removeItem(atPath: "\(server.directory.path)/\(name)")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(saved.path)/ledger") {
            try FileManager.default.copyItem(
                atPath: "\(saved.path)/ledger/\(name)", toPath: "\(server.directory.path)/\(name)")
        }
        for ref in [Self.ref, Self.next] {
            try? FileManager.default.removeItem(atPath: "\(server.repository.gitDirectory)/\(ref)")
        }
    }

    func push(_ ref: String, environment: [String: String] = [:]) throws -> Output {
        try server.client.attempt(["push", "-q", server.repository.path, ref], environment: environment)
    }

    func landed(_ ref: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: "\(server.repository.gitDirectory)/\(ref)") else { return false }
        return try server.tip(of: ref) == (ref == Self.ref ? commit : other)
    }

    /// What the ledger of the server says, in whatever state its files are.
    ///
    /// A copy is looked at: the next push must meet the files as the fault has left them.
    func state() throws -> LedgerState {
        let copy = try TemporaryDirectory()
        let path = "\(copy.path)/ledger"
        try FileManager.default.copyItem(atPath: server.directory.path, toPath: path)
        return try LedgerState(at: "\(path)/ledger.db", of: scene.delegation.id)
    }
}

/// What stands in a ledger, and whether it is whole.
struct LedgerState {
    /// What SQLite and our own verification find wrong.
    let faults: [String]
    let entries: [RecordedEntry]
    let spent: Spent
    let history: GateHistory

    init(at path: String, of delegation: RecordID, in repository: String = "payments") throws {
        let ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
        let found = try LogVerifier(LogDirectory(ofLedgerAt: ByteString(path)), key: nil).examine(ledger)
        entries = try (1...max(1, ledger.count())).compactMap { try ledger.recorded($0) }
        spent = try ledger.spent(delegation)
        history = try GateHistory(of: repository, in: ledger)
        let check = try spawn(
            ["sqlite3", path, "PRAGMA integrity_check; PRAGMA foreign_key_check;"],
            environment: HermeticGit.environment(home: "/"))
        faults =
            found.faults.map(\.words) + (check.text == "ok" ? [] : [check.text + check.errorText])
            + (found.erased == 0 ? [] : ["\(found.erased) inputs are not there"])
    }

    /// The decisions that allowed a push of this commit, and what landed by each.
    func allowed(_ commit: ObjectID) -> [Int64] {
        entries.filter { entry in
            guard case .decision(_, .allowed, _, _) = entry.leaf.summary else { return false }
            return String(decoding: entry.document, as: UTF8.self).contains(#""new":"\#(commit.hex)""#)
        }.map(\.sequence)
    }

    /// The decisions on which effects rest; `nil` for what landed without one.
    func effects() throws -> [Int64?] {
        try entries.filter { $0.leaf.kind == .effect }.flatMap { entry in
            try Effect(entry.document, of: "entry \(entry.sequence)").landed.map(\.decision)
        }
    }
}
