import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// One file with the settings of all repositories of a server, and a repository that is named by its host.
@Suite struct SiteConfigurationTests {
    /// A server whose repository sets nothing: all that it had is in the file.
    final class Site {
        let scene: BadInputScene
        var path: String { "\(scene.server.directory.path)/remit.config" }

        init(_ host: String = "gitea", _ variables: [String: String] = gitea) throws {
            scene = try BadInputScene()
            let config = "\(scene.server.repository.path)/config"
            let text = String(decoding: try readFile(config), as: UTF8.self)
            let start = try #require(text.range(of: "[remit]"))
            try writeFile(Array(text[..<start.lowerBound].utf8), to: config)
            let keys = text[start.lowerBound...].replacing(#/\[remit\]\n\trepository = .*\n/#, with: "")
            try write(keys + "[remit]\n\thost = \(host)\n")
            scene.arguments = ["pre-receive", "--config", path]
            scene.environment.merge(variables) { $1 }
        }

        func write(_ text: some StringProtocol) throws { try writeFile(Array(text.utf8), to: path) }

        func append(_ text: String) throws {
            try write(String(decoding: try readFile(path), as: UTF8.self) + text)
        }

        func set(_ key: String, _ value: String) throws { try scene.server.configure(key, value) }

        /// The lines of an answer that says what the configuration lacks.
        func expectFault(_ fault: String, location: SourceLocation = #_sourceLocation) throws {
            try scene.expectUndecided(
                .undecidedConfiguration, "the configuration cannot be used: \(fault)", location: location)
        }
    }

    static let gitea = ["GITEA_REPO_USER_NAME": "shop", "GITEA_REPO_NAME": "payments", "GITEA_REPO_IS_WIKI": "false"]

