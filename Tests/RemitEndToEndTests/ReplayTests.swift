import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What a push was judged by is kept, so that it can be judged again without the repository or the authority.
@Suite struct ReplayTests {
    private static func replay(_ scene: Scene, _ arguments: String...) throws -> Output {
        try spawn(
            [try BuiltProducts.remit, "replay", "--ledger", scene.server.ledgerPath] + arguments,
            environment: HermeticGit.environment(home: scene.client.directory.path))
    }

    /// A push that is allowed and one that is refused, and then nothing left of server and authority but the ledger.
    private static func bereft() throws -> Scene {
        let scene = try Scene(try TestAuthority())
        try scene.agent(["Sources/Pay.swift": "let pay = 2\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.agent(["Deploy/run.sh": "2\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
        try FileManager.default.removeItem(atPath: scene.server.repository.gitDirectory + "/objects")
        try FileManager.default.removeItem(atPath: scene.authority.repository.gitDirectory + "/objects")
        return scene
    }

    @Test func `decisions come out the same without the repository and the authority`() throws {
        let scene = try Self.bereft()
        let one = try Self.replay(scene, "2")
        #expect(one.text == "decision 2: the same bytes")
        #expect(one.status == 0)
        let all = try Self.replay(scene, "--all")
        #expect(all.text == "2 the same, 0 different, 0 cannot be judged again")
        #expect(all.status == 0, "\(all.errorText)")
    }

    @Test func `an input that was changed with its digest leads to another decision, which is told`() throws {
        let scene = try Self.bereft()
        // Whoever may write the database can change an input and every digest up to the entry, but not the decision.
        try rewrite("repository", of: 2, inLedgerAt: scene.server.ledgerPath) { text in
            text.replacing("Deploy/run.sh", with: "Sources/a.swift")
        }
        let one = try Self.replay(scene, "2")
        #expect(one.status == 1)
        #expect(
            one.errorText == """
                remit: error: decision 2 comes out differently
                remit: hint: what it comes to now is on standard output

                """)
        #expect(one.text.hasPrefix(#"{"schema":"decision/v1","outcome":"allowed""#))
        let all = try Self.replay(scene, "--all")
        #expect(all.text == "decision 2: different\n1 the same, 1 different, 0 cannot be judged again")
        #expect(all.status == 1)
    }

    @Test func `what was erased is said, and nothing is judged without it`() throws {
        let scene = try Self.bereft()
        try Self.sql("DELETE FROM input WHERE instr(bytes, 'push/v1') > 0", scene.server)
        let one = try Self.replay(scene, "1")
        #expect(one.status == 2)
        #expect(one.errorText.hasPrefix("remit: error: the 'request' of entry 1 is not kept any more: sha256:"))
        let all = try Self.replay(scene, "--all")
        #expect(all.status == 2)
        #expect(all.text.hasSuffix("0 the same, 0 different, 2 cannot be judged again"))
    }

    @Test func `an entry that is no decision, and one that is not there, are not judged`() throws {
        let scene = try Self.bereft()
        let missing = try Self.replay(scene, "9")
        #expect(missing.status == 2)
        #expect(missing.errorText == "remit: error: the ledger has no entry 9\n")
        let neither = try Self.replay(scene)
        #expect(neither.status == 64)
    }

    // MARK: What only the owner of the file can do

    private static func sql(_ text: String, _ server: TestServer) throws {
        let done = try spawn(["sqlite3", server.ledgerPath, text], environment: ["PATH": HermeticGit.path])
        #expect(done.status == 0, "\(done.errorText)")
    }
}

/// Changes an input of an entry and mends the manifest and the entry that name it, as whoever may write the file can.
func rewrite(_ role: String, of number: Int64, inLedgerAt path: String, _ edit: (String) -> String) throws {
    let ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
    let recorded = try #require(try ledger.recorded(number))
    let digest = try #require(recorded.manifest[role])
    let old = String(decoding: try #require(try ledger.input(digest)), as: UTF8.self)
    let new = Array(edit(old).utf8)
    #expect(Array(old.utf8) != new)
    let inputs = recorded.manifest.inputs.map {
        $0.role == role ? EvidenceManifest.Input(role: role, digest: EvidenceDigest(of: new)) : $0
    }
    let manifest = EvidenceManifest(salt: recorded.manifest.salt, document: recorded.manifest.document, inputs: inputs)
    var leaf = recorded.leaf
    leaf.evidence = EvidenceDigest(of: manifest.bytes)
    let statements = [new, manifest.bytes].map {
        "INSERT INTO input VALUES (x'\(EvidenceDigest(of: $0).hex)', x'\(Hex.text($0))');"
    }
    let entry = """
        DROP TRIGGER entry_never_updated;
        UPDATE entry SET bytes = x'\(Hex.text(leaf.bytes))', digest = x'\(EvidenceDigest(of: leaf.bytes).hex)'
        WHERE sequence = \(number);
        """
    let done = try spawn(["sqlite3", path, statements.joined() + entry], environment: ["PATH": HermeticGit.path])
    #expect(done.status == 0, "\(done.errorText)")
}
