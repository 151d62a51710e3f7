import RemitModel
import RemitTestSupport

/// A repository that is deployed from its main branch, the gate's key, and a clone in which the gate is run.
final class Deploying {
    let authority: TestAuthority
    let server: TestServer
    let directory: TemporaryDirectory
    /// What the policy has for the gate's key: OpenSSH's form.
    let publicLine: String
    let publicPEM: String

    var key: String { "\(directory.path)/gate.pem" }
    var client: TestRepository { server.client }

    /// - Parameter type: of the gate's key.
    init(type: String = "ed25519", settings: [String: String] = [:]) throws {
        authority = try TestAuthority()
        server = try TestServer(authority, settings: settings)
        directory = try TemporaryDirectory()
        let made = try spawn(
            [BuiltProducts.remit, "gate", "key", "--new", "\(directory.path)/gate.pem", "--type", type],
            environment: HermeticGit.environment(home: directory.path), directory: directory.path)
        guard made.status == 0 else {
            throw CommandFailure(command: ["remit", "gate", "key"], status: made.status, stderr: made.errorText)
        }
        publicLine = made.lines.first ?? ""
        publicPEM = made.lines.dropFirst().map { $0 + "\n" }.joined()
        let line = publicLine
        try authority.publish { policy in
            policy.environments = ["production", "staging"].map { name in
                var environment = TestPolicy.Environment(name)
                environment.statementKeys = [line]
                return environment
            }
        }
        try authority.baseline([try server.repository.resolve("refs/heads/main")])
    }

    /// Runs the built `remit` in the clone.
    func remit(
        _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil
    ) throws -> Output {
        try runRemit(
            arguments,
            environment: HermeticGit.environment(home: self.directory.path).merging(environment) { $1 },
            directory: directory ?? client.path)
    }

    /// What both gates must be told.
    func settings(authority path: String? = nil) -> [String] {
        ["--authority", path ?? authority.path, "--root", authority.root.description, "--repository", "payments"]
    }

    /// Judges a deployment of HEAD.
    func deploy(
        to environment: String = "production", _ more: [String] = [], authority path: String? = nil
    ) throws -> Output {
        try remit(["gate", "deploy", "--environment", environment] + settings(authority: path) + more)
    }

    /// The same, with a file of statements.
    func state(_ name: String, for environment: String = "production", _ more: [String] = []) throws -> String {
        let file = "\(directory.path)/\(name)"
        let output = try deploy(to: environment, ["--statement", file, "--sign-key", key] + more)
        guard output.status == 0 else {
            throw CommandFailure(
                command: ["remit", "gate", "deploy"], status: output.status, stderr: output.text + output.errorText)
        }
        return file
    }

    /// A person's commit on main, which the server has.
    @discardableResult
    func advance(_ text: String) throws -> ObjectID {
        let commit = try server.commit(["README.md": .file(text)])
        let push = try server.push("refs/heads/main")
        guard push.status == 0 else {
            throw CommandFailure(command: ["git", "push"], status: push.status, stderr: push.errorText)
        }
        return commit
    }

    func deployed(_ file: String, environment: String = "production") throws -> Output {
        try remit(["gate", "deployed", "--environment", environment, "--statement", file])
    }
}