    @Test func `a repository that sets nothing is judged by the file under the name of its host`() throws {
        let site = try Site()
        try site.scene.expect(0, entries: 1, [])
        let decision = try DecisionDocument.parse(
            try #require(try site.scene.server.documents().first), of: "the decision")
        #expect(decision.repository == "shop/payments")
        try expectSameAgain(inLedgerAt: site.scene.server.ledgerPath)
    }

    @Test func `what a repository sets itself wins, key by key`() throws {
        let site = try Site()
        try site.append("[remit]\n\tmode = monitor\n\tdeadline = 4s\n")
        try site.set("remit.repository", "payments")
        try site.expectFault(
            "remit.deadline in 'DIRECTORY/remit.config': '4s' is not a number of seconds from 1 to 86400")
        try site.set("remit.deadline", "5s")
        try site.expectFault("git config remit.deadline: '5s' is not a number of seconds from 1 to 86400")
        try site.set("remit.deadline", "5")
        try site.scene.expect(0, entries: 1, [])
        let decision = try DecisionDocument.parse(
            try #require(try site.scene.server.documents().first), of: "the decision")
        #expect(decision.repository == "payments")
        #expect(decision.mode == .monitor)
        try expectSameAgain(inLedgerAt: site.scene.server.ledgerPath)
    }

    @Test func `the ledger says which settings are in force, and where they are from`() throws {
        let site = try Site()
        try site.scene.expect(0, entries: 1, [])
        try site.append("[remit]\n\tmode = monitor\n")
        try site.scene.expect(0, entries: 3, [])
        let change = String(decoding: try site.scene.server.documents()[1], as: UTF8.self)
        #expect(change.contains(#"{"key":"remit.mode","old":"enforce","new":"monitor"}"#), "\(change)")
        let moved = "\(site.scene.server.directory.path)/other.config"
        try writeFile(try readFile(site.path), to: moved)
        site.scene.arguments = ["pre-receive", "--config=\(moved)"]
        try site.scene.expect(0, entries: 5, [])
        let other = site.scene.normalised(String(decoding: try site.scene.server.documents()[3], as: UTF8.self))
        #expect(
            other.contains(#"{"key":"--config","old":"DIRECTORY/remit.config","new":"DIRECTORY/other.config"}"#),
            "\(other)")
    }

    @Test func `post-receive reads the same file`() throws {
        let site = try Site()
        try site.scene.expect(0, entries: 1, [])
        site.scene.arguments = ["post-receive", "--config", site.path]
        let output = try site.scene.run()
        #expect(output.status == 0, "\(output.errorText)")
        let effect = try Effect(try #require(try site.scene.server.documents().last), of: "the effect")
        #expect(effect.repository == "shop/payments")
        #expect(effect.undecided.isEmpty)
        site.scene.arguments = ["post-receive"]
        let alone = try site.scene.run()
        #expect(alone.status == 2)
        #expect(
            alone.errorText.hasPrefix(
                "remit: warning: what landed is not recorded: git config remit.authority: is not set in this repository\n"
            ),
            "\(alone.errorText)")
    }

    @Test(
        arguments: [
            ("soft-serve", ["SOFT_SERVE_REPO_NAME": "shop/payments"], "shop/payments"),
            ("bitbucket", ["BB_PROJECT_KEY": "SHOP", "BB_REPO_SLUG": "payments"], "SHOP/payments"),
            ("ghes", ["GITHUB_REPO_NAME": "shop/payments"], "shop/payments"),
            ("gitolite", ["GL_REPO": "shop/payments"], "shop/payments"),
            ("gitlab", ["GL_PROJECT_PATH": "shop/payments", "GL_REPOSITORY": "project-7"], "shop/payments"),
            // A wiki is not the project, by whatever name the server calls it.
            ("gitlab", ["GL_PROJECT_PATH": "shop/payments", "GL_REPOSITORY": "wiki-7"], "shop/payments.wiki"),
            ("gitlab", ["GL_PROJECT_PATH": "shop/payments.wiki", "GL_REPOSITORY": "wiki-7"], "shop/payments.wiki"),
            (
                "forgejo",
                ["GITEA_REPO_USER_NAME": "shop", "GITEA_REPO_NAME": "payments", "GITEA_REPO_IS_WIKI": "true"],
                "shop/payments.wiki"
            ),
        ] as [(String, [String: String], String)])
    func `each host that names repositories names this one`(
        host: String, variables: [String: String], name: String
    ) throws {
        let site = try Site(host, variables)
        #expect(try site.scene.run().status == 0)
        let decision = try DecisionDocument.parse(
            try #require(try site.scene.server.documents().first), of: "the decision")
        #expect(decision.repository == name)
        try expectSameAgain(inLedgerAt: site.scene.server.ledgerPath)
    }

    @Test(
        arguments: [
            (
                "bitbucket", ["BB_PROJECT_KEY": "~dana", "BB_REPO_SLUG": "payments"],
                "the '~dana/payments' that BB_PROJECT_KEY and BB_REPO_SLUG of bitbucket say"
            ),
            (
                "soft-serve", ["SOFT_SERVE_REPO_NAME": "pay ments"],
                "the 'pay ments' that SOFT_SERVE_REPO_NAME of soft-serve says"
            ),
            ("ghes", ["GITHUB_REPO_NAME": "../payments"], "the '../payments' that GITHUB_REPO_NAME of ghes says"),
        ] as [(String, [String: String], String)])
    func `a name that no record can hold is refused with what to set`(
        host: String, variables: [String: String], what: String
    ) throws {
        let site = try Site(host, variables)
        try site.expectFault(
            "git config remit.repository: is not set, and \(what) is no name that a record can hold: set it")
        try site.set("remit.repository", "payments")
        try site.scene.expect(0, entries: 1, [])
    }

    @Test(arguments: ["plain", "ssh", "http", "gerrit"])
    func `where the host has no names a repository needs its own`(_ host: String) throws {
        let site = try Site(host)
        try site.expectFault(
            "git config remit.repository: is set neither in this repository nor in 'DIRECTORY/remit.config'")
    }

    @Test func `a host that does not say its name is told so`() throws {
        // Gitaly says of every repository what it is; without that, a wiki would go by its project's name.
        let site = try Site("gitlab", ["GL_PROJECT_PATH": "shop/payments"])
        site.scene.environment["GL_REPOSITORY"] = nil
        try site.scene.expect(
            2,
            BadInputScene.undecided(
                .undecidedConfiguration,
                "the configuration cannot be used: git config remit.repository: is not set, and gitlab names no "
                    + "repository by GL_PROJECT_PATH"
            ).map { "GL-HOOK-ERR: \($0)" })
    }

    @Test func `the file cannot name every repository alike`() throws {
        let site = try Site()
        try site.append("[remit]\n\trepository = payments\n")
        try site.expectFault(
            "remit.repository in 'DIRECTORY/remit.config': would be the name of every repository; set it in the "
                + "repository, or leave it to the host")
    }

    @Test func `a file that is missing, a directory or a pipe is named`() throws {
        let site = try Site()
        try FileManager.default.removeItem(atPath: site.path)
        try site.expectFault("'DIRECTORY/remit.config': there is no such file")
        try FileManager.default.createDirectory(atPath: site.path, withIntermediateDirectories: false)
        try site.expectFault("'DIRECTORY/remit.config': it is a directory")
        try FileManager.default.removeItem(atPath: site.path)
        _ = try spawn(["mkfifo", site.path], environment: ["PATH": HermeticGit.path])
        try site.expectFault("'DIRECTORY/remit.config': it is not a regular file")
        site.scene.arguments = ["pre-receive", "--config", "remit.config"]
        try site.expectFault("'remit.config': it is not an absolute path")
    }

    @Test func `a file that everybody may write is refused, and one in a directory that everybody may write`() throws {
        let site = try Site()
        try run(["chmod", "o+w", site.path])
        try site.expectFault("'DIRECTORY/remit.config': everybody may write it: run 'chmod o-w' on it")
        try run(["chmod", "o-w", site.path])
        let open = "\(site.scene.server.directory.path)/open"
        try run(["mkdir", "-m", "777", open])
        try run(["cp", site.path, open])
        site.scene.arguments = ["pre-receive", "--config", "\(open)/remit.config"]
        try site.expectFault(
            "'DIRECTORY/open/remit.config': everybody may replace it: run 'chmod o-w' on the directory 'DIRECTORY/open'"
        )
        // Not by a link either, and with the sticky bit nobody can.
        try run(["ln", "-s", "\(open)/remit.config", "\(site.scene.server.directory.path)/link"])
        site.scene.arguments = ["pre-receive", "--config", "\(site.scene.server.directory.path)/link"]
        try site.expectFault(
            "'DIRECTORY/link': everybody may replace it: run 'chmod o-w' on the directory 'DIRECTORY/open'")
        try run(["chmod", "1777", open])
        try site.scene.expect(0, entries: 1, [])
    }

    @Test(.enabled(if: geteuid() == 0, "needs to be somebody else"))
    func `a file that may not be read is named`() throws {
        let site = try Site()
        let directory = "\(site.scene.server.directory.path)/closed"
        try run(["mkdir", "-m", "755", directory])
        try run(["sh", "-c", "cp \"$0\" \"$1\" && chmod 600 \"$1/remit.config\"", site.path, directory])
        try run(["chown", "-R", "65534", site.scene.server.repository.path])
        try run(["chmod", "755", site.scene.server.directory.path, site.scene.server.repository.directory.path])
        let hook = try BuiltProducts.hook
        let output = try spawn(
            [
                "setpriv", "--reuid", "65534", "--clear-groups", hook, "pre-receive", "--config",
                "\(directory)/remit.config",
            ], input: site.scene.input, environment: site.scene.environment.merging(["PATH": HermeticGit.path]) { $1 })
        #expect(output.status == 2)
        #expect(
            site.scene.normalised(output.errorText).split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedConfiguration,
                    "the configuration cannot be used: 'DIRECTORY/closed/remit.config': permission denied: "
                        + "DIRECTORY/closed/remit.config"))
    }

    @Test(arguments: [
        "[include]\n\tpath = more\n", "[INCLUDE] path = more\n", "[ include ]\n",
        "[includeIf \"gitdir:/\"]\n\tpath = x\n",
        "[remit] mode = enforce\n[a][include] path = more\n", "[\n include]\n", "# [include]\n",
    ])
    func `other files are not taken in`(_ text: String) throws {
        let site = try Site()
        try site.append(text)
        try site.expectFault(
            "'DIRECTORY/remit.config': it includes other files, which are not read: give their settings in it")
    }

    @Test func `the file is bounded and well-formed`() throws {
        let site = try Site()
        let text = String(decoding: try readFile(site.path), as: UTF8.self)
        try site.append(String(repeating: "#\n", count: 32 * 1024))
        try site.expectFault("'DIRECTORY/remit.config': it is larger than 65536 bytes")
        try site.write(text + "[remit\n")
        let output = try site.scene.run()
        #expect(output.status == 2)
        #expect(output.errorText.contains("'\(site.path)': "), "\(output.errorText)")
        try writeFile(Array((text + "[remit]\n\tmode = ").utf8) + [0xFF, 0x0A], to: site.path)
        try site.expectFault("'DIRECTORY/remit.config': value of 'remit.mode' is not UTF-8")
        try site.write(text + "[remit]\n\thost = gitea\n")
        try site.expectFault("remit.host in 'DIRECTORY/remit.config': is set 2 times")
        try site.write(text + "[remit]\n\tmode =\n")
        try site.expectFault("remit.mode in 'DIRECTORY/remit.config': is empty")
    }

    @Test(arguments: [
        ["pre-receive", "--config"], ["pre-receive", "--config="], ["pre-receive", "--config", "/a", "--config", "/a"],
        ["post-receive", "--format", "text"], ["post-receive", "--config", "/a", "/b"],
    ])
    func `an option without its value, or twice, is wrong usage`(_ arguments: [String]) throws {
        let scene = try BadInputScene()
        scene.arguments = arguments
        #expect(try scene.run().status == 64)
    }

    private func run(_ command: [String]) throws {
        #expect(try spawn(command, environment: ["PATH": HermeticGit.path]).status == 0)
    }
}
