import Foundation
import RemitModel
import RemitTestSupport

/// Gitolite 3 with a home of its own, reached through an `sshd` that lets its users in.
///
/// It serves the repository of one test server where that lies, and calls Remit as its common hook.
final class Gitolite {
    let server: TestServer
    let ssh: SSHServer
    private let home: TemporaryDirectory
    private let keys: [String: SSHKey]

    private var environment: [String: String] {
        HermeticGit.environment(home: home.path).merging(["USER": "git"]) { $1 }
    }

    /// What gitolite asks Remit by.
    enum Asking { case commonHook, virtualRef }

    /// Makes gitolite serve a repository to some users, who have all rights.
    init(_ server: TestServer, users: [String], asking: Asking = .commonHook) throws {
        let home = try TemporaryDirectory()
        (self.server, self.home) = (server, home)
        var keys: [String: SSHKey] = [:]
        for user in users + ["administrator"] { keys[user] = try SSHKey(named: user, in: home) }
        self.keys = keys
        ssh = try SSHServer(
            in: try TemporaryDirectory(), authorizedKeys: "\(home.path)/.ssh/authorized_keys", home: home.path)

        try home.write(
            Self.settings(repositories: server.repository.directory.path, home: home.path), to: ".gitolite.rc")
        try run(["gitolite", "setup", "-pk", "\(home.path)/administrator.pub"])
        for user in users { try run(["cp", "\(home.path)/\(user).pub", "\(home.path)/.gitolite/keydir/"]) }
        switch asking {
        case .commonHook:
            try configure("repo payments\n    RW+ = @all\n")
            try install("pre-receive", by: try readFile("\(repositoryRoot())/hooks/pre-receive"))
        case .virtualRef:
            let shim = String(decoding: try readFile("\(repositoryRoot())/hooks/gitolite/VREF/remit"), as: UTF8.self)
                .replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook)
            try home.write(shim.utf8, to: "local/VREF/remit", executable: true)
            try configure("repo payments\n    RW+ = @all\n    - VREF/remit = @all\n")
        }
    }

    /// Writes what gitolite is configured by, as a push to its own repository does.
    func configure(_ text: String) throws {
        try home.write("repo gitolite-admin\n    RW+ = administrator\n\(text)", to: ".gitolite/conf/gitolite.conf")
        try run(["gitolite", "compile"])
        try run(["gitolite", "trigger", "POST_COMPILE"])
    }

    /// Puts a hook where gitolite takes it from for all repositories, beside a note of how it ended.
    private func install(_ name: String, by shim: [UInt8]) throws {
        let text = String(decoding: shim, as: UTF8.self)
            .replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook)
        try home.write(text.utf8, to: "\(name).shim", executable: true)
        try home.write(
            "#!/bin/sh\n'\(home.path)/\(name).shim'\ns=$?\necho $s >../hook-status\nexit $s\n".utf8,
            to: "local/hooks/common/\(name)", executable: true)
        try run(["gitolite", "setup", "--hooks-only"])
    }

    /// Pushes as a user.
    func push(_ refspecs: String..., by user: String, options: [String] = []) throws -> Trial {
        let environment = try login(user)
        return try server.watch(keepsHook: true) {
            try server.client.attempt(["push"] + options + [ssh.url("/payments")] + refspecs, environment: environment)
        }
    }

    /// Takes away what gitolite asks by a virtual ref.
    func removeVirtualRef() throws { try FileManager.default.removeItem(atPath: "\(home.path)/local/VREF/remit") }

    /// What makes git log in as a user.
    func login(_ user: String) throws -> [String: String] {
        guard let key = keys[user] else { throw CommandFailure(command: [], status: 1, stderr: "no user \(user)") }
        return SSHServer.login(key)
    }

    @discardableResult
    private func run(_ command: [String]) throws -> Output {
        let output = try spawn(command, environment: environment)
        guard output.status == 0 else {
            throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
        }
        return output
    }

    private static func settings(repositories: String, home: String) -> String {
        """
        %RC = (
            UMASK => 0077,
            GL_REPO_BASE => '\(repositories)',
            LOCAL_CODE => '\(home)/local',
            ENABLE => ['ssh-authkeys'],
        );
        1;

        """
    }
}
