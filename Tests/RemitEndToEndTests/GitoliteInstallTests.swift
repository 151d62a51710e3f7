import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A repository that the real gitolite made, with its own hooks in it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gitolite"), "needs gitolite3"))
struct GitoliteInstallTests {
    private final class Gitolite {
        let installed: Installed
        let home: TemporaryDirectory
        var path: String { "\(home.path)/repositories/testing.git" }
        var hook: String { "\(path)/hooks/pre-receive" }

        init() throws {
            installed = try Installed(installs: false)
            home = try TemporaryDirectory()
            try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(home.path)/admin"])
            try run(["gitolite", "setup", "-pk", "\(home.path)/admin.pub"])
        }

        /// Puts a hook into gitolite's directory for all repositories, and links it into each.
        func addCommonHook(_ name: String, _ text: String) throws {
            try Dispatched.script(text, at: "\(home.path)/.gitolite/hooks/common/\(name)")
            try setup()
        }

        func setup() throws { try run(["gitolite", "setup", "--hooks-only"]) }

        func install(_ options: [String] = []) throws -> Output {
            try installed.remit(
                [
                    "install", path, "--authority", installed.authority.path, "--root",
                    installed.authority.root.description, "--name", "payments", "--ledger",
                    installed.server.ledgerPath,
                ] + options)
        }

        private func run(_ command: [String]) throws {
            let output = try spawn(command, environment: HermeticGit.environment(home: home.path))
            guard output.status == 0 else {
                throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
            }
        }
    }

    @Test func `a repository of gitolite's gets its hook, which stays, and is proved`() throws {
        let gitolite = try Gitolite()
        let output = try gitolite.install()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText.hasPrefix("remit: host gitolite, since '\(gitolite.path)/hooks/update' is gitolite's\n"))
        try gitolite.setup()
        let doctor = try gitolite.installed.remit(["doctor", gitolite.path])
        #expect(
            doctor.lines.contains("ok   hook          '\(gitolite.hook)' is Remit's and executable"), "\(doctor.text)")
        #expect(
            doctor.lines.last == "ok   push          a probe by the unregistered agent 'openhands' was refused by Remit"
        )
        #expect(try gitolite.installed.remit(["uninstall", gitolite.path]).status == 0)
        #expect(!FileManager.default.fileExists(atPath: gitolite.hook))
        // Gitolite's own hook was not touched.
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: "\(gitolite.path)/hooks/update")
                == "\(gitolite.home.path)/.gitolite/hooks/common/update")
    }

    @Test(arguments: ["pre-receive", "post-receive"])
    func `where gitolite would put its link back, nothing is installed`(name: String) throws {
        let gitolite = try Gitolite()
        try gitolite.addCommonHook(name, "#!/bin/sh\nexit 0\n")
        let target = "\(gitolite.home.path)/.gitolite/hooks/common/\(name)"
        for options in [[], ["--chain"]] {
            let output = try gitolite.install(options)
            #expect(output.status == 1)
            #expect(
                output.errorText == """
                    remit: error: '\(gitolite.path)/hooks/\(name)' is a link to '\(target)', which gitolite puts into \
                    every repository
                    remit: hint: its next 'gitolite setup' would put the link back in the place of Remit's hook: see \
                    hooks/README.md, 'Install on gitolite'

                    """)
        }
        #expect(String(decoding: try readFile(target), as: UTF8.self) == "#!/bin/sh\nexit 0\n")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: "\(gitolite.path)/hooks/\(name)") == target)
    }

    @Test func `a common hook that is Remit's serves a repository that has settings`() throws {
        let gitolite = try Gitolite()
        let source = String(decoding: try readFile("\(repositoryRoot())/hooks/pre-receive"), as: UTF8.self)
        try gitolite.addCommonHook(
            "pre-receive", source.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        let output = try gitolite.install()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.contains("which is Remit's: it is left as it is\n"))
        let doctor = try gitolite.installed.remit(["doctor", gitolite.path])
        #expect(
            doctor.lines.last
                == "ok   push          a probe by the unregistered agent 'openhands' was refused by Remit",
            "\(doctor.text)")
    }
}
