import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The beginning and the end of a task, in a real clone.
@Suite struct TaskTests {
    @Test func `task start makes a key, and later sets the clone up for it`() throws {
        let place = try Workplace()
        let made = try place.remit(["task", "start", "--new", "--key", "task"])
        #expect(made.status == 0, "\(made.errorText)")
        #expect(made.text.hasPrefix("SHA256:"))
        let early = try place.remit(["task", "start", "--key", "task"])
        #expect(early.status == 1)
        #expect(early.errorText.hasPrefix("remit: error: \(made.text) is no task key that the authority knows\n"))
        let granted = try place.remit(
            ["grant"] + Workplace.scope + ["--key", place.key.privatePath, "--task-key", "task.pub"])
        #expect(granted.status == 0, "\(granted.errorText)")

        let clone = try TestRepository(bare: false)
        let started = try place.remit(["task", "start", "--key", "task", "--worktree", clone.path])
        #expect(started.status == 0, "\(started.errorText)")
        #expect(started.text == granted.lines[1])
        #expect(try clone.git("config", "remit.delegation").text == granted.lines[0])
    }

    @Test func `the hook names the delegation where the message does not`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let trailer = try place.grant(["--worktree", clone.path]).lines[1]
        func message(_ arguments: String...) throws -> String {
            try clone.git(["commit", "--quiet", "--allow-empty"] + arguments)
            return try clone.git("log", "-1", "--format=%B").text.trimmingCharacters(in: .newlines)
        }
        #expect(try message("-m", "Retry") == "Retry\n\n\(trailer)")
        #expect(
            try message("-m", "Retry", "-m", "--- a\nSigned-off-by: D <d@e>")
                == "Retry\n\n--- a\nSigned-off-by: D <d@e>\n\(trailer)")
        #expect(try message("-m", "Retry", "--trailer", trailer) == "Retry\n\n\(trailer)")
        let other = try clone.attempt(
            ["commit", "--quiet", "--allow-empty", "-m", "Retry", "--trailer", "Delegation: abc"])
        #expect(other.status == 1)
        #expect(
            other.errorText
                == "remit: error: 'Delegation: abc' names no delegation\nremit: hint: write '\(trailer)'\n")
        #expect(try clone.attempt(["commit", "--quiet", "--allow-empty", "-m", ""]).status == 1)
    }

    @Test func `hooks that were there still run, and their refusal counts`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let log = "\(clone.directory.path)/log"
        for name in ["pre-commit", "commit-msg", "post-commit"] {
            try clone.installHook(name, "#!/bin/sh\necho \(name) >>'\(log)'\n")
        }
        try clone.installHook("pre-push", "#!/bin/sh\ncat >>'\(log)'\nexit 7\n")
        try clone.installHook("post-update.sample", "#!/bin/sh\n")
        #expect(try place.grant(["--worktree", clone.path]).status == 0)
        try clone.git("commit", "--quiet", "--allow-empty", "-m", "x")
        #expect(String(decoding: try readFile(log), as: UTF8.self) == "pre-commit\ncommit-msg\npost-commit\n")
        let bare = try TestRepository()
        let pushed = try clone.attempt(["push", bare.path, "HEAD:refs/heads/agent/x"])
        #expect(pushed.status == 1)
        #expect(String(decoding: try readFile(log), as: UTF8.self).hasSuffix(" \(String(repeating: "0", count: 40))\n"))
        #expect(!FileManager.default.fileExists(atPath: "\(clone.gitDirectory)/remit/hooks/post-update.sample"))
    }

    @Test func `hooks elsewhere are found, and stay where they are`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let log = "\(clone.directory.path)/log"
        try writeFile(
            Array("#!/bin/sh\necho ran >'\(log)'\n".utf8), to: "\(clone.path)/.husky/pre-commit", executable: true)
        try clone.git("config", "core.hooksPath", ".husky")
        #expect(try place.grant(["--worktree", clone.path]).status == 0)
        try clone.git("commit", "--quiet", "--allow-empty", "-m", "x")
        #expect(FileManager.default.fileExists(atPath: log))
        #expect(try place.remit(["task", "end", "--worktree", clone.path]).status == 0)
        #expect(try clone.git("config", "core.hooksPath").text == ".husky")
    }

    @Test func `task end destroys the key, ends the delegation and gives the clone back`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        for (key, value) in [
            ("gpg.format", "openpgp"), ("user.signingkey", "ABCD"), ("remit.authority", "/one"),
            ("remit.authority", "/two"),
        ] {
            try clone.git("config", "--add", key, value)
        }
        try writeFile(
            try readFile("\(clone.gitDirectory)/config") + Array("[commit]\n\tgpgsign\n".utf8),
            to: "\(clone.gitDirectory)/config")
        func configuration() throws -> [String] { try clone.git("config", "--local", "--list").lines.sorted() }
        let before = try configuration()
        let id = try #require(RecordID(try place.grant(["--worktree", clone.path]).lines[0]))
        #expect(try configuration() != before)
        // A second delegation in the same clone must not make the first one's settings the person's own.
        #expect(try place.grant(["--worktree", clone.path], taskKey: "second").status == 0)
        let second = try clone.git("config", "remit.delegation").text
        let ended = try place.remit(["task", "end", "--worktree", clone.path, "--reason", "merged"])
        #expect(ended.status == 0, "\(ended.errorText)")
        #expect(try configuration() == before.map { $0 == "commit.gpgsign" ? "commit.gpgsign=true" : $0 })
        #expect(!FileManager.default.fileExists(atPath: "\(clone.gitDirectory)/remit"))
        for file in ["second", "second.pub"] {
            #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/\(file)"))
        }
        let shown = try place.remit(["show", second])
        #expect(shown.lines[1].hasPrefix("not in force: revoked by claude-code at "), "\(shown.text)")
        #expect(shown.lines[1].hasSuffix(" as ended: merged"))
        #expect(try place.remit(["show", id.description]).lines[1].hasPrefix("in force: "))
        let again = try place.remit(["task", "end", "--worktree", clone.path])
        #expect(again.status == 64)
        #expect(
            again.errorText.hasPrefix("remit: error: no task was started in '\(clone.path)'\n"), "\(again.errorText)")
    }

    @Test func `with --keep-delegation the delegation runs on`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let id = try place.grant(["--worktree", clone.path]).lines[0]
        let before = try place.state()
        #expect(try place.remit(["task", "end", "--worktree", clone.path, "--keep-delegation"]).status == 0)
        #expect(try place.remit(["show", id]).lines[1].hasPrefix("in force: "))
        #expect(try place.state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test func `an authority that cannot be written does not save the key`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let id = try #require(RecordID(try place.grant(["--worktree", clone.path]).lines[0]))
        let bare = "\(place.directory.path)/bare.git"
        #expect(try place.git("clone", "--quiet", "--bare", ".", bare).status == 0)
        let output = try place.remit(["task", "end", "--worktree", clone.path, "--authority", bare])
        #expect(output.status == 1)
        #expect(
            output.errorText.contains(
                """
                remit: error: the key is destroyed, but delegation \(id.abbreviated) is not ended: '\(bare)' is a bare \
                repository; records are written in a clone
                remit: hint: its delegator or an operator ends it with 'remit revoke \(id.abbreviated)'

                """), "\(output.errorText)")
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task.pub"))
    }

    @Test func `a key that is not the task's is never destroyed`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        #expect(try place.grant(["--worktree", clone.path]).status == 0)
        try clone.git("config", "user.signingkey", place.key.privatePath)
        let output = try place.remit(["task", "end", "--worktree", clone.path, "--keep-delegation"])
        #expect(output.status == 1)
        #expect(
            output.errorText.hasPrefix("remit: error: '\(place.key.privatePath)' is not the key of the task\n"),
            "\(output.errorText)")
        #expect(FileManager.default.fileExists(atPath: place.key.privatePath))
    }

    @Test func `ssh-agent holds the key until the delegation expires, and its file is gone`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let granted = try place.grant(["--expires", "1h"])
        let agent = try SSHAgent()
        defer { withExtendedLifetime(agent) {} }
        let session = agent.environment
        let start = ["task", "start", granted.lines[0], "--key", "task", "--worktree", clone.path, "--agent-lifetime"]
        let alone = try place.remit(start)
        #expect(alone.status == 1)
        #expect(alone.errorText.contains("remit: hint: start an agent with 'eval $(ssh-agent)'"), "\(alone.errorText)")
        #expect(FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))

        let started = try place.remit(start, environment: session)
        #expect(started.status == 0, "\(started.errorText)")
        #expect(!FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
        #expect(try clone.git("config", "user.signingkey").text.hasSuffix("/task.pub"))
        let commit = ["commit", "--quiet", "--allow-empty", "-m", "Retry"]
        #expect(try clone.attempt(commit).status != 0)
        #expect(try clone.attempt(commit, environment: session).status == 0)

        let ended = try place.remit(["task", "end", "--worktree", clone.path], environment: session)
        #expect(ended.status == 0, "\(ended.errorText)")
        let held = try spawn(
            ["ssh-add", "-L"], environment: HermeticGit.environment(home: "/").merging(session) { $1 })
        #expect(held.text == "The agent has no identities.")
        #expect(try place.remit(["show", granted.lines[0]]).lines[1].contains(" as ended: the task is done"))
    }

    @Test func `an agent forgets the key when the time is over`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let granted = try place.grant(["--expires", "4s"])
        let agent = try SSHAgent()
        defer { withExtendedLifetime(agent) {} }
        let session = agent.environment
        let started = try place.remit(
            ["task", "start", granted.lines[0], "--key", "task", "--worktree", clone.path, "--agent-lifetime"],
            environment: session)
        #expect(started.status == 0, "\(started.errorText)")
        Thread.sleep(forTimeInterval: 5)
        #expect(
            try clone.attempt(["commit", "--quiet", "--allow-empty", "-m", "x"], environment: session).status != 0)
        let again = try place.remit(["task", "start", granted.lines[0], "--key", "task.pub", "--worktree", clone.path])
        #expect(again.errorText.contains(" expired at "), "\(again.errorText)")
    }

    static let starts: [(arguments: [String], message: String, status: Int32)] = [
        (["--new", "--key", "task"], "' exists already", 1),
        (["--new", "--key", "x", "--agent-lifetime"], "--new only makes a key; give it nothing but --key FILE", 64),
        (["--key", "nowhere"], "there is no key 'nowhere'", 1),
        (["--key", "id"], " is no task key that the authority knows", 1),
        (["abcdefabcdef", "--key", "task"], "the authority does not hold exactly one delegation 'abcdefabcdef'", 1),
        (["--key", "task", "--worktree", "nowhere"], "'nowhere' is not a git work tree", 1),
        (
            ["--key", "task.pub", "--worktree", "authority", "--agent-lifetime"],
            "' is a public key, which cannot be given to ssh-agent", 1
        ),
    ]

    @Test(arguments: starts.indices)
    func `task start refuses`(row: Int) throws {
        let (arguments, message, status) = Self.starts[row]
        let place = try Workplace()
        #expect(try place.grant().status == 0)
        let output = try place.remit(["task", "start"] + arguments)
        #expect(output.status == status)
        #expect(output.errorText.split(separator: "\n").first?.contains(message) == true, "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(FileManager.default.fileExists(atPath: "\(place.directory.path)/task"))
    }

    @Test func `task start refuses another delegation's key, and a delegation that has ended`() throws {
        let place = try Workplace()
        let clone = try TestRepository(bare: false)
        let first = try #require(RecordID(try place.grant().lines[0]))
        #expect(try place.grant(taskKey: "other").status == 0)
        let wrong = try place.remit(["task", "start", first.description, "--key", "other", "--worktree", clone.path])
        #expect(wrong.errorText.contains(" is not a task key of delegation \(first.abbreviated)\n"))
        #expect(try place.remit(["task", "start", "--key", "task", "--worktree", clone.path]).status == 0)
        let spare = try readFile("\(place.directory.path)/task")
        #expect(try place.remit(["task", "end", "--worktree", clone.path]).status == 0)
        try place.directory.write(String(decoding: spare, as: UTF8.self), to: "spare")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(place.directory.path)/spare")
        let ended = try place.remit(["task", "start", "--key", "spare", "--worktree", clone.path])
        #expect(
            ended.errorText.hasPrefix(
                "remit: error: delegation \(first.abbreviated) is revoked: ended: the task is done\n"),
            "\(ended.errorText)")
    }
}
