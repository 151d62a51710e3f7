import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit approve` and `remit exception`, from the refusal that asks for them to the push that they let through.
@Suite struct ApproveTests {
    /// A server that vouches for nobody, and a clone in which an agent has worked.
    private struct Site {
        let place: Workplace
        /// Lives as long as the site does.
        let server: TestRepository
        let clone: String

        init(path: String = "Sources/a.swift") throws {
            place = try Workplace()
            let home = place.directory.path
            server = try TestRepository(name: "payments.git")
            try server.commit(["Sources/a.swift": "1\n", "Deploy/run.sh": "1\n"])
            clone = "\(home)/clone"
            try place.serve()
            try place.install(in: server.path, as: "payments")
            try HermeticGit.run(["clone", "--quiet", server.path, clone], in: home).require(["git", "clone"])
            let granted = try place.grant(["--merge-into", "refs/heads/main", "--worktree", clone])
            try granted.require(["remit", "grant"])
            try writeFile(Array("2\n".utf8), to: "\(clone)/\(path)")
            try git("add", path)
            try git("commit", "--quiet", "-m", "Retry", "--trailer", granted.lines[1])
            try publish()
        }

        @discardableResult
        func git(_ arguments: String...) throws -> String {
            let output = try HermeticGit.run(arguments, in: clone)
            try output.require(["git"] + arguments)
            return output.lines.first ?? ""
        }

        func publish() throws { try place.git("push", "--quiet", "origin", "HEAD").require(["git", "push"]) }

        func land() throws -> Output {
            try HermeticGit.run(["push", "--quiet", "origin", "HEAD:refs/heads/main"], in: clone)
        }

        /// Runs `remit` in the clone, whose configuration names authority and repository.
        func remit(_ arguments: [String]) throws -> Output {
            try spawn(
                [BuiltProducts.remit] + arguments, environment: HermeticGit.environment(home: place.directory.path),
                directory: clone)
        }
    }

    @Test func `what a refusal says to run lands the work`() throws {
        let site = try Site()
        let refused = try site.land()
        #expect(refused.status != 0)
        let id = try site.git("rev-parse", "--short=12", "HEAD")
        #expect(refused.errorText.contains("run 'remit approve \(id) --reason WHY'"), "\(refused.errorText)")

        let approved = try site.remit(["approve", id, "--reason", "read it", "--key", site.place.key.privatePath])
        #expect(approved.status == 0, "\(approved.errorText)")
        let tree = try site.git("rev-parse", "--short=12", "HEAD^{tree}")
        let lines = approved.errorText.split(separator: "\n")
        let brings = "which brings 1 commit to the default branch, 1 of them under a delegation"
        #expect(lines.first == "remit: approving commit \(id) 'Retry', \(brings)")
        #expect(
            lines.dropFirst().first?.hasPrefix("remit: dana@example.org approves tree \(tree) of 'payments' until ")
                == true, "\(approved.errorText)")
        #expect(lines.last?.hasSuffix("push'") == true)
        let record = try #require(RecordID(approved.lines.first ?? ""))
        let commit = try site.git("rev-parse", "HEAD")
        #expect(
            try site.place.git("show", "--name-only", "--format=%s", "HEAD").lines == [
                "Approve \(id) of payments", "approvals/\(commit.prefix(2))/\(commit)/\(record.hex).toml",
                "approvals/\(commit.prefix(2))/\(commit)/\(record.hex).toml.sig",
            ])
        #expect(try site.land().status != 0)
        try site.publish()
        let landed = try site.land()
        #expect(landed.status == 0, "\(landed.errorText)")
    }

    @Test func `an administrator breaks the glass`() throws {
        let site = try Site(path: "Deploy/run.sh")
        let rules = ["--rule", "scope.path", "--rule", "approval.missing"]
        #expect(try site.land().status != 0)
        let excepted = try site.remit(
            [
                "exception", "--ref", "refs/heads/main", "--commit", "HEAD", "--reason", "INC-7", "--expires", "4h",
                "--key", site.place.key.privatePath,
            ] + rules)
        #expect(excepted.status == 0, "\(excepted.errorText)")
        let id = try site.git("rev-parse", "--short=12", "HEAD")
        #expect(
            excepted.errorText.hasPrefix("remit: dana@example.org lets \(id) onto refs/heads/main of 'payments' until ")
        )
        #expect(excepted.errorText.contains(", setting aside approval.missing, scope.path\n"))
        try site.publish()
        let landed = try site.land()
        #expect(landed.status == 0, "\(landed.errorText)")
        #expect(landed.errorText.contains("remit: allowed by exception "), "\(landed.errorText)")
        #expect(landed.errorText.contains(" of dana@example.org: 'INC-7'"), "\(landed.errorText)")
    }

    static let approvals: [(arguments: [String], message: String, status: Int32)] = [
        ([], "Missing expected argument '--reason <reason>'", 64),
        (["nowhere", "--reason", "x"], "'nowhere' is not a commit of this repository", 64),
        (["--reason", "x", "--expires", "2020-01-01"], "--expires 2020-01-01T00:00:00Z is not in the future", 64),
        (["--reason", "a\nb"], "'reason' holds a control character", 64),
    ]

    static let exceptions: [(arguments: [String], message: String, status: Int32)] = [
        (
            ["--ref", "main"],
            "The value 'main' is invalid for '--ref <ref>': does not begin with 'refs/'", 64
        ),
        (
            ["--rule", "scope.everything"],
            "The value 'scope.everything' is invalid for '--rule <rule>': "
                + "is no rule; a refusal names them, such as approval.missing", 64
        ),
        (
            ["--rule", "undecided.ledger"],
            "The value 'undecided.ledger' is invalid for '--rule <rule>': cannot be set aside", 64
        ),
        (
            ["--expires", "73h"], "the record cannot be written: 'expires_at' is more than 72 hours after issued_at",
            64
        ),
        (["--commit", "nowhere"], "'nowhere' is not a commit of this repository", 64),
    ]

    private static let site = Result { try Site() }

    @Test func `what is not written is told word by word`() throws {
        let site = try Self.site.get()
        let before = try site.place.state()
        func expect(_ row: (arguments: [String], message: String, status: Int32), _ command: [String]) throws {
            let output = try site.remit(command + row.arguments)
            #expect(output.status == row.status, "\(output.errorText)")
            let said = output.errorText.split(separator: "\n").filter { $0.hasPrefix("remit: error: ") }
            #expect(said == ["remit: error: \(row.message)"], "\(output.errorText)")
            #expect(output.stdout.isEmpty)
        }
        let key = ["--key", site.place.key.privatePath]
        for row in Self.approvals { try expect(row, ["approve"] + key) }
        let whole = [
            "exception", "--ref", "refs/heads/main", "--commit", "HEAD", "--rule", "scope.path", "--reason", "x",
            "--expires", "4h",
        ]
        for row in Self.exceptions { try expect(row, whole + key) }
        // The task key is an agent's; nobody knows another one.
        let task = ["--key", "\(site.place.directory.path)/task"]
        try expect(
            (
                ["--reason", "x", "--approver", "dana@example.org"],
                "it would be signed by the task key of agent 'claude-code', and approvals by agents never count", 1
            ),
            ["approve"] + task)
        #expect(try site.place.state() == before)
    }

    @Test func `a key of nobody neither approves nor excepts`() throws {
        let site = try Self.site.get()
        let before = try site.place.state()
        let stranger = try SSHKey(named: "stranger", in: site.place.directory)
        let print = try stranger.fingerprint()
        let key = ["--key", stranger.privatePath, "--reason", "x"]
        #expect(
            try site.remit(["approve"] + key).errorText == """
                remit: error: \(print) is not the key of a person whom the authority knows
                remit: hint: give --key FILE, or --approver where the key is for records only

                """)
        let named = try site.remit(["approve", "--approver", "dana@example.org"] + key)
        #expect(named.status == 1)
        #expect(
            named.errorText.contains("counts for nothing: \(print) may not sign approvals as dana@example.org\n"),
            "\(named.errorText)")
        let exception = try site.remit(
            [
                "exception", "--ref", "refs/heads/main", "--commit", "HEAD", "--rule", "scope.path", "--expires", "4h",
            ] + key)
        #expect(exception.errorText.hasPrefix("remit: error: \(print) is not an administrator's key\n"))
        #expect(try site.place.state() == before)
    }
}
