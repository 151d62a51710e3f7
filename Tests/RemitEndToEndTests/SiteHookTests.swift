import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The hook files of `hooks/site`, which lead to one file of settings for all repositories of a server.
@Suite struct SiteHookTests {
    /// A repository without a setting of its own, as gitolite links a common hook into it.
    private static func linked(_ more: String = "") throws -> (Installed, site: String) {
        let installed = try Installed(installs: false)
        let server = installed.server
        let directory = server.directory.path
        let install = try installed.remit([
            "install", server.authority.path, "--authority", server.authority.path, "--root",
            server.authority.root.description, "--name", "authority", "--ledger", server.ledgerPath,
        ])
        #expect(install.status == 0, "\(install.errorText)")
        let site = "\(directory)/config"
        try writeFile(
            Array(
                """
                [remit]
                \tauthority = \(server.authority.path)
                \troot = \(server.authority.root)
                \tledger = \(server.ledgerPath)
                \thost = gitolite
                \(more)
                """.utf8), to: site)
        let hooks = "\(server.repository.gitDirectory)/hooks"
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
        for hook in ["pre-receive", "post-receive"] {
            let text = String(decoding: try readFile("\(repositoryRoot())/hooks/site/\(hook)"), as: UTF8.self)
                .replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook)
                .replacing("/etc/remit/config", with: site)
            try writeFile(Array(text.utf8), to: "\(directory)/\(hook)", executable: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(hooks)/\(hook)", withDestinationPath: "\(directory)/\(hook)")
        }
        return (installed, site)
    }

    @Test func `a push is judged by the file, and by the name that the server has for the repository`() throws {
        let server = try Self.linked().0.server
        let delegation = try server.authority.delegate()
        let (work, named) = ("refs/heads/agent/PAY-42/work", ["GL_REPO": "payments", "GL_USER": "dana"])
        try server.commit(["Sources/A.swift": "1\n"], under: delegation, on: work)
        let allowed = try server.push(work, environment: named)
        #expect(allowed.status == 0, "\(allowed.errorText)")
        try server.commit(["Deploy/x": "1\n"], under: delegation, on: work)
        #expect(try server.push(work, environment: named).errorText.contains("scope.path"))
        let nameless = try server.push(work)
        #expect(nameless.status == 1)
        #expect(
            nameless.errorText.contains(
                "git config remit.repository: is not set, and gitolite names no repository by GL_REPO"),
            "\(nameless.errorText)")
    }

    @Test func `the doctor proves it under the name that it is told`() throws {
        let (installed, site) = try Self.linked()
        let output = try installed.doctor("--name", "payments")
        #expect(
            output.lines.contains("ok   settings      enforce for 'payments', host gitolite, with what '\(site)' sets"))
        #expect(
            output.lines.contains(
                "ok   push          a probe by the unregistered agent 'openhands' was refused by Remit"),
            "\(output.text)")
        #expect(
            try installed.diagnosis("settings") == [
                "FAIL git config remit.repository: is set neither in this repository nor in '\(site)'; "
                    + "set it with 'git config', or run 'remit install' again"
            ])
    }

    @Test func `a file that is gone is told, and refuses every push`() throws {
        let (installed, site) = try Self.linked()
        try FileManager.default.removeItem(atPath: site)
        let found = try installed.diagnosis("settings")
        #expect(found.count == 1 && found[0].hasPrefix("FAIL '\(site)': "), "\(found)")
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main", environment: ["GL_REPO": "payments", "GL_USER": "dana"])
        #expect(push.status == 1)
        #expect(push.errorText.contains("remit: undecided: this push could not be checked"), "\(push.errorText)")
    }
}
