import Foundation
import RemitTestSupport
import Testing

/// Every refusal word by word; none of them leaves anything behind.
@Suite struct RefusalTests {
    @Test(arguments: [
        ([], "missing --organisation", 64),
        (["--organisation", "example.org"], "missing --administrator", 64),
        (["--organisation", "example.org", "--administrator", "dana@example.org"], "missing --key", 64),
        (
            ["--organisation", "a b"],
            "The value 'a b' is invalid for '--organisation <organisation>': "
                + "may hold only letters, digits and . _ - @ + (and / inside)", 64
        ),
        (
            ["--organisation", "example.org", "--administrator", "dana@example.org", "--key", "nowhere"],
            "there is no key 'nowhere'", 1
        ),
    ])
    func `init says what is missing where nobody can be asked`(
        arguments: [String], message: String, status: Int32
    ) throws {
        let directory = try TemporaryDirectory()
        let output = try Workplace.run(["init", "authority"] + arguments, in: directory)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)\nremit: hint: "), "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/authority"))
    }

    @Test func `init never touches a directory that holds something`() throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "id", in: directory)
        try directory.write("mine\n", to: "authority/notes")
        let output = try Workplace.run(
            ["init", "authority", "--organisation", "o", "--administrator", "dana", "--key", key.privatePath],
            in: directory)
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: 'authority' exists and is not an empty directory
                remit: hint: name another directory

                """)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/authority") == ["notes"])
    }

    static let grants: [(more: [String], message: String, status: Int32)] = [
        (["--agent", "unheard"], "the inventory does not know agent 'unheard'", 1),
        (
            ["--expires", "8x"],
            "The value '8x' is invalid for '--expires <when>': "
                + "a number and s, m, h, d or w is needed, such as 30m, 8h or 5d", 64
        ),
        (
            ["--expires", "2026-13-01"],
            "The value '2026-13-01' is invalid for '--expires <when>': "
                + "neither a day such as 2027-06-30 nor a moment such as 2027-06-30T17:00:00Z", 64
        ),
        (["--expires", "2020-01-01"], "--expires 2020-01-01T00:00:00Z is not in the future", 64),
        (
            ["--ref", "main"], "The value 'main' is invalid for '--ref <ref>': does not begin with 'refs/'", 64
        ),
        (
            ["--path", "Sources/*"],
            "The value 'Sources/*' is invalid for '--path <pattern>': "
                + "uses a wildcard that is neither '/**' at its end nor '/**/*.ext'", 64
        ),
        (
            ["--path", "../x"],
            "The value '../x' is invalid for '--path <pattern>': has an empty, '.' or '..' segment", 64
        ),
        (["--operation", "fly"], "The value 'fly' is invalid for '--operation <operation>'", 64),
        (["--commits", "-1"], "Missing value for '--commits <n>'", 64),
        (["--purpose", "two\nlines"], "'purpose' holds a control character", 64),
        (["--purpose", "a\\u0041"], "'purpose' holds a backslash before 'u', which no record may", 64),
        (
            ["--model", "gpt-9"],
            "model 'gpt-9' is not among those for which agent 'claude-code' was reviewed: claude-opus-4-6", 1
        ),
        (
            ["--tool", "bash"],
            "tool 'bash' is not among those for which agent 'claude-code' was reviewed: edit", 1
        ),
        (["--worktree", "nowhere"], "'nowhere' is not a git work tree", 1),
        (["--task-key", "id.pub"], "give either --task-key FILE or --new-task-key FILE", 64),
        (["--authority", "nowhere"], "'nowhere' is not a git repository", 2),
    ]

    @Test(arguments: grants.indices)
    func `grant refuses and leaves nothing behind`(row: Int) throws {
        let (more, message, status) = Self.grants[row]
        let place = try Workplace()
        let before = try place.state()
        // The last of two values of an option counts, of a list both.
        let output = try place.grant(more)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)"), "\(output.errorText)")
        #expect(output.errorText.contains("\nremit: hint: ") || status == 64, "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(try place.state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test(arguments: [
        (["--expires", "40d"], "its life of 960 hours is longer than 720"),
        (["--environment", "production"], "the environment production"),
        (["--ref", "refs/notes/**"], "the ref refs/notes/**"),
    ])
    func `what exceeds the role is refused as the server would`(more: [String], reason: String) throws {
        let place = try Workplace()
        let before = try place.state()
        let output = try place.grant(more)
        #expect(output.status == 1)
        #expect(output.errorText.hasPrefix("remit: error: delegation.delegator: delegation "))
        #expect(
            output.errorText.contains(
                " grants more than its delegator may: the grant for 'payments' exceeds the role of "
                    + "dana@example.org: \(reason)\n"), "\(output.errorText)")
        #expect(try place.state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test func `a stranger's key cannot delegate`() throws {
        let place = try Workplace()
        let stranger = try place.otherKey()
        let unnamed = try place.grant(key: stranger.privatePath)
        #expect(unnamed.errorText.contains("is not the key of a person whom the authority knows"))
        let named = try place.grant(["--delegator", Workplace.person], key: stranger.privatePath)
        #expect(named.status == 1)
        #expect(
            named.errorText.contains("\(try stranger.fingerprint()) may not sign delegations as dana@example.org"),
            "\(named.errorText)")
    }

    @Test func `a task key serves one delegation, and no person's key is one`() throws {
        let place = try Workplace()
        #expect(try place.grant().status == 0)
        func refusal(_ key: String) throws -> String {
            try place.remit(["grant"] + Workplace.scope + ["--key", place.key.privatePath, "--task-key", key]).errorText
        }
        #expect(try refusal("task.pub").contains(" belongs to delegation "))
        #expect(try refusal("id.pub").contains(" belongs to dana@example.org already, so it cannot be a task key\n"))
        let again = try place.grant()
        #expect(again.errorText.hasPrefix("remit: error: '\(place.directory.path)/task' exists already\n"))
        #expect(FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test func `agent add refuses a stranger as owner, a second record and another's identity`() throws {
        let place = try Workplace(agents: false)
        #expect(try place.add("claude-code", ["--identity", "email:bot@example.org"]).status == 0)
        let before = try place.state()
        func refusal(_ id: String, _ more: [String]) throws -> String {
            let output = try place.add(id, more)
            #expect(output.status == 1)
            return output.errorText.split(separator: "\n").first.map(String.init) ?? ""
        }
        #expect(try refusal("claude-code", []) == "remit: error: agent 'claude-code' is registered already")
        #expect(
            try refusal("other", ["--owner", "sam@example.org"])
                == "remit: error: 'sam@example.org' is not a person of the authority")
        #expect(
            try refusal("other", ["--identity", "email:bot@example.org"])
                == "remit: error: email:bot@example.org belongs to agent 'claude-code' already")
        #expect(
            try refusal("other", ["--identity", "key:\(place.key.fingerprint())"]).hasSuffix(
                " belongs to dana@example.org already"))
        let stranger = try place.otherKey()
        let fingerprint = try stranger.fingerprint()
        #expect(
            try refusal("other", ["--key", stranger.privatePath])
                == "remit: error: \(fingerprint) is not an administrator's key")
        #expect(try place.state() == before)
    }

    @Test func `staged changes are in the way`() throws {
        let place = try Workplace()
        try writeFile(Array("x\n".utf8), to: "\(place.authority)/notes")
        _ = try place.git("add", "notes")
        let output = try place.grant()
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: '\(place.authority)' has staged changes
                remit: hint: commit them, or run 'git -C \(place.authority) restore --staged .'

                """)
    }

    @Test func `a bare repository is no place to write`() throws {
        let place = try Workplace()
        let bare = "\(place.directory.path)/bare.git"
        #expect(try place.git("clone", "--quiet", "--bare", ".", bare).status == 0)
        let output = try place.grant(["--authority", bare])
        #expect(
            output.errorText.hasPrefix("remit: error: '\(bare)' is a bare repository; records are written in a clone\n")
        )
    }

    @Test func `a file in the way is never overwritten`() throws {
        let place = try Workplace(agents: false)
        try writeFile(Array("mine\n".utf8), to: "\(place.authority)/agents/claude-code.toml")
        let output = try place.add()
        #expect(output.status == 1)
        #expect(output.errorText.hasPrefix("remit: error: 'agents/claude-code.toml' exists already\n"))
        #expect(try readFile("\(place.authority)/agents/claude-code.toml") == Array("mine\n".utf8))
    }

    @Test func `a commit that git's own hook refuses is undone`() throws {
        let place = try Workplace()
        let before = try place.state()
        try writeFile(
            Array("#!/bin/sh\nexit 1\n".utf8), to: "\(place.authority)/.git/hooks/pre-commit", executable: true)
        let output = try place.grant()
        #expect(output.status == 2)
        #expect(output.errorText.contains("hint: nothing was written\n"))
        #expect(try place.state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(place.authority)/delegations"))
    }

    @Test func `show tells what a server would not believe, and ends with 1`() throws {
        let place = try Workplace()
        let id = try #require(try place.grant().lines.first)
        let hex = id.dropFirst("sha256:".count)
        _ = try place.git("rm", "-q", "delegations/\(hex.prefix(2))/\(hex).toml.sig")
        _ = try place.git("commit", "-q", "-m", "tamper")
        let output = try place.remit(["show", id])
        #expect(output.status == 1)
        #expect(
            output.lines[1]
                == "not in force: a server would refuse it (delegation.signature): it has no signature")
        #expect(!output.text.contains("signature and role hold"))
    }

    @Test(arguments: ["abcdefabcdef", "abc", "--", "sha256:00"])
    func `an id that names nothing is said so`(name: String) throws {
        let place = try Workplace()
        let output = try place.remit(name == "--" ? ["show"] : ["show", name])
        #expect(output.status == (name == "--" ? 64 : 1))
        #expect(output.stdout.isEmpty)
    }
}
