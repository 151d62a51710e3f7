import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What an agent asks for, and what a delegator answers.
@Suite struct RequestTests {
    @Test func `a request is one commit, no signature, and no authority`() throws {
        let place = try Workplace()
        let output = try place.request(["--new-task-key", "task", "--commits", "4"])
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(output.lines.first.flatMap { RecordID($0) })
        #expect(output.lines == [id.description])
        #expect(try place.state().first == "Ask for PAY-42 for claude-code")
        #expect(try place.git("ls-files", "requests", "keys").lines == ["requests/\(id.hex).toml"])
        #expect(try place.remit(["show", id.description]).status == 1)
        #expect(output.errorText.contains("remit: + may change 'Sources/**'\n"))
        #expect(output.errorText.contains("remit: a delegator answers with 'remit review \(id.abbreviated)'\n"))
    }

    static let refusals: [(more: [String], message: String, status: Int32)] = [
        (["--agent", "unheard"], "the inventory does not know agent 'unheard'", 1),
        (
            ["--expires", "90m"],
            "The value '90m' is invalid for '--expires <span>': must be whole hours, such as 8h or 5d", 64
        ),
        (
            ["--task-key", "id.pub", "--new-task-key", "task"], "give either --task-key FILE or --new-task-key FILE", 64
        ),
        (["--ledger", "ledger.db"], "--ledger needs --from ENTRY", 64),
        (
            ["--from", "x.json"],
            "--from asks for what is missing; give no clause and no limit beside it", 64
        ),
        (["--grants", "clauses.toml"], "give either --grants FILE or the options of one clause", 64),
        (["--replaces", "abcdefabcdef"], "the authority does not hold exactly one delegation 'abcdefabcdef'", 1),
        (
            ["--model", "gpt-9"],
            "model 'gpt-9' is not among those for which agent 'claude-code' was reviewed: claude-opus-4-6", 1
        ),
        (["--instructions", "AGENTS.md"], "cannot read '", 2),
    ]

