import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// The hooks in a clone, run by the git of whoever works there.
@Suite struct ClientHookTests {
    /// A gated server, and a clone of it with both hooks and the settings by which they find the authority.
    private struct Desk {
        let installed: Installed
        let delegation: TestDelegation.Issued

        var server: TestServer { installed.server }
        var clone: TestRepository { installed.server.client }

        init(program: String? = nil) throws {
            installed = try Installed()
            delegation = try installed.authority.delegate()
            for hook in ["commit-msg", "pre-push"] {
                try HookFile.write(
                    hook, to: "\(clone.gitDirectory)/hooks/\(hook)", program: program ?? BuiltProducts.remit,
                    insteadOf: "/usr/local/bin/remit")
            }
            try configure("remit.authority", installed.authority.path)
            try configure("remit.root", installed.authority.root.description)
            try configure("remit.repository", "payments")
        }

        func configure(_ key: String, _ value: String) throws { try clone.git("config", key, value) }

        /// Commits with git, and tells how that ended and what was said.
        func commit(_ message: String, _ options: String...) throws -> (isMade: Bool, said: String) {
            let before = try clone.resolve("HEAD")
            let output = try clone.attempt(["commit", "--quiet", "--allow-empty", "-m", message] + options)
            let isMade = try clone.resolve("HEAD") != before
            #expect(isMade == (output.status == 0), "\(output.errorText)")
            return (isMade, output.errorText.replacing(delegation.id.abbreviated, with: "<delegation>"))
        }
    }

    /// Whether the program of an installed clone is there, and its answers.
    private static let refused = "remit: refused: a commit with this message would not be accepted\n"

    struct Row: Sendable, CustomTestStringConvertible {
        let message: String
        /// What is refused with these lines; `nil` where the commit is made in silence.
        let said: String?

        init(_ message: String, _ said: String?) {
            (self.message, self.said) = (message, said)
        }

        var testDescription: String { message }
    }

    private static let rows = [
        Row("Fix the settlement job", nil),
        Row("Retry\n\nDelegation: <own>\n\(TestServer.mark)", nil),
        Row("Retry\n\nDelegation: <own>", nil),
        Row("Say what a line 'Delegation: PAY-42' is\n\nDelegation: is prose here", nil),
        Row(
            "Retry\n\n\(TestServer.mark)",
            """
            remit: error: this commit is by agent 'claude-code' without a delegation
            remit:   rule     delegation.missing
            remit:   found    'Co-Authored-By: Claude <noreply@anthropic.com>'
            remit:   ask      dana@example.org
            remit: hint: ask dana@example.org for a delegation made with 'remit grant', then try with \
            'remit check <base>..HEAD'

            """),
        Row(
            "Retry\n\nDelegation: 000000000000",
            """
            remit: error: this commit names delegation '000000000000' that the authority does not hold
            remit:   rule     delegation.unknown
            remit:   ask      dana@example.org
            remit: hint: find the right id with 'remit show <delegation>' and correct the message, \
            or ask dana@example.org for a delegation

            """),
        Row(
            "Retry\n\nDelegation: PAY-42\n\(TestServer.mark)",
            """
            remit: error: this commit names delegation 'PAY-42' that the authority does not hold
            remit:   rule     delegation.unknown
            remit:   ask      dana@example.org
            remit: hint: find the right id with 'remit show <delegation>' and correct the message, \
            or ask dana@example.org for a delegation

            """),
        Row(
            "Retry\n\nDelegation: <own>\nDelegation: 000000000000",
            """
            remit: error: this commit has marks that disagree: it names more than one delegation
            remit:   rule     attribution.mismatch
            remit:   found    '<delegation> 000000000000'
            remit: hint: name one delegation in the message

            """),
        Row(
            "Retry\n\nCo-authored-by: openhands <openhands@all-hands.dev>",
            """
            remit: error: this commit is by agent 'openhands' that the inventory does not know
            remit:   rule     attribution.unregistered
            remit:   found    'Co-authored-by: openhands <openhands@all-hands.dev>'
            remit:   ask      dana@example.org
            remit: hint: ask dana@example.org to register it with 'remit agent add openhands'

            """),
    ]

