import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What Gerrit's three hooks decide, each called as Gerrit calls it.
@Suite struct GerritTests {
    private static func said(_ output: Output) -> String { TestServer.words(of: output.errorText) }

    // MARK: ref-update

    @Test func `a push past review is judged as any push`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.proposed()
        let allowed = try gerrit.refUpdate(Scene.branch, to: commit)
        #expect(allowed.status == 0 && allowed.text.isEmpty)
        #expect(
            Self.said(allowed) == """
                allowed 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        // The commits of a direct push come by the other hook too: it leaves them to this one.
        let again = try gerrit.commitReceived(commit, command: Scene.branch, branch: Scene.branch)
        #expect(again.status == 0 && again.text.isEmpty && again.errorText.isEmpty)
        #expect(try gerrit.outcomes() == ["allowed"])
        #expect(try gerrit.scene.spent().pushes == 1)
    }

    @Test func `what exceeds the delegation is refused`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.proposed(["Deploy/run.sh": "rm -r /\n"])
        let refused = try gerrit.refUpdate(Scene.branch, to: commit)
        #expect(refused.status == 1)
        #expect(
            Self.said(refused) == """
                refused: this ref was not moved
                error: commit <id> changes 'Deploy/run.sh' outside its grant
                  rule     scope.path
                  ref      refs/heads/agent/PAY-42/work
                  granted  Sources/** Tests/** except Sources/Secrets/**
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                decision recorded
                """, "\(refused.errorText)")
        #expect(try gerrit.outcomes() == ["refused"])
    }

    @Test(arguments: [("dana", Int32(0)), ("mallory", 1), ("", 1)])
    func `a protected branch is deleted by persons who are known`(login: String, status: Int32) throws {
        let gerrit = try Gerrit()
        let main = try gerrit.repository.resolve("refs/heads/main")
        let output = try gerrit.refUpdate("refs/heads/main", from: main, to: .zero, by: login)
        #expect(output.status == status, "\(output.errorText)")
        if status == 1 { #expect(output.errorText.contains("  rule     ref.operation\n")) }
    }

    // MARK: commit-received

    @Test func `a push for review is the agent's own act`() throws {
        let gerrit = try Gerrit { $0.limits = ["commits": 1, "pushes": 1] }
        let commit = try gerrit.proposed()
        // Sent as often as it is, it is counted once.
        for command in [Gerrit.review, "refs/for/main%topic=retry", "refs/changes/1234"] {
            let output = try gerrit.commitReceived(commit, command: command)
            #expect(output.status == 0, "\(output.errorText)")
        }
        let spent = try gerrit.scene.spent()
        #expect(spent.commits == 1 && spent.pushes == 1)
        let other = try gerrit.proposed(["Sources/Other.swift": "1\n"])
        let refused = try gerrit.commitReceived(other)
        #expect(refused.status == 1)
        let said = Self.said(refused)
        for unit in ["commits", "pushes"] {
            #expect(said.contains("error: delegation <delegation> allows 1 \(unit) and this makes 2\n"), "\(said)")
        }
        #expect(try gerrit.scene.spent() == spent)
        #expect(try gerrit.outcomes() == ["allowed", "allowed", "allowed", "refused"])
    }

    @Test func `an agent that may not push for review is refused`() throws {
        let gerrit = try Gerrit { $0.grants[0].refs = ["refs/heads/agent/PAY-42/**"] }
        let refused = try gerrit.commitReceived(try gerrit.proposed())
        #expect(refused.status == 1)
        #expect(
            Self.said(refused) == """
                refused: nothing of this push was accepted
                error: ref 'refs/for/main' is outside the granted refs
                  rule     ref.scope
                  ref      refs/for/main
                  commit   <id>
                  granted  refs/heads/agent/PAY-42/** merge into refs/heads/main
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: push to a granted ref with 'git push origin HEAD:refs/heads/agent/PAY-42/<name>', \
                or ask dana@example.org for a wider grant
                decision recorded
                """, "\(refused.errorText)")
    }

    @Test func `commits of people pass in silence`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.scene.server.commit(["README.md": "2\n"])
        try gerrit.store(commit)
        let output = try gerrit.commitReceived(commit)
        #expect(output.status == 0 && output.text.isEmpty && output.errorText.isEmpty, "\(output.errorText)")
        #expect(try gerrit.outcomes() == ["allowed"])
    }

    @Test func `each commit of a merge that is new is judged`() throws {
        let gerrit = try Gerrit()
        let main = try gerrit.repository.resolve("refs/heads/main")
        let side = try gerrit.proposed(["Deploy/x": "1\n"])
        let merge = try gerrit.scene.client.commitTree(
            try gerrit.scene.client.resolve("\(side.hex)^{tree}"), parents: [main, side])
        try gerrit.store(merge)
        let refused = try gerrit.commitReceived(merge, parent: main)
        #expect(refused.status == 1 && refused.errorText.contains("  rule     scope.path\n"), "\(refused.errorText)")
    }

    @Test func `a commit that Gerrit has made and not stored is told, and left to submit`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.scene.agent(["Deploy/run.sh": "1\n"])
        let output = try gerrit.commitReceived(commit, command: "refs/changes/34/1234/2")
        #expect(output.status == 0)
        #expect(
            output.errorText == """
                remit: note: the server has made commit \(commit.abbreviated) and not stored it yet: it is judged when \
                it is submitted

                """)
        #expect(try gerrit.outcomes() == [])
        // Once it is stored, it is judged like any other; and a push that names what is not there is not believed.
        let missing = try gerrit.commitReceived(commit)
        #expect(missing.status == 2 && missing.errorText.contains("undecided.repository"), "\(missing.errorText)")
        try gerrit.store(commit)
        #expect(try gerrit.commitReceived(commit, command: "refs/changes/34/1234/2").status == 1)
    }

    // MARK: submit

    @Test func `a person lands what was reviewed`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.proposed()
        #expect(try gerrit.commitReceived(commit).status == 0)
        let landed = try gerrit.submit(commit, by: "sam")
        #expect(landed.status == 0)
        #expect(
            Self.said(landed) == """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                via merge, which the server calls 'submit'
                decision recorded
                """)
        let spent = try gerrit.scene.spent()
        #expect(spent.commits == 1 && spent.pushes == 1)
    }

    @Test func `a change is judged by what it brings, however far the branch has gone on`() throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.proposed()
        let advanced = try gerrit.scene.server.commit(["Deploy/run.sh": "1\n", "README.md": "2\n"])
        try gerrit.store(advanced)
        try gerrit.repository.setRef("refs/heads/main", to: advanced)
        let landed = try gerrit.submit(commit, by: "sam")
        #expect(landed.status == 0, "\(landed.errorText)")
        // What is there already brings nothing.
        #expect(try gerrit.submit(advanced, by: "sam").status == 0)
    }

    @Test(arguments: ["mallory", "", "Dana"])
    func `nobody else lands it`(login: String) throws {
        let gerrit = try Gerrit()
        let commit = try gerrit.proposed()
        let refused = try gerrit.submit(commit, by: login)
        #expect(refused.status == 1)
        let said = Self.said(refused).split(separator: "\n").map(String.init)
        #expect(said.first == "refused: this change was not submitted")
        #expect(said.contains("  rule     approval.missing"))
        #expect(
            said.contains(
                "hint: let dana@example.org submit it, from an account by which the authority knows them"),
            "\(refused.errorText)")
    }

    @Test func `with an approval anybody may submit it`() throws {
        let gerrit = try Gerrit()
        let authority = gerrit.scene.authority
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { $0.approvers = [.init("bob@example.org")] }
        let commit = try gerrit.proposed()
        #expect(try gerrit.submit(commit, by: "").status == 1)
        let tree = try gerrit.scene.client.resolve("\(commit.hex)^{tree}")
        try authority.approve(
            TestApproval(of: commit, tree: tree, by: "bob@example.org", at: authority.now), signedBy: bob)
        let landed = try gerrit.submit(commit, by: "")
        #expect(landed.status == 0, "\(landed.errorText)")
    }

    @Test func `a branch that merge_into does not name takes it from nobody`() throws {
        let gerrit = try Gerrit()
        let refused = try gerrit.submit(try gerrit.proposed(), to: "refs/heads/release/1", by: "sam")
        #expect(refused.status == 1 && refused.errorText.contains("  rule     ref.scope\n"), "\(refused.errorText)")
    }

    // MARK: whom it believes

    @Test func `no variable says who is behind it`() throws {
        var gerrit = try Gerrit()
        let commit = try gerrit.proposed()
        gerrit.environment = [
            "GL_USER": "dana", "REMOTE_USER": "dana", "GL_USERNAME": "dana", "GITEA_PUSHER_NAME": "dana",
            "BB_USER_NAME": "dana", "SOFT_SERVE_USERNAME": "dana", "GITHUB_USER_LOGIN": "dana", "USER": "dana",
        ]
        let refused = try gerrit.submit(commit, by: "")
        #expect(refused.status == 1 && refused.errorText.contains("  rule     approval.missing\n"))
    }

    @Test(
        arguments: [
            ("ref-update", "plain"), ("commit-received", "gitolite"), ("submit", "http"), ("submit", "gitlab"),
        ])
    func `only the configured server calls its hooks`(hook: String, host: String) throws {
        let gerrit = try Gerrit(settings: host == "plain" ? [:] : ["remit.host": host])
        let commit = try gerrit.proposed()
        let output =
            switch hook {
            case "ref-update": try gerrit.refUpdate(Scene.branch, to: commit)
            case "submit": try gerrit.submit(commit, by: "dana")
            default: try gerrit.commitReceived(commit)
            }
        #expect(output.status == 2)
        #expect(
            output.errorText.contains(
                "the configuration cannot be used: git config remit.host: is '\(host)', and only 'gerrit' calls \(hook)\n"
            ), "\(output.errorText)")
    }

    @Test func `Gerrit's arguments do not make its pre-receive believe anybody`() throws {
        let gerrit = try Gerrit()
        try gerrit.scene.agent(["Sources/A.swift": "1\n"])
        expectRefused(
            try gerrit.scene.server.trial("\(Scene.branch):refs/heads/main"), by: ["approval.missing"])
    }

    private static let id = String(repeating: "a", count: 40)

    @Test(
        arguments: [
            ([], "--project: not given"),
            (["--project", "--oldrev"], "--refname: not given"),
            (["--project", "p", "--project", "q"], "--project: given twice"),
            (
                ["--project", "p", "--frobnicate", "x"],
                "--frobnicate: an option of which this release of remit-hook does not know what it means"
            ),
            (
                [
                    "--project", "p", "--refname", "refs/heads/a\u{1B}[2J", "--uploader-username", "d", "--oldrev", id,
                    "--newrev", id,
                ], "--refname: a control byte"
            ),
            (
                [
                    "--project", "p", "--refname", "refs/heads/a", "--uploader-username", "d", "--oldrev",
                    "aaaaaaaaaaaa",
                    "--newrev", id,
                ], "--oldrev: not an id of 40 lower-case hexadecimal digits"
            ),
            (
                [
                    "--project", "p", "--refname", "refs/heads/a", "--uploader-username", "d", "--oldrev",
                    String(repeating: "a", count: 64), "--newrev", id,
                ],
                "--oldrev: an id of 64 digits: this repository is of the SHA-256 format, which is not supported"
            ),
            (
                [
                    "--project", String(repeating: "p", count: 100_000), "--refname", "refs/heads/a",
                    "--uploader-username", "d", "--oldrev", id, "--newrev", id,
                ], "--project: 100000 bytes, at most 1024"
            ),
        ] as [([String], String)])
    func `arguments that Gerrit does not give are not judged`(words: [String], fault: String) throws {
        let gerrit = try Gerrit()
        let output = try gerrit.call("ref-update", words: words)
        #expect(output.status == 2 && output.text.isEmpty)
        #expect(
            output.errorText == """
                remit: undecided: this ref could not be checked, it was not moved
                remit: error: the input of the hook could not be understood: \(fault)
                remit:   rule     undecided.input
                remit: hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on \
                the server

                """)
        BadInputScene.expectNoRuntimeWords(output.errorText)
        #expect(try gerrit.outcomes() == [])
    }

    @Test func `objects that are not there are not judged`() throws {
        let gerrit = try Gerrit()
        let absent = try #require(ObjectID(hex: String(repeating: "a", count: 40)))
        for output in [
            try gerrit.refUpdate(Scene.branch, to: absent), try gerrit.submit(absent, by: "dana"),
            try gerrit.commitReceived(absent, parent: .zero),
        ] { #expect(output.status == 2 && output.errorText.contains("undecided.repository"), "\(output.errorText)") }
        #expect(try gerrit.outcomes() == ["undecided", "undecided", "undecided"])
    }

    @Test func `what is installed as for a plain server answers Gerrit once it is told so`() throws {
        let installed = try Installed()
        let main = try installed.server.repository.resolve("refs/heads/main")
        let words = [
            "--project", "payments", "--uploader", "x", "--uploader-username", "dana", "--oldrev", ObjectID.zero.hex,
            "--newrev", main.hex, "--refname", "refs/heads/topic",
        ]
        for (host, status) in [("plain", Int32(2)), ("gerrit", 0)] {
            try installed.server.configure("remit.host", host)
            let output = try spawn(
                [BuiltProducts.hook, "ref-update"] + words,
                environment: ["GIT_DIR": installed.path, "GERRIT_SITE": "/srv/gerrit"])
            #expect(output.status == status, "\(output.errorText)")
        }
    }
}
