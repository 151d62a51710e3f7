import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// How a change gets from a clone to everybody.
@Suite struct PublishingTests {
    /// The options of an agent that nobody else registers.
    private static func agent(_ id: String, _ key: SSHKey) -> [String] {
        ["agent", "add", id, "--vendor", "v", "--owner", Workplace.person, "--key", key.privatePath]
    }

    @Test func `a change is one commit, signed with the key of its record, and pushed`() throws {
        let shared = try SharedWorkplace()
        let output = try shared.remit(Self.agent("codex", shared.place.key), in: shared.place.authority)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.hasSuffix("remit: servers know it: pushed to 'origin'\n"))
        #expect(try shared.subjects().first == "Register agent codex")
        let signers = try shared.place.directory.write(
            "dana@example.org namespaces=\"git\" \(shared.place.key.publicLine)\n", to: "signers")
        let verified = try shared.git(
            "-c", "gpg.ssh.allowedSignersFile=\(signers)", "verify-commit", "main", in: shared.bare)
        #expect(verified.status == 0, "\(verified.errorText)")
        #expect(try shared.place.git("status", "--short", "--branch").lines == ["## main...origin/main"])
        #expect(try shared.place.git("worktree", "list").lines.count == 1)
    }

    @Test func `a change is laid over what others have pushed meanwhile`() throws {
        let shared = try SharedWorkplace()
        let other = try shared.clone("other")
        #expect(try shared.remit(Self.agent("codex", shared.place.key), in: other).status == 0)
        #expect(try shared.remit(Self.agent("jules", shared.place.key), in: shared.place.authority).status == 0)
        #expect(try shared.subjects().prefix(2) == ["Register agent jules", "Register agent codex"])
        let twice = try shared.remit(Self.agent("jules", shared.place.key), in: other)
        #expect(twice.errorText == "remit: error: agent 'jules' is registered already\n")
    }

    @Test func `many at once all land, and none is lost`() async throws {
        let shared = try SharedWorkplace()
        let clones = try (0..<4).map { try shared.clone("clone\($0)") }
        let ids = (0..<12).map { "agent\($0)" }
        let outputs = try await withThrowingTaskGroup(of: Output.self) { group in
            for (index, id) in ids.enumerated() {
                group.addTask {
                    // Three commands race in every clone, and the clones race for the branch.
                    try shared.remit(Self.agent(id, shared.place.key), in: clones[index % clones.count])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for output in outputs { #expect(output.status == 0, "\(output.errorText)") }
        let registered = try shared.subjects().filter { $0 != "Register agent claude-code" }.dropLast()
        #expect(Set(registered) == Set(ids.map { "Register agent \($0)" }))
        #expect(registered.count == ids.count)
        for clone in clones {
            #expect(try shared.git("status", "--porcelain", in: clone).text.isEmpty)
            #expect(try shared.git("worktree", "list", in: clone).lines.count == 1)
        }
    }

    @Test func `records of every kind race for the branch, and the guard takes each`() async throws {
        let shared = try SharedWorkplace()
        let clones = try (0..<3).map { try shared.clone("clone\($0)") }
        let key = ["--key", shared.place.key.privatePath]
        let commit = [
            "--repository", "payments", "--ref", "refs/heads/main", "--commit", String(repeating: "a", count: 40),
        ]
        let commands: [[String]] = [
            Self.agent("codex", shared.place.key), ["request"] + Workplace.scope,
            ["exception", "--rule", "scope.path", "--expires", "1h", "--reason", "x"] + commit + key,
            ["revoke", "sha256:" + String(repeating: "ab", count: 32), "--cause", "ended", "--reason", "x"] + key,
            ["grant"] + Workplace.scope + ["--new-task-key", "one"] + key,
            ["grant"] + Workplace.scope + ["--new-task-key", "two"] + key,
            ["authority", "add-person", "kim@example.org", "--login", "kim"] + key,
            ["agent", "update", "claude-code", "--add-tool", "bash"] + key,
            ["agent", "update", "claude-code", "--add-model", "claude-opus-4-7"] + key,
        ]
        let before = try shared.subjects().count
        let outputs = try await withThrowingTaskGroup(of: Output.self) { group in
            for (index, command) in commands.enumerated() {
                group.addTask { try shared.remit(command, in: clones[index % clones.count]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for output in outputs { #expect(output.status == 0, "\(output.errorText)") }
        #expect(try shared.subjects().count == before + commands.count)
        let agent = try shared.git("show", "main:agents/claude-code.toml", in: shared.bare).text
        #expect(agent.contains("\"bash\"") && agent.contains("\"claude-opus-4-7\""), "\(agent)")
    }

    @Test func `what the server's hook refuses leaves nothing in the clone, and its words are shown`() throws {
        let shared = try SharedWorkplace()
        let before = try shared.place.state()
        try shared.install(hook: "echo 'not on Fridays' >&2; echo 'ask dana' >&2; exit 1")
        let output = try shared.remit(Self.agent("codex", shared.place.key), in: shared.place.authority)
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: 'origin' refused the change (pre-receive hook declined)
                remit: server: not on Fridays
                remit: server: ask dana
                remit: hint: nothing was written: the clone holds what 'origin' holds

                """)
        #expect(try shared.place.state() == before)
        #expect(try shared.place.git("worktree", "list").lines.count == 1)
    }

    @Test func `a task key of a grant that does not land is removed again`() throws {
        let shared = try SharedWorkplace()
        try shared.install(hook: "exit 1")
        #expect(try shared.place.grant().status == 1)
        #expect(!FileManager.default.fileExists(atPath: "\(shared.place.directory.path)/task"))
    }

    @Test func `a commit overtaken on its way is made anew and judged anew`() throws {
        let shared = try SharedWorkplace()
        let other = try shared.clone("other")
        // The hook lets somebody else go first, once: the same agent, registered from another clone.
        let rival = try (["REMIT_AUTHORITY=\(other)", BuiltProducts.remit] + Self.agent("codex", shared.place.key))
            .joined(separator: " ")
        let once = "\(shared.place.directory.path)/once"
        let hook = "#!/bin/sh\n[ -e \(once) ] && exit 0; touch \(once); env \(rival) --tool edit >&2\n"
        try writeFile(Array(hook.utf8), to: "\(shared.place.authority)/.git/hooks/pre-push", executable: true)
        let output = try shared.remit(Self.agent("codex", shared.place.key), in: shared.place.authority)
        #expect(output.status == 1)
        #expect(output.errorText == "remit: error: agent 'codex' is registered already\n")
        #expect(try shared.subjects().filter { $0 == "Register agent codex" }.count == 1)
        #expect(try shared.place.git("status", "--short", "--branch").lines == ["## main...origin/main"])
    }

    @Test func `a request is answered once, whoever of two comes first`() throws {
        let shared = try SharedWorkplace()
        let (mine, other) = (shared.place.authority, try shared.clone("other"))
        let home = shared.place.directory.path
        let request = ["request"] + Workplace.scope + ["--new-task-key", "task"]
        let id = try #require(RecordID(try shared.remit(request, in: mine).lines[0]))
        let rival = try [
            "REMIT_AUTHORITY=\(other)", BuiltProducts.remit, "review", id.abbreviated, "--decline", "--reason", "no",
            "--key", shared.place.key.privatePath,
        ].joined(separator: " ")
        let hook = "#!/bin/sh\n[ -e \(home)/once ] && exit 0; touch \(home)/once; env \(rival) >&2\n"
        try writeFile(Array(hook.utf8), to: "\(mine)/.git/hooks/pre-push", executable: true)
        let output = try shared.remit(["review", id.abbreviated, "--grant", "--key", "id"], in: mine)
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: request \(id.abbreviated) is answered already
                remit: hint: 'remit review \(id.abbreviated)' tells what the answer is

                """)
        #expect(
            try shared.subjects().prefix(2) == ["Decline PAY-42 for claude-code", "Ask for PAY-42 for claude-code"])
    }

    @Test func `with --no-push the change stays in the clone, and the next one that pushes says so`() throws {
        let shared = try SharedWorkplace()
        let before = try shared.subjects()
        let clone = shared.place.authority
        let kept = try shared.remit(Self.agent("codex", shared.place.key) + ["--no-push"], in: clone)
        #expect(kept.status == 0)
        #expect(kept.errorText.hasSuffix("remit: servers know it after 'git -C \(clone) push'\n"))
        #expect(try shared.subjects() == before)
        let next = try shared.remit(Self.agent("jules", shared.place.key), in: clone)
        #expect(next.status == 1)
        #expect(
            next.errorText == """
                remit: error: '\(clone)' has commits that 'origin' does not have
                remit: hint: publish them with 'git -C \(clone) push', or drop them with 'git -C \(clone) reset --keep \
                @{upstream}'
                remit: hint: or give --no-push, to add to them

                """)
        #expect(try shared.git("push", "--quiet", in: clone).status == 0)
        #expect(try shared.remit(Self.agent("jules", shared.place.key), in: clone).status == 0)
    }

    @Test func `a remote that cannot be reached is undecided, and nothing is written`() throws {
        let shared = try SharedWorkplace()
        let before = try shared.place.state()
        #expect(try shared.place.git("remote", "set-url", "origin", "/nowhere").status == 0)
        let output = try shared.remit(Self.agent("codex", shared.place.key), in: shared.place.authority)
        #expect(output.status == 2)
        #expect(output.errorText.hasPrefix("remit: error: cannot fetch from 'origin': "), "\(output.errorText)")
        #expect(
            output.errorText.hasSuffix(
                "remit: hint: give --no-push, to write the change down in this clone only\n"))
        #expect(try shared.place.state() == before)
    }
}
