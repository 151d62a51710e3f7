import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What a repository shows of its server, and what 'remit install' makes of it.
@Suite struct DetectionTests {
    /// Files as each server leaves them in a repository, and what is said of them.
    enum Server: String, CaseIterable, CustomTestStringConvertible {
        case gitolite, gitoliteConfiguration, gitea, forgejo, softServe, gitlab

        var testDescription: String { rawValue }

        var kind: String {
            switch self {
            case .gitolite, .gitoliteConfiguration: "gitolite"
            case .softServe: "soft-serve"
            case .gitea, .forgejo, .gitlab: rawValue
            }
        }

        func evidence(_ path: String) -> String {
            switch self {
            case .gitolite: "'\(path)/hooks/update' is gitolite's"
            case .gitoliteConfiguration: "it holds 'gl-conf'"
            case .gitea, .forgejo: "'\(path)/hooks/pre-receive.d/gitea' is there"
            case .softServe: "'\(path)/hooks/pre-receive.d/soft-serve' is there"
            case .gitlab: "'\(path)/custom_hooks' is there"
            }
        }

        func apply(_ path: String) throws {
            let hooks = "\(path)/hooks"
            switch self {
            case .gitolite:
                try writeFile(
                    Array("#!/usr/bin/perl\nuse Gitolite::Hooks::Update;\n".utf8), to: "\(hooks)/update",
                    executable: true)
            case .gitoliteConfiguration: try writeFile(Array("%one_config = ();\n".utf8), to: "\(path)/gl-conf")
            case .gitea, .forgejo:
                let text = "#!/usr/bin/env bash\n\"/usr/local/bin/\(rawValue)\" hook pre-receive\n"
                try Dispatched.script(text, at: "\(hooks)/pre-receive.d/gitea")
            case .softServe: try Dispatched.script("#!/bin/sh\nexit 0\n", at: "\(hooks)/pre-receive.d/soft-serve")
            case .gitlab: try Dispatched.script("#!/bin/sh\nexit 0\n", at: "\(path)/custom_hooks/pre-receive.d/lint")
            }
        }
    }

    @Test(arguments: Server.allCases)
    func `the server is taken from what it left, and said`(_ server: Server) throws {
        let installed = try Installed(installs: false)
        try server.apply(installed.path)
        let output = try installed.install()
        #expect(output.status == 0, "\(output.errorText)")
        let evidence = server.evidence(installed.path)
        #expect(output.errorText.hasPrefix("remit: host \(server.kind), since \(evidence)\n"), "\(output.errorText)")
        #expect(try installed.server.repository.git("config", "remit.host").text == server.kind)
        #expect(try installed.diagnosis("host") == ["ok \(server.kind), since \(evidence)"])
    }

    @Test(arguments: Server.allCases)
    func `another host than the repository looks like is refused, unless one insists`(_ server: Server) throws {
        let installed = try Installed(installs: false)
        try server.apply(installed.path)
        let output = try installed.install(["--host", "plain"])
        #expect(output.status == 64)
        let seen = "\(server.kind), since \(server.evidence(installed.path))"
        #expect(
            output.errorText == """
                remit: error: --host plain, but the repository looks like one of \(seen)
                remit: hint: give --host \(server.kind), or stand by your word with --insist

                """)
        #expect(!FileManager.default.fileExists(atPath: installed.hook))
        #expect(try installed.install(["--host", "plain", "--insist"]).status == 0)
        #expect(
            try installed.diagnosis("host") == [
                "warn host plain is set, but the repository looks like one of \(seen): who pushes is not known, and the "
                    + "hook may lie where nothing runs it; run 'remit install' again, with the --host that is right"
            ])
    }

    @Test func `Gitea's files are no word against Forgejo`() throws {
        let installed = try Installed(installs: false)
        try Server.gitea.apply(installed.path)
        #expect(try installed.install(["--host", "forgejo"]).status == 0)
        #expect(try installed.server.repository.git("config", "remit.host").text == "forgejo")
        #expect(try installed.diagnosis("host").first?.hasPrefix("ok gitea, since ") == true)
    }

    @Test func `of two servers one has to be named`() throws {
        let installed = try Installed(installs: false)
        try Server.gitolite.apply(installed.path)
        try Server.gitlab.apply(installed.path)
        let seen = [Server.gitolite, .gitlab].map { "\($0.kind), since \($0.evidence(installed.path))" }
        let output = try installed.install()
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: the repository looks like one of several servers: \(seen.joined(separator: "; "))
                remit: hint: say which it is with --host

                """)
        #expect(try installed.install(["--host", "gitlab"]).status == 0)
    }

    @Test func `without a trace nobody is believed, and it is said`() throws {
        let installed = try Installed(installs: false)
        let output = try installed.install()
        #expect(
            output.errorText.hasPrefix(
                """
                remit: host plain, since nothing of another server is to be seen; where sshd or a web server vouches for \
                the pusher, give --host ssh or --host http

                """), "\(output.errorText)")
        #expect(try installed.diagnosis("host") == ["ok host plain: nothing of another server is to be seen"])
    }

    @Test func `what was set before stays, with the variable that goes with it`() throws {
        let installed = try Installed("--host", "ssh", "--pusher-variable", "WHO")
        let output = try installed.install()
        #expect(output.status == 0)
        #expect(output.errorText.hasPrefix("remit: host ssh, as it was set before\n"), "\(output.errorText)")
        let repository = installed.server.repository
        #expect(try repository.git("config", "remit.host").text == "ssh")
        #expect(try repository.git("config", "remit.pusherVariable").text == "WHO")
        #expect(try installed.install(["--host", "plain"]).status == 0)
        #expect(try repository.attempt(["config", "remit.pusherVariable"]).status == 1)
    }

    @Test(arguments: [
        ("gerrit", "Gerrit", "its site's directory", "site/git/payments.git"),
        ("bitbucket", "Bitbucket Data Center", "its own settings", "payments.git"),
    ])
    func `a server that takes no hooks from a repository is found and refused`(
        kind: String, name: String, place: String, path: String
    ) throws {
        let installed = try Installed(installs: false)
        let directory = try TemporaryDirectory()
        let repository = "\(directory.path)/\(path)"
        try FileManager.default.createDirectory(
            atPath: (repository as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: installed.path, toPath: repository)
        if kind == "gerrit" {
            try Dispatched.script("[gerrit]\n", at: "\(directory.path)/site/etc/gerrit.config")
        } else {
            try Dispatched.script("#!/bin/sh\n", at: "\(repository)/hooks/pre-receive.d/20_bitbucket_callback")
        }
        let output = try installed.remit([
            "install", repository, "--authority", installed.authority.path, "--root",
            installed.authority.root.description, "--name", "payments", "--ledger", installed.server.ledgerPath,
        ])
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: \(name) takes its hooks from \(place), not from here
                remit: hint: see hooks/README.md, '\(name)'

                """)
    }
}
