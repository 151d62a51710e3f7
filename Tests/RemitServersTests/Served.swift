import Foundation
import RemitEvidence
import RemitFormats
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

extension TestServer {
    /// Makes the clone push to another address of the server.
    func reach(by url: String) throws {
        try client.git("config", "remote.origin.url", url)
    }

    /// The decision that the ledger got last.
    func lastDecision() throws -> Decision {
        let entries = try recorded()
        let entry = try #require(entries.last)
        return try DecisionDocument.parse(entry.document, of: "the last decision")
    }

    /// Whether something lies in the object store that git puts there only while it receives a push.
    func hasLeftovers() throws -> Bool {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(repository.gitDirectory)/objects")
        let pack = try? FileManager.default.contentsOfDirectory(atPath: "\(repository.gitDirectory)/objects/pack")
        return (names + (pack ?? [])).contains { $0.hasPrefix("tmp_") || $0.hasPrefix("ghq_") }
    }
}

/// One push to a real server, and what must become of it.
struct ServedRow<Server>: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The rules that must refuse it; `nil` where it must be allowed.
    let rules: [String]?
    /// Whom the server must have vouched for; `nil` for nobody.
    let pusher: String?
    let settings: [String: String]
    let push: @Sendable (Scene, Server) throws -> Trial

    init(
        _ name: String, _ rules: [String]?, by pusher: String?, settings: [String: String] = [:],
        _ push: @escaping @Sendable (Scene, Server) throws -> Trial
    ) {
        testDescription = name
        self.rules = rules
        self.pusher = pusher
        self.settings = settings
        self.push = push
    }

    /// Pushes, and holds answer, refs, objects, ledger and pusher against what is expected.
    func run(_ scene: Scene, _ server: Server, log: @autoclosure () -> String) throws {
        let trial = try push(scene, server)
        if let rules { expectRefused(trial, by: rules) } else { expectAllowed(trial) }
        guard !trial.outcomes.isEmpty else {
            Issue.record("the hook did not answer; the server says: \(log())")
            return
        }
        #expect(try scene.server.lastDecision().pusher?.login == pusher.map { ByteString($0) })
        #expect(try !scene.server.hasLeftovers())
    }
}

extension Scene {
    static let bad: [String: FileEdit] = ["Deploy/run.sh": "rm -r /\n"]
    static let good: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    static let landing = "\(Scene.branch):refs/heads/main"
}
