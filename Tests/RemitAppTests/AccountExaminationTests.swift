import Foundation
import RemitTestSupport
import Testing

@testable import RemitApp

/// Who can run git on the server with options of their own, read from files as a server has them.
@Suite struct AccountExaminationTests {
    private static let forced = #"restrict,command="/usr/bin/gitolite-shell a\"b , c" ssh-ed25519 AAAA a"#

    private static func examine(
        shell: String = "/bin/sh", keys: String? = nil, user: AccountExamination.User = .named("git")
    ) throws -> (lines: [String], home: String) {
        let directory = try TemporaryDirectory()
        let accounts = try directory.write(
            "root:x:0:0:root:/root:/bin/bash\n# comment\ngit:x:998:998::\(directory.path):\(shell)\n", to: "passwd")
        if let keys { try directory.write(keys, to: ".ssh/authorized_keys") }
        let found = AccountExamination(accounts: accounts).diagnoses(of: user)
        let lines = found.map { "\($0.status.rawValue) \($0.message)" + ($0.remedy.map { "; \($0)" } ?? "") }
        return (lines.map { $0.replacing(directory.path, with: "HOME") }, directory.path)
    }

    @Test(arguments: ["/usr/sbin/nologin", "/bin/false", "/usr/bin/git-shell"])
    func `a shell that runs nothing of the pusher's`(shell: String) throws {
        #expect(
            try Self.examine(shell: shell, keys: "ssh-ed25519 AAAA a\n").lines == [
                "ok user 'git' has the shell '\(shell)', which runs no command of the pusher's"
            ])
    }

    @Test func `a shell without a key, and with keys that are held to a command`() throws {
        #expect(
            try Self.examine(shell: "", user: .id(998)).lines == [
                "ok user 'git' has the shell '/bin/sh', and no key in 'HOME/.ssh/authorized_keys'"
            ])
        #expect(
            try Self.examine(keys: "# keys\n\n\(Self.forced)\n\tCommand=\"x\" ssh-rsa AAAA\n").lines == [
                "ok user 'git' has the shell '/bin/sh', and each of its 2 keys has a command of its own"
            ])
    }

    @Test(arguments: [
        "ssh-ed25519 AAAA a", "restrict ssh-ed25519 AAAA", #"environment="X=command=\"y" ssh-rsa AAAA"#,
        #"from="a,command=\"b\"" ssh-rsa AAAA"#, "ecdsa-sha2-nistp256 AAAA command=\"x\"", "nonsense",
    ])
    func `a key that may run any command`(line: String) throws {
        #expect(
            try Self.examine(keys: "\(Self.forced)\n\(line)\n").lines == [
                "warn user 'git' has the shell '/bin/sh', and a key in 'HOME/.ssh/authorized_keys' may run any command, "
                    + "git without hooks among them: line 2; put 'restrict,command=\"...\"' before each, or set the shell "
                    + "to git-shell"
            ])
    }

    @Test func `many such keys are counted`() throws {
        let keys = String(repeating: "ssh-ed25519 AAAA a\n", count: 8)
        #expect(
            try Self.examine(shell: "/bin/bash", keys: keys).lines == [
                "warn user 'git' has the shell '/bin/bash', and keys in 'HOME/.ssh/authorized_keys' may run any command, "
                    + "git without hooks among them: line 1, 2, 3, 4, 5 and 3 more; put 'restrict,command=\"...\"' before "
                    + "each, or set the shell to git-shell"
            ])
    }

    @Test func `what cannot be known is not taken for good`() throws {
        #expect(
            try Self.examine(user: .named("nobody-such")).lines.map { $0.replacing("HOME/", with: "") } == [
                "warn user 'nobody-such' is not in 'passwd': whether it gets a shell is not known; name the user as whom "
                    + "the server runs git with --user"
            ])
        let lines = AccountExamination(accounts: "/nowhere/passwd").diagnoses(of: .id(1)).map(\.line)
        #expect(
            lines == [
                "warn accounts      whether git's user gets a shell is not known: cannot read '/nowhere/passwd': No such "
                    + "file or directory; look as root"
            ])
    }

    @Test func `sshd lets no client name itself`() throws {
        let directory = try TemporaryDirectory()
        func examine() throws -> [String] {
            try SSHDaemonExamination(directory: directory.path, variable: "GIT_USER").diagnoses().map {
                "\($0.status.rawValue) \($0.message)" + ($0.remedy.map { "; \($0)" } ?? "")
            }
        }
        try directory.write("AcceptEnv LANG LC_*\nPermitUserEnvironment no\n#AcceptEnv *\n", to: "sshd_config")
        #expect(try examine() == ["ok sshd takes 'GIT_USER' from no client"])
        try directory.write("# more\nacceptenv=LANG G?T_*\nPermitUserEnvironment yes\n", to: "sshd_config.d/a.conf")
        let file = "\(directory.path)/sshd_config.d/a.conf"
        #expect(
            try examine() == [
                "FAIL line 2 of '\(file)' lets every client set 'GIT_USER': AcceptEnv G?T_*; take it out: the pusher "
                    + "would name himself",
                "warn line 3 of '\(file)' lets ~/.ssh/environment set 'GIT_USER': PermitUserEnvironment yes; let nobody "
                    + "write that file, or let the forced command set the variable",
            ])
    }

    @Test(arguments: [
        ("GL_USER", "GL_*", true), ("GL_USER", "*", true), ("GL_USER", "GL_USER", true), ("GL_USER", "gl_*", false),
        ("GL_USER", "GL_USE", false), ("GL_USER", "*_U??R*", true), ("GL_USER", "", false), ("GL_USER", "?", false),
    ])
    func `sshd's wildcards`(text: String, pattern: String, isMatched: Bool) {
        #expect(SSHDaemonExamination.matches(text.utf8, pattern.utf8) == isMatched)
    }
}