    @Test(arguments: refusals.indices)
    func `request refuses and leaves nothing behind`(row: Int) throws {
        let (more, message, status) = Self.refusals[row]
        let place = try Workplace()
        let before = try place.state()
        let output = try place.request(more)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)"), "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(try place.state() == before)
    }

    @Test(arguments: [
        (["--agent", "claude-code"], "missing --task"),
        (["--agent", "claude-code", "--task", "x"], "missing --purpose"),
        ([], "missing --agent"),
        (["--agent", "claude-code", "--task", "x", "--purpose", "y"], "missing --repository <repository>"),
        (
            ["--agent", "claude-code", "--task", "x", "--purpose", "y", "--repository", "payments"],
            "missing --ref <ref>"
        ),
    ])
    func `request says what is missing`(arguments: [String], message: String) throws {
        let output = try Workplace().remit(["request"] + arguments)
        #expect(output.status == 64)
        #expect(output.errorText.hasPrefix("remit: error: \(message)\nremit: hint: or give "), "\(output.errorText)")
    }

    @Test func `several clauses come from a file, read like a record`() throws {
        let place = try Workplace()
        let clauses = """
            [[grant]]
            repository = "payments"
            refs = ["refs/heads/agent/**"]
            paths = ["Sources/**"]
            operations = ["file.modify"]

            [[grant]]
            repository = "ledger"
            refs = ["refs/heads/agent/**"]
            paths = ["Docs/**/*.md"]
            operations = ["file.create"]

            """
        try place.directory.write(clauses, to: "clauses.toml")
        let head = Array(Workplace.scope.prefix(6))
        let granted = try place.grant(["--grants", "clauses.toml"], scope: head)
        #expect(granted.status == 0, "\(granted.errorText)")
        let shown = try place.remit(["show", granted.lines[0]]).lines
        #expect(shown.contains("in repository payments:") && shown.contains("in repository ledger:"))
        try place.directory.write(clauses + "typo = 1\n", to: "clauses.toml")
        let refused = try place.grant(["--grants", "clauses.toml"], scope: head, taskKey: "other")
        #expect(refused.status == 64)
        #expect(
            refused.errorText.hasPrefix("remit: error: 'clauses.toml' line 12: key 'grant.typo': is not known\n"),
            "\(refused.errorText)")
    }

    @Test func `the digest of the instructions is recorded`() throws {
        let place = try Workplace()
        try place.directory.write("Be careful.\n", to: "AGENTS.md")
        let granted = try place.grant(["--instructions", "AGENTS.md"])
        let shown = try place.remit(["show", granted.lines[0], "--format", "json"])
        let digest = try spawn(
            ["sha256sum", "\(place.directory.path)/AGENTS.md"], environment: HermeticGit.environment(home: "/")
        ).text.prefix(64)
        #expect(shown.text.contains("\"instructions\":\"sha256:\(digest)\""), "\(shown.text)")
    }

    @Test func `review lists what is open, tells what is asked, and signs it`() throws {
        let place = try Workplace()
        #expect(try place.remit(["review", "--requests"]).errorText == "remit: nothing is asked for\n")
        let id = try #require(try place.request(["--new-task-key", "task"]).lines.first.flatMap { RecordID($0) })
        let listed = try place.remit(["review", "--requests"])
        #expect(listed.lines.count == 2)
        #expect(listed.lines[1].hasPrefix("\(id.abbreviated)  claude-code       PAY-42 "), "\(listed.text)")
        let told = try place.remit(["review", id.abbreviated])
        for line in [
            "request \(id.abbreviated) of example.org: PAY-42, Retry the settlement job", "id: \(id)",
            "agent: claude-code of Anthropic, supervised, owned by dana@example.org", "for: 8 hours",
            "asked, beside nothing that the agent has now:", "in repository payments, on refs/heads/agent/PAY-42/**:",
            "+ may change 'Sources/**'", "dana@example.org may grant it",
        ] {
            #expect(told.lines.contains(line), "\(line)\n\(told.text)")
        }
        let granted = try place.remit([
            "review", id.abbreviated, "--grant", "--merge-by", "7d", "--key", place.key.privatePath,
        ])
        #expect(granted.status == 0, "\(granted.errorText)")
        let delegation = try #require(granted.lines.compactMap { RecordID($0) }.first)
        let shown = try place.remit(["show", delegation.description])
        #expect(shown.lines.contains("answers: request \(id.abbreviated)"), "\(shown.text)")
        #expect(try place.remit(["review", "--requests"]).stdout.isEmpty)
        let again = try place.remit(["review", id.abbreviated, "--grant", "--key", place.key.privatePath])
        #expect(again.status == 1)
        #expect(
            again.errorText == """
                remit: error: request \(id.abbreviated) is answered already
                remit: hint: 'remit review \(id.abbreviated)' tells what the answer is

                """)
        #expect(again.lines[1] == "granted: delegation \(delegation.abbreviated) answers it")
    }

    @Test func `a decline is signed, told, and closes the request`() throws {
        let place = try Workplace()
        let id = try #require(try place.request().lines.first.flatMap { RecordID($0) })
        let stranger = try place.otherKey()
        let refused = try place.remit([
            "review", id.abbreviated, "--decline", "--reason", "no", "--delegator", Workplace.person, "--key",
            stranger.privatePath,
        ])
        #expect(refused.status == 1)
        #expect(
            refused.errorText.hasPrefix(
                "remit: error: \(try stranger.fingerprint()) may not sign delegations as dana@example.org\n"),
            "\(refused.errorText)")
        let declined = try place.remit([
            "review", id.abbreviated, "--decline", "--reason", "too much", "--key", place.key.privatePath,
        ])
        #expect(declined.status == 0, "\(declined.errorText)")
        try place.verify("requests/\(id.hex).declined.toml", namespace: "remit-delegation")
        #expect(try place.remit(["review", "--requests"]).errorText == "remit: nothing is asked for\n")
        let told = try place.remit(["review", id.abbreviated]).lines[1]
        #expect(told.hasPrefix("declined by dana@example.org at ") && told.hasSuffix(": too much"), "\(told)")
    }

    @Test func `review asks where a person sits`() throws {
        let place = try Workplace()
        let id = try #require(try place.request().lines.first.flatMap { RecordID($0) })
        let environment = HermeticGit.environment(home: place.directory.path)
            .merging(["REMIT_AUTHORITY": place.authority]) { $1 }
        func answer(_ lines: String) throws -> String {
            // The command `script` of util-linux gives the program a terminal.
            try spawn(
                [
                    "script", "-qec",
                    "\(BuiltProducts.remit) review \(id.abbreviated) --key \(place.key.privatePath)", "/dev/null",
                ], input: Array(lines.utf8), environment: environment, directory: place.directory.path
            ).text
        }
        #expect(try answer("\n").contains("remit: grant it? yes, no, or later [later]"))
        #expect(try place.remit(["review", "--requests"]).lines.count == 2)
        #expect(try answer("no\ntoo much\n").contains("remit: declined request \(id.abbreviated)"))
        #expect(try place.remit(["review", id.abbreviated]).lines[1].hasSuffix(": too much"))
    }

    @Test func `a decline that no delegator signed leaves the request open`() throws {
        let place = try Workplace()
        let id = try #require(try place.request().lines.first.flatMap { RecordID($0) })
        let arguments = ["--decline", "--reason", "no", "--key", place.key.privatePath]
        #expect(try place.remit(["review", id.abbreviated] + arguments).status == 0)
        _ = try place.git("rm", "-q", "requests/\(id.hex).declined.toml.sig")
        _ = try place.git("commit", "-q", "-m", "tamper")
        #expect(try place.remit(["review", "--requests"]).lines.count == 2)
    }

    static let answers: [(arguments: [String], message: String, status: Int32)] = [
        (["--grant", "--decline", "--reason", "x"], "give either --grant or --decline", 64),
        (["--decline"], "--decline and --reason belong together", 64),
        (["--merge-by", "7d"], "--merge-by, --new-task-key and --supersede need --grant", 64),
        (["--grant"], "the request names no task key", 64),
        (["--grant", "--new-task-key", "task", "--supersede"], "the request replaces no delegation", 64),
        (["--grant", "--new-task-key", "task", "--merge-by", "1h"], "--merge-by 2", 64),
        (["--grant", "--new-task-key", "task", "--merge-by", "40d"], "delegation.delegator: delegation ", 1),
    ]

    @Test(arguments: answers.indices)
    func `review refuses and leaves nothing behind`(row: Int) throws {
        let (arguments, message, status) = Self.answers[row]
        let place = try Workplace()
        let id = try #require(try place.request().lines.first.flatMap { RecordID($0) })
        let before = try place.state()
        let output = try place.remit(["review", id.abbreviated, "--key", place.key.privatePath] + arguments)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)"), "\(output.errorText)")
        #expect(try place.state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test func `an id that names no request is said so`() throws {
        let output = try Workplace().remit(["review", "abcdefabcdef"])
        #expect(output.status == 1)
        #expect(
            output.errorText.hasPrefix(
                "remit: error: the authority does not hold exactly one request 'abcdefabcdef'\n"), "\(output.errorText)"
        )
    }

    @Test func `a request that was tampered with is refused, and the others are still listed`() throws {
        let place = try Workplace()
        let id = try #require(try place.request().lines.first.flatMap { RecordID($0) })
        #expect(try place.request(["--lines", "1"]).status == 0)
        let path = "\(place.authority)/requests/\(id.hex).toml"
        try writeFile(try readFile(path) + Array("# more\n".utf8), to: path)
        _ = try place.git("commit", "-q", "-a", "-m", "tamper")
        let told = try place.remit(["review", id.abbreviated])
        #expect(told.status == 2)
        #expect(
            told.errorText == "remit: error: 'requests/\(id.hex).toml' does not hold the bytes of its name\n")
        let listed = try place.remit(["review", "--requests"])
        #expect(listed.lines.count == 2)
        #expect(listed.errorText.hasPrefix("remit: warning: 'requests/\(id.hex).toml' does not hold "))
    }
}

extension Workplace {
    func request(_ more: [String] = []) throws -> Output { try remit(["request"] + Self.scope + more) }
}
