import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// An assistant drafts, and its person commits and pushes under a name of their own.
@Stories @Suite struct AssistantTests {
    private static let disclosed = "Draft\n\n\(TestServer.mark)\n"

    /// A server whose only agent is an assistant with an account of its own; Bob approves.
    private struct Desk {
        let authority: TestAuthority
        let bob: SSHKey
        let server: TestServer

        init(_ attribution: String? = nil) throws {
            authority = try TestAuthority()
            bob = try authority.add(person: "bob@example.org", logins: ["bob"])
            try authority.publish {
                $0.approvers = [.init("bob@example.org")]
                $0.repositories = [.init("payments", attribution: attribution)]
            }
            try authority.register {
                $0.autonomy = "assistant"
                $0.identities = ["login:claude-bot"]
            }
            server = try TestServer(authority, settings: Scene.gitolite)
        }

        func push(as pusher: [String: String]) throws -> Trial {
            try server.trial(Office.main, environment: pusher)
        }

        /// What the ledger's newest entry says.
        func recorded() throws -> String { String(decoding: try server.documents().last ?? [], as: UTF8.self) }

        func startOver() throws {
            try server.client.setRef(
                Office.main, to: try #require(try server.tip(of: Office.main)))
        }
    }

    @Test func `disclosed, it is the assistant's work and its person's push`() throws {
        let desk = try Desk()
        try desk.server.commit(["Sources/Draft.swift": "let draft = 1\n"], message: Self.disclosed)
        expectAllowed(
            try desk.push(as: Office.sam),
            saying: """
                allowed 1 commit of claude-code without a delegation
                decision recorded
                """)
        #expect(try desk.recorded().contains("claude-code"))
        // Nobody vouches for the pusher, and a person's signature does.
        try desk.server.commit(["Sources/Draft.swift": "let draft = 2\n"], message: Self.disclosed)
        expectRefused(
            try desk.push(as: [:]), by: ["delegation.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'claude-code' without a delegation
                  rule     delegation.missing
                  ref      refs/heads/main
                  found    'Co-Authored-By: Claude <noreply@anthropic.com>'
                  ask      dana@example.org
                hint: ask dana@example.org for a delegation made with 'remit grant', then try with 'remit check <base>..HEAD'
                decision recorded
                """)
        try desk.startOver()
        try desk.server.commit(
            ["Sources/Draft.swift": "let draft = 2\n"], message: Self.disclosed, signedBy: desk.authority.sam)
        expectAllowed(try desk.push(as: [:]))
    }

    @Test func `disclosed, a protected path needs an approval`() throws {
        let desk = try Desk()
        let draft = try desk.server.commit(
            [".github/workflows/ci.yml": "on: push\njobs: {}\n"], message: Self.disclosed, signedBy: desk.authority.sam)
        expectRefused(
            try desk.push(as: Office.sam), by: ["scope.protected"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> changes protected '.github/workflows/ci.yml' that no line of its grant names
                  rule     scope.protected
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: take the change out with 'git rebase -i', or ask dana@example.org for a grant that names it
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
        try desk.authority.approve(
            TestApproval(
                of: draft, tree: try desk.server.client.resolve("\(draft.hex)^{tree}"), by: "bob@example.org",
                at: desk.authority.now), signedBy: desk.bob)
        expectAllowed(try desk.push(as: Office.sam))
    }

    @Test func `undisclosed, there is no evidence, and nobody calls it human`() throws {
        let desk = try Desk()
        try desk.server.commit(["Sources/Draft.swift": "let draft = 1\n"])
        expectAllowed(try desk.push(as: Office.sam), saying: "")
        let entry = try desk.recorded()
        #expect(entry.contains(#""commits":1,"agents":[],"delegations":[]"#), "\(entry)")
        #expect(!entry.lowercased().contains("human"), "\(entry)")
    }

    @Test func `undisclosed, where each commit must be signed the person must sign`() throws {
        let desk = try Desk("signed")
        try desk.server.commit(["Sources/Draft.swift": "let draft = 1\n"])
        expectRefused(
            try desk.push(as: Office.sam), by: ["attribution.unattributed"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> does not prove who wrote it: it is not signed
                  rule     attribution.unattributed
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                decision recorded
                """)
        try desk.startOver()
        try desk.server.commit(["Sources/Draft.swift": "let draft = 1\n"], signedBy: desk.authority.sam)
        expectAllowed(try desk.push(as: Office.sam))
        #expect(try !desk.recorded().lowercased().contains("human"))
    }

    @Test func `pushed by the assistant's own account it is the assistant's, and nobody answers for it`() throws {
        let desk = try Desk()
        try desk.server.commit(["Sources/Draft.swift": "let draft = 1\n"])
        expectRefused(
            try desk.push(as: Scene.pusher("claude-bot")), by: ["delegation.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'claude-code' without a delegation
                  rule     delegation.missing
                  ref      refs/heads/main
                  found    claude-bot
                  ask      dana@example.org
                hint: ask dana@example.org for a delegation made with 'remit grant', then try with 'remit check <base>..HEAD'
                decision recorded
                """)
        #expect(try desk.recorded().contains("claude-code"))
    }
}