    @Test(arguments: rows)
    func `a message that the server would refuse makes no commit`(row: Row) throws {
        let desk = try Desk()
        let own = desk.delegation.id.abbreviated
        let commit = try desk.commit(row.message.replacing("<own>", with: own))
        #expect(commit.isMade == (row.said == nil), "\(commit.said)")
        #expect(commit.said == row.said.map { Self.refused + $0 } ?? "", "\(commit.said)")
    }

    /// Said by the same rules: what the hook lets pass for its message, the server does too.
    @Test func `the server says the same of the commit`() throws {
        let desk = try Desk()
        for row in Self.rows where row.said != nil {
            let message = row.message.replacing("<own>", with: desk.delegation.id.abbreviated)
            try desk.clone.git("commit", "--quiet", "--no-verify", "--allow-empty", "-m", message)
            let push = try desk.server.push("HEAD:refs/heads/agent/PAY-42/x", options: ["--no-verify"])
            let rule = try #require(row.said?.split(separator: "\n").first { $0.contains("  rule ") })
            #expect(push.errorText.contains(rule), "\(push.errorText)")
            try desk.clone.git("reset", "--quiet", "--hard", "origin/main")
        }
    }

    @Test func `an agent that is suspended is told at once`() throws {
        let desk = try Desk()
        try desk.installed.authority.revoke(.agent("claude-code"), reason: "looks odd")
        let commit = try desk.commit("Retry\n\nDelegation: \(desk.delegation.id)\n\(TestServer.mark)")
        #expect(!commit.isMade && commit.said.contains("remit:   rule     delegation.suspended\n"), "\(commit.said)")
    }

    @Test func `an assistant's draft is a person's to push`() throws {
        let desk = try Desk()
        try desk.installed.authority.register { $0.autonomy = "assistant" }
        #expect(try desk.commit("Retry\n\n\(TestServer.mark)").isMade)
    }

    @Test func `who the author is counts as it does on the server`() throws {
        let desk = try Desk()
        let commit = try desk.commit("Retry", "--author", "Claude <noreply@anthropic.com>")
        #expect(!commit.isMade && commit.said.contains("delegation.missing"), "\(commit.said)")
    }

    @Test func `neither comments nor the diff below the message are part of it`() throws {
        let desk = try Desk()
        try writeFile(Array("\(TestServer.mark)\nDelegation: 000000000000\n".utf8), to: "\(desk.clone.path)/notes")
        try desk.clone.git("add", "notes")
        let editor =
            "#!/bin/sh\nprintf 'Notes\\n# Delegation: 000000000000\\n' | cat - \"$1\" >\"$1.new\"\nmv \"$1.new\" \"$1\"\n"
        let file = "\(desk.clone.directory.path)/editor"
        try writeFile(Array(editor.utf8), to: file, executable: true)
        let output = try desk.clone.attempt(["commit", "--quiet", "--verbose"], environment: ["GIT_EDITOR": file])
        #expect(output.status == 0 && output.errorText.isEmpty, "\(output.errorText)")
        #expect(try desk.clone.git("log", "-1", "--format=%B").text == "Notes\n")
    }

    @Test func `a message without a word is git's to give up`() throws {
        let desk = try Desk()
        let output = try desk.clone.attempt(["commit", "--quiet", "--allow-empty", "-m", ""])
        #expect(output.status == 1 && output.errorText == "Aborting commit due to empty commit message.\n")
    }

    // MARK: where no authority is at hand

