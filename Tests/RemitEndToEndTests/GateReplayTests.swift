import Foundation
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What a gate in CI was judged by is kept, so that it can be judged again without clone, authority or token.
///
/// That each decision of a gate comes out the same, `runRemit` looks after in every other test of the gates.
@Suite struct GateReplayTests {
    private static func ledger(_ directory: TemporaryDirectory) throws -> String {
        let path = "\(directory.path)/ci.db"
        _ = try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        return path
    }

    private static func replay(_ path: String, _ arguments: String...) throws -> Output {
        try spawn(
            [try BuiltProducts.remit, "replay", "--ledger", path] + arguments,
            environment: ["PATH": HermeticGit.path])
    }

    private static func takeAway(_ repositories: TestRepository...) throws {
        for repository in repositories {
            try FileManager.default.removeItem(atPath: repository.gitDirectory + "/objects")
        }
    }

    @Test func `merges and deployments come out the same when nothing is left but the ledger`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        let path = try Self.ledger(scene.server.directory)
        try scene.agent(["Sources/Pay.swift": "let pay = 2\n"])
        try scene.approve()
        expectAllowed(try scene.gate(options: "--ledger", path))
        try scene.agent(["Deploy/run.sh": "2\n"])
        #expect(try scene.gate(options: "--ledger", path).status == 1)
        #expect(try scene.gate(onto: String(repeating: "1", count: 40), options: "--ledger", path).status == 2)

        let deploy = try DeployScene()
        try deploy.land(under: try deploy.delegate(to: ["production"]))
        #expect(try deploy.gate("--since", deploy.start.hex, "--ledger", path, "--max-age", "1h").status == 2)
        try deploy.authority.publish { _ in }

        try Self.takeAway(
            scene.server.repository, scene.client, scene.authority.repository, deploy.client, deploy.server.repository)
        try FileManager.default.removeItem(atPath: deploy.authority.repository.gitDirectory)
        let all = try Self.replay(path, "--all")
        #expect(all.text == "4 the same, 0 different, 0 cannot be judged again")
        #expect(all.status == 0, "\(all.errorText)")
    }

    /// A deployment by a job of GitHub's with a token, and a variable that nobody asks for.
    private static func deployed() throws -> (scene: TokenScene, path: String) {
        let scene = try TokenScene()
        let path = try ledger(scene.directory)
        try scene.give()
        let output = try scene.deployWithToken(
            ["--ledger", path],
            environment: [
                "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "42", "GITHUB_ACTOR": "sam",
                "AWS_SECRET_ACCESS_KEY": "hunter2hunter2", "GITHUB_TOKEN": "ghs_hunter3hunter3",
            ])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        return (scene, path)
    }

    @Test func `the claims and the key of a token are kept, its signature and other variables are not`() throws {
        let (scene, path) = try Self.deployed()
        let ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
        let recorded = try #require(try ledger.recorded(1))
        func kept(_ role: String) throws -> [UInt8] {
            let digest = try #require(recorded.manifest[role])
            return try #require(try ledger.input(digest))
        }
        let token = try #require(try JSONSerialization.jsonObject(with: Data(kept("token"))) as? [String: Any])
        #expect((token["claims"] as? [String: Any])?["run_id"] as? String == "42")
        let key = try kept("token-key")
        let thumbprint = try spawn(
            ["sh", "-c", "openssl dgst -sha256 -binary | basenc --base64url | tr -d '=\n'"], input: key,
            environment: ["PATH": HermeticGit.path])
        #expect(token["key"] as? String == thumbprint.text)
        let job = try #require(
            try JSONSerialization.jsonObject(with: Data(kept("job"))) as? [String: Any])
        #expect(
            job["variables"] as? [[String]] == [["GITHUB_ACTOR", "sam"], ["GITHUB_RUN_ID", "42"]])

        let text = try String(contentsOfFile: scene.tokenPath, encoding: .utf8)
        let signature = try #require(text.split(separator: ".").last).dropLast()
        for file in [path, path + "-wal"] where FileManager.default.fileExists(atPath: file) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            for secret in ["hunter2", "hunter3", String(signature)] {
                #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret) is in \(file)")
            }
        }
    }

    @Test func `a variable that was changed with its digests leads to another decision, which is told`() throws {
        let (scene, path) = try Self.deployed()
        defer { withExtendedLifetime(scene) {} }
        #expect(try Self.replay(path, "1").text == "decision 1: the same bytes")
        try rewrite("job", of: 1, inLedgerAt: path) {
            $0.replacing(#"["GITHUB_RUN_ID","42"]"#, with: #"["GITHUB_RUN_ID","43"]"#)
        }
        let one = try Self.replay(path, "1")
        #expect(one.status == 1)
        #expect(one.text.contains("GITHUB_RUN_ID says 43, the token says 42"), "\(one.text)\(one.errorText)")
    }

    @Test func `what is no request of a gate is not judged`() throws {
        let (scene, path) = try Self.deployed()
        defer { withExtendedLifetime(scene) {} }
        try rewrite("request", of: 1, inLedgerAt: path) { $0.replacing("pipeline/v1", with: "push/v1") }
        let one = try Self.replay(path, "1")
        #expect(one.status == 2)
        #expect(
            one.errorText == "remit: error: 'request' of entry 1: it is not what a gate in CI was asked\n")
    }
}
