/// An `ssh-agent` of one test, ended with the last reference to it.
package final class SSHAgent {
    /// What a program needs to find it.
    package let environment: [String: String]
    private let home: TemporaryDirectory

    package init() throws {
        home = try TemporaryDirectory()
        let started = try spawn(
            ["ssh-agent", "-s", "-a", "\(home.path)/socket"], environment: HermeticGit.environment(home: home.path))
        guard let process = started.text.split(separator: ";").first(where: { $0.contains("SSH_AGENT_PID=") }) else {
            throw CommandFailure(command: ["ssh-agent"], status: started.status, stderr: started.errorText)
        }
        environment = [
            "SSH_AUTH_SOCK": "\(home.path)/socket",
            "SSH_AGENT_PID": String(process.drop { $0 != "=" }.dropFirst()),
        ]
    }

    /// Hands a key, and the certificate beside it, to the agent.
    package func add(_ key: SSHKey) throws {
        let output = try run(["ssh-add", "-q", key.privatePath])
        guard output.status == 0 else {
            throw CommandFailure(command: ["ssh-add"], status: output.status, stderr: output.errorText)
        }
    }

    private func run(_ command: [String]) throws -> Output {
        try spawn(command, environment: HermeticGit.environment(home: home.path).merging(environment) { $1 })
    }

    deinit {
        // What cannot be ended is left to whoever looks after the machine.
        _ = try? run(["ssh-agent", "-k"])
    }
}