    @Test(
        arguments: [
            ("Fix the settlement job", true, ""),
            (
                "Retry\n\n\(TestServer.mark)", true,
                "remit: warning: not checked here: whether agent 'claude-code' needs a delegation (REASON)\n"
            ),
            (
                "Retry\n\nDelegation: <own>", true,
                "remit: warning: not checked here: what delegation <delegation> is (REASON)\n"
            ),
            (
                "Retry\n\nDelegation: <own>\nDelegation: 000000000000", false,
                """
                remit: error: the message names two delegations, <delegation> and 000000000000
                remit: hint: name one

                """
            ),
            (
                "Retry\n\nDelegation: PAY-42\n\(TestServer.mark)", false,
                """
                remit: error: 'Delegation: PAY-42' names no delegation
                remit: hint: name the delegation of agent 'claude-code' by its id, in 12 to 64 hexadecimal digits

                """
            ),
        ], [false, true])
    func `without an authority only the message itself is judged`(
        row: (message: String, isMade: Bool, said: String), isGone: Bool
    ) throws {
        let desk = try Desk()
        if isGone {
            try desk.configure("remit.authority", "/nowhere")
        } else {
            try desk.clone.git("config", "--unset", "remit.authority")
        }
        let reason = isGone ? "'/nowhere' is not a git repository" : "no authority is named"
        let commit = try desk.commit(row.message.replacing("<own>", with: desk.delegation.id.abbreviated))
        #expect(commit.isMade == row.isMade)
        #expect(commit.said == row.said.replacing("REASON", with: reason))
    }

    @Test(
        arguments: [
            ("Retry", "the message names no delegation, and this clone is set up for one", "add the line"),
            ("Retry\n\nDelegation: PAY-42", "'Delegation: PAY-42' names no delegation", "write"),
        ], [false, true])
    func `a clone that is set up for a task makes no commit without its delegation`(
        row: (message: String, error: String, hint: String), isOffline: Bool
    ) throws {
        let desk = try Desk()
        try desk.configure("remit.delegation", desk.delegation.id.description)
        if isOffline { try desk.clone.git("config", "--unset", "remit.authority") }
        let commit = try desk.commit(row.message)
        #expect(!commit.isMade)
        #expect(
            commit.said == "remit: error: \(row.error)\nremit: hint: \(row.hint) 'Delegation: <delegation>'\n")
    }

    // MARK: the program, and pushes

    @Test func `without the program both only warn, and the server judges`() throws {
        let desk = try Desk(program: "/nowhere/remit")
        let commit = try desk.commit("Retry\n\n\(TestServer.mark)")
        #expect(commit.isMade)
        #expect(
            commit.said.hasSuffix(
                "remit: warning: the message was not checked here; the server judges the commit\n"))
        let push = try desk.server.push("HEAD:refs/heads/agent/PAY-42/x")
        #expect(push.status == 1)
        #expect(
            push.errorText.contains("remit: warning: the push was not checked here; the server judges it\n"))
        #expect(push.errorText.contains("remote: remit: refused: nothing of this push was accepted"))
    }

    @Test func `a push that the server would refuse does not go out`() throws {
        let desk = try Desk()
        try desk.server.commit(["Deploy/run.sh": "1\n"], under: desk.delegation)
        let push = try desk.server.push(Scene.branch)
        #expect(push.status == 1)
        #expect(push.errorText.contains("remit: refused: a push of this would not be accepted\n"), "\(push.errorText)")
        #expect(!push.errorText.contains("remote: "))
        #expect(try desk.server.entries().allSatisfy { $0.kind != .decision })
        // Whoever passes it over meets the server.
        let forced = try desk.server.push(Scene.branch, options: ["--no-verify"])
        #expect(forced.status == 1 && forced.errorText.contains("remote: remit: refused:"))
    }

    @Test func `a push within its delegation goes out`() throws {
        let desk = try Desk()
        try desk.server.commit(["Sources/Retry.swift": "1\n"], under: desk.delegation)
        let push = try desk.server.push(Scene.branch)
        #expect(push.status == 0, "\(push.errorText)")
    }

    @Test(
        arguments: [
            (
                ["--message", "x", "HEAD"],
                "--message is about one message; give no range, --ref, --pre-push and --as-person"
            ),
            (
                ["--message", "x", "--format", "json"],
                "--message answers in words; --report and --format are for decisions"
            ),
        ])
    func `wrong usage ends with 64`(arguments: [String], says: String) throws {
        let desk = try Desk()
        let output = try desk.installed.remit(["check"] + arguments)
        #expect(output.status == 64 && output.errorText.contains(says), "\(output.errorText)")
    }

    @Test func `a file that is not there is not checked`() throws {
        let output = try Desk().installed.remit(["check", "--message", "/nowhere/x"])
        #expect(output.status != 0 && output.status != 1, "\(output.status) \(output.errorText)")
    }
}
