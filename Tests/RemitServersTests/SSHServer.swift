import Foundation
import RemitTestSupport

/// OpenSSH's server on loopback, in which the user who runs the tests has an account of many keys.
///
/// It reads no configuration of this machine, and its sessions read no configuration of that user's git.
final class SSHServer {
    let port: Int
    let directory: TemporaryDirectory
    private let process: ServerProcess

    /// The variable in which the forced command names the account.
    static let variable = "REMIT_PUSHER"

    var log: String { process.log }

    /// Lets keys in, each with the options that its line begins with.
    convenience init(_ keys: [(options: String, key: SSHKey)], settings: [String] = []) throws {
        let directory = try TemporaryDirectory()
        let lines = keys.map { "\($0.options) \($0.key.publicLine)\n".drop { $0 == " " } }
        try directory.write(lines.joined(), to: "keys")
        try self.init(in: directory, authorizedKeys: "\(directory.path)/keys", home: directory.path, settings: settings)
    }

    init(
        in directory: TemporaryDirectory, authorizedKeys: String, home: String, settings: [String] = []
    ) throws {
        let port = try Loopback.freePort()
        (self.port, self.directory) = (port, directory)
        _ = try SSHKey(named: "host", in: directory)
        let lines =
            [
                "Port \(port)", "ListenAddress 127.0.0.1", "HostKey \(directory.path)/host", "PidFile none",
                "AuthorizedKeysFile \(authorizedKeys)", "StrictModes no", "UsePAM no", "PermitRootLogin yes",
                "PasswordAuthentication no", "KbdInteractiveAuthentication no",
                "SetEnv GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 HOME=\(home)", "LogLevel VERBOSE",
                "MaxStartups 100",
            ] + settings
        try directory.write(lines.joined(separator: "\n") + "\n", to: "sshd_config")
        // Where the server separates privileges; the package's own service makes it at each start.
        if geteuid() == 0 {
            try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        process = try ServerProcess(
            ["/usr/sbin/sshd", "-D", "-e", "-f", "\(directory.path)/sshd_config"], in: directory
        ) { Loopback.answers(port) }
    }

    /// The options of a key whose commands git's own shell runs, for an account.
    ///
    /// `hooks/README.md` says the same to administrators.
    static func forced(_ account: String) -> String {
        #"restrict,command="\#(variable)=\#(account) exec git-shell -c \"$SSH_ORIGINAL_COMMAND\"""#
    }

    func url(_ path: String) -> String { "ssh://\(NSUserName())@127.0.0.1:\(port)\(path)" }

    /// What makes git log in with a key, and `ssh` send variables along; git itself hands its own ones to nobody.
    static func login(_ key: SSHKey, sending variables: [String: String] = [:]) -> [String: String] {
        let words =
            ["env"] + variables.map { "\"\($0.key)=\($0.value)\"" } + [
                "ssh", "-F", "none", "-i", key.privatePath, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            ] + variables.flatMap { ["-o", "SendEnv=\($0.key)"] }
        return ["GIT_SSH_COMMAND": words.joined(separator: " ")]
    }
}
