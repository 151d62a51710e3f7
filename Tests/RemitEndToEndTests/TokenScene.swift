import Foundation
import RemitModel
import RemitTestSupport

/// A job that deploys `payments` to production, where the policy demands a token of GitHub's.
final class TokenScene {
    let authority: TestAuthority
    let server: TestServer
    let directory: TemporaryDirectory
    /// What is deployed, and what is to be: a person's commit on `main`.
    let deployed: ObjectID
    let commit: ObjectID

    var keysPath: String { "\(directory.path)/jwks.json" }
    var tokenPath: String { "\(directory.path)/token" }
    var evidencePath: String { "\(directory.path)/evidence" }

    init(_ change: (inout TestPolicy) -> Void = { _ in }) throws {
        authority = try TestAuthority()
        server = try TestServer(authority, hook: false)
        directory = try TemporaryDirectory()
        deployed = try server.client.resolve("refs/heads/main")
        try authority.publish { policy in
            var environment = TestPolicy.Environment("production")
            environment.identity = "proved"
            policy.environments = [environment]
            policy.jobs = [TestPolicy.Job()]
            change(&policy)
        }
        try authority.baseline([deployed])
        commit = try server.commit(["README.md": "payments 2\n"])
        try server.client.git("checkout", "-q", "main")
        // The mirror of main that a job's clone has.
        try server.client.git("push", "-q", "origin", "main")
        try server.client.git("fetch", "-q", "origin")
        try write(TestIssuer.keySet(try TestIssuer.rsa.get().publicKey), to: keysPath)
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// What GitHub would say of the job, some of it changed.
    func claims(_ changes: [String: String?] = [:]) -> [String: String] {
        var claims = TestIssuer.githubClaims(at: Int64(Date().timeIntervalSince1970), commit: commit.hex)
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    /// Gives the job a token of GitHub's, as its file would be written by `echo`.
    func give(_ changes: [String: String?] = [:]) throws {
        try write(Array("\(try TestIssuer.rsa.get().token(claims(changes)))\n".utf8), to: tokenPath)
    }

    /// Runs the built gate in the clone.
    func deploy(_ options: [String], environment: [String: String] = [:]) throws -> Output {
        try runRemit(
            [
                "gate", "deploy", "--environment", "production", "--since", deployed.hex,
                "--authority", authority.path, "--root", authority.root.description, "--repository", "payments",
            ] + options,
            environment: HermeticGit.environment(home: directory.path).merging(environment) { $1 },
            directory: server.client.path)
    }

    /// The same with the token that was given, and the keys in a file.
    func deployWithToken(_ options: [String] = [], environment: [String: String] = [:]) throws -> Output {
        try deploy(["--jwks", keysPath, "--token-file", tokenPath] + options, environment: environment)
    }
}
