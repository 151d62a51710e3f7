import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// From an empty directory to a judged push, with nothing but the programs that people run.
@Suite struct JourneyTests {
    @Test func `what remit grant allows, the installed hook lets through, and nothing else`() throws {
        let place = try Workplace()
        let home = place.directory.path
        let server = try TestRepository(name: "payments.git")
        try server.commit(["Sources/a.swift": "1\n", "Deploy/run.sh": "1\n"])
        try place.serve()
        try place.install(in: server.path, as: "payments")

        let clone = "\(home)/clone"
        #expect(try HermeticGit.run(["clone", "--quiet", server.path, clone], in: home).status == 0)
        let granted = try place.grant(["--worktree", clone])
        #expect(granted.status == 0, "\(granted.errorText)")
        #expect(try place.git("push", "--quiet", "origin", "main").status == 0)

        func push(_ path: String, to branch: String) throws -> Output {
            try writeFile(Array("2\n".utf8), to: "\(clone)/\(path)")
            for arguments in [
                ["checkout", "--quiet", "-B", branch, "origin/main"], ["add", path],
                ["commit", "--quiet", "-m", "Retry", "--trailer", granted.lines[1]],
            ] {
                let output = try HermeticGit.run(arguments, in: clone)
                #expect(output.status == 0, "\(output.errorText)")
            }
            return try HermeticGit.run(["push", "--quiet", "origin", "HEAD:refs/heads/\(branch)"], in: clone)
        }
        let allowed = try push("Sources/a.swift", to: "agent/PAY-42/retry")
        #expect(allowed.status == 0, "\(allowed.errorText)")
        let outside = try push("Deploy/run.sh", to: "agent/PAY-42/deploy")
        #expect(outside.status == 1)
        #expect(outside.errorText.contains("scope.path"), "\(outside.errorText)")
        let elsewhere = try push("Sources/b.swift", to: "feature/x")
        #expect(elsewhere.errorText.contains("ref.scope"), "\(elsewhere.errorText)")
    }

    @Test func `init asks for what is missing where a person sits`() throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "id", in: directory)
        let answers = "example.org\ndana@example.org\n\(key.privatePath)\n"
        // The command `script` of util-linux gives the program a terminal.
        let output = try spawn(
            ["script", "-qec", "\(BuiltProducts.remit) init authority", "/dev/null"], input: Array(answers.utf8),
            environment: HermeticGit.environment(home: directory.path), directory: directory.path)
        #expect(output.status == 0, "\(output.text)")
        for question in [
            "which organisation, such as example.org?", "who is the administrator?", "which key file signs?",
        ] {
            #expect(output.text.contains("remit: \(question)"), "\(output.text)")
        }
        #expect(FileManager.default.fileExists(atPath: "\(directory.path)/authority/roots/1.toml.sig"))
    }

    @Test func `bytes that a filter would change are not committed`() throws {
        let place = try Workplace()
        let before = try place.state()
        _ = try place.git("config", "filter.loud.clean", "tr a-z A-Z")
        try writeFile(Array("*.toml filter=loud\n".utf8), to: "\(place.authority)/.git/info/attributes")
        let output = try place.grant()
        #expect(output.status == 1)
        #expect(output.errorText.contains(" with other bytes than were signed\n"), "\(output.errorText)")
        try writeFile([], to: "\(place.authority)/.git/info/attributes")
        #expect(try place.state() == before)
    }

    @Test func `line ends of a person's own configuration do not reach signed records`() throws {
        let place = try Workplace()
        _ = try place.git("config", "core.autocrlf", "true")
        #expect(try place.grant().status == 0)
        #expect(try place.git("clone", "--quiet", "-c", "core.autocrlf=true", ".", "../other").status == 0)
        let bytes = try readFile("\(place.directory.path)/other/authority.toml")
        #expect(!bytes.contains(UInt8(ascii: "\r")))
    }

    @Test(arguments: [
        [], ["init"], ["agent"], ["agent", "add"], ["agent", "list"], ["agent", "show"], ["agent", "review"],
        ["agent", "update"], ["agent", "suspend"], ["agent", "retire"], ["revoke"], ["suspend"], ["grant"], ["approve"],
        ["exception"], ["root"],
        ["root", "rotate"], ["root", "sign"], ["authority"], ["authority", "show"], ["authority", "propose"],
        ["authority", "add-person"], ["authority", "remove-person"], ["authority", "sign"],
        ["authority", "withdraw"], ["show"], ["check"], ["install"], ["doctor"],
        ["request"], ["review"], ["task"], ["task", "start"], ["task", "end"], ["list"],
    ])
    func `every help text has an example, and is data`(command: [String]) throws {
        let directory = try TemporaryDirectory()
        let output = try Workplace.run(command + ["--help"], in: directory)
        #expect(output.status == 0)
        #expect(output.stderr.isEmpty)
        #expect(output.text.contains("Example: remit "), "\(output.text)")
    }

    @Test func `an unknown command is wrong usage`() throws {
        let output = try Workplace.run(["conjure"], in: try TemporaryDirectory())
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: Unexpected argument 'conjure'
                remit: hint: 'remit --help' shows the usage

                """)
    }
}
