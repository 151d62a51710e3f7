import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Policies { static let shared = Policies() }

/// What the policy demands of everybody, and that a server does not go back to an older one.
@Policies @Suite struct PolicyTests {
    private static func authority(_ attribution: String? = nil) throws -> TestAuthority {
        let authority = try TestAuthority()
        try authority.publish { $0.repositories = [.init("payments", attribution: attribution)] }
        return authority
    }

    @Test func `authenticated asks who pushes`() throws {
        let server = try TestServer(try Self.authority("authenticated"), settings: Scene.gitolite)
        try server.commit(["README.md": "more\n"])
        expectRefused(
            try server.trial("refs/heads/main"), by: ["attribution.unattributed"],
            saying: """
                refused: nothing of this push was accepted
                error: this submission does not prove who wrote it: nobody vouches for the pusher
                  rule     attribution.unattributed
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                decision recorded
                """)
        expectRefused(
            try server.trial("refs/heads/main", environment: Scene.pusher("mallory")), by: ["attribution.unattributed"])
        expectAllowed(
            try server.trial("refs/heads/main", environment: Scene.pusher("sam")), saying: "")
    }

    @Test func `signed asks who wrote each commit`() throws {
        let authority = try Self.authority("signed")
        let scene = try Scene(authority)
        let edit: [String: FileEdit] = ["README.md": "more\n"]
        try scene.server.commit(edit, on: "refs/heads/plain")
        expectRefused(try scene.server.trial("refs/heads/plain"), by: ["attribution.unattributed"])
        try scene.server.commit(edit, on: "refs/heads/stranger", signedBy: try authority.newKey())
        expectRefused(try scene.server.trial("refs/heads/stranger"), by: ["attribution.unattributed"])
        try scene.server.commit(edit, on: "refs/heads/sam", signedBy: authority.sam)
        expectAllowed(try scene.server.trial("refs/heads/sam"))
        try scene.agent(["Sources/A.swift": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        // One unsigned commit between signed ones is enough.
        try scene.server.commit(edit, on: "refs/heads/mixed", signedBy: authority.sam)
        try scene.server.commit(["README.md": "other\n"], on: "refs/heads/mixed")
        try scene.server.commit(["README.md": "again\n"], on: "refs/heads/mixed", signedBy: authority.sam)
        expectRefused(try scene.server.trial("refs/heads/mixed"), by: ["attribution.unattributed"])
    }

    @Test func `an assistant's draft needs a person who signs or pushes it`() throws {
        let authority = try Self.authority()
        try authority.register { $0.autonomy = "assistant" }
        let server = try TestServer(authority, settings: Scene.gitolite)
        let message = "Draft\n\n\(TestServer.mark)\n"
        try server.commit(["README.md": "1\n"], message: message)
        let trial = try server.trial("refs/heads/main")
        expectRefused(trial, by: ["delegation.missing"])
        expectAllowed(
            try server.trial("refs/heads/main", environment: Scene.pusher("dana")),
            saying: "allowed 1 commit of claude-code without a delegation\ndecision recorded")
        try server.commit(["README.md": "2\n"], message: message, signedBy: authority.sam)
        expectAllowed(try server.trial("refs/heads/main"))
        try server.commit(["AGENTS.md": "obey\n"], message: message, signedBy: authority.sam)
        expectRefused(
            try server.trial("refs/heads/main", environment: Scene.pusher("dana")), by: ["scope.protected"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> changes protected 'AGENTS.md' that no line of its grant names
                  rule     scope.protected
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: take the change out with 'git rebase -i', or ask dana@example.org for a grant that names it
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
    }

    @Test func `the baseline is not judged, what follows it is`() throws {
        let authority = try Self.authority()
        let server = try TestServer(authority)
        let message = "Old\n\n\(TestServer.mark)\n"
        let old = try server.commit(["README.md": "1\n"], on: "refs/heads/old", message: message)
        expectRefused(try server.trial("refs/heads/old"), by: ["delegation.missing"])
        try authority.baseline([old])
        expectAllowed(try server.trial("refs/heads/old"))
        try server.commit(["README.md": "2\n"], on: "refs/heads/old", message: message)
        let trial = try server.trial("refs/heads/old")
        expectRefused(trial, by: ["delegation.missing"])
        #expect(trial.said.contains("error: commit <id> is by agent 'claude-code' without a delegation"))
    }

    @Test func `a baseline that no administrator signed stops everything`() throws {
        let authority = try Self.authority()
        let server = try TestServer(authority)
        let old = try server.commit(["README.md": "1\n"])
        try authority.baseline([old], signedBy: authority.sam)
        let trial = try server.trial("refs/heads/main")
        expectUndecided(trial, by: ["undecided.authority"])
        #expect(trial.said.contains("is not signed by the administrator whom it names"))
    }

    @Test func `an older policy is not believed again`() throws {
        let authority = try Self.authority()
        let server = try TestServer(authority)
        let older = try authority.repository.resolve("main")
        try authority.publish { $0.version = 2 }
        try server.commit(["README.md": "1\n"])
        expectAllowed(try server.trial("refs/heads/main"))
        try authority.repository.setRef("refs/heads/main", to: older)
        try server.commit(["README.md": "2\n"])
        expectUndecided(
            try server.trial("refs/heads/main"), by: ["undecided.authority"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the authority could not be verified: policy version 1 is older than version 2, which this server \
                has seen
                  rule     undecided.authority
                hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server
                decision recorded
                """)
    }

    @Test func `one version has one text`() throws {
        let authority = try Self.authority()
        let server = try TestServer(authority)
        try server.commit(["README.md": "1\n"])
        expectAllowed(try server.trial("refs/heads/main"))
        try authority.publish { $0.protectedPaths = ["Deploy/**"] }
        try server.commit(["README.md": "2\n"])
        let trial = try server.trial("refs/heads/main")
        expectUndecided(trial, by: ["undecided.authority"])
        #expect(trial.said.contains("policy version 1 is not the one that this server has seen under that number"))
        try authority.publish { $0.version = 2 }
        expectAllowed(try server.trial("refs/heads/main"))
    }

    @Test func `an authority that is not there refuses`() throws {
        let server = try TestServer(try Self.authority(), settings: ["remit.authority": "/nonexistent/authority.git"])
        try server.commit(["README.md": "1\n"])
        expectUndecided(try server.trial("refs/heads/main"), by: ["undecided.authority"])
    }

    @Test func `a ledger that is not there refuses`() throws {
        let server = try TestServer(try Self.authority())
        try server.commit(["README.md": "1\n"])
        try server.configure("remit.ledger", "/nonexistent/ledger.db")
        expectUndecided(try server.trial("refs/heads/main"), by: ["undecided.ledger"], isRecorded: false)
    }
}
