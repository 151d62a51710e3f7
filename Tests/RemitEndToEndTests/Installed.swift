import RemitModel
import RemitTestSupport

/// A repository with a clone that `remit` is run on.
final class Installed {
    let server: TestServer
    var authority: TestAuthority { server.authority }
    var path: String { server.repository.path }
    var hook: String { "\(path)/hooks/pre-receive" }
    let agents: [String]

    /// Installs the gate, unless told otherwise; the authority then names all history there is as its baseline.
    init(_ options: String..., installs: Bool = true, baseline: Bool = true, agents: [String] = []) throws {
        self.agents = agents
        let authority = try TestAuthority()
        server = try TestServer(authority, hook: false)
        for agent in agents { try authority.register(agent) }
        if baseline { try authority.baseline([try server.repository.resolve("refs/heads/main")]) }
        if installs {
            let output = try install(options)
            guard output.status == 0 else {
                throw CommandFailure(command: ["remit", "install"], status: output.status, stderr: output.errorText)
            }
        }
    }

    func install(_ options: [String] = []) throws -> Output {
        try remit(
            [
                "install", path, "--authority", authority.path, "--root", authority.root.description, "--name",
                "payments", "--ledger", server.ledgerPath,
            ] + options)
    }

    /// Runs the built `remit` in a directory, the clone by default.
    func remit(
        _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:]
    ) throws -> Output {
        let hermetic = HermeticGit.environment(home: server.client.directory.path)
        return try runRemit(
            arguments, environment: hermetic.merging(environment) { $1 },
            directory: directory ?? server.client.path)
    }

    func doctor(_ options: String..., environment: [String: String] = [:]) throws -> Output {
        try remit(["doctor", path] + options, environment: environment)
    }

    /// What the doctor says about one subject, without the padding.
    func diagnosis(_ subject: String, environment: [String: String] = [:]) throws -> [String] {
        try remit(["doctor", path], environment: environment).lines.compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard words.count == 3, words[1] == subject else { return nil }
            return "\(words[0]) \(words[2].drop { $0 == " " })"
        }
    }
}
