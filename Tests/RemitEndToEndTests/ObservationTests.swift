import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Observations { static let shared = Observations() }

/// `unregistered = "monitor"`: an agent that nobody has registered is told of, and nobody hides behind its mark.
@Observations @Suite struct ObservationTests {
    private static let cursor = "Co-authored-by: Cursor <cursoragent@cursor.com>"
    private static let topic = "refs/heads/topic"
    private static let edit: [String: FileEdit] = ["README.md": "more\n"]

    private static func authority(
        _ change: (inout TestPolicy.Repository) -> Void = { $0.unregistered = "monitor" }
    ) throws -> TestAuthority {
        let authority = try TestAuthority()
        var payments = TestPolicy.Repository("payments")
        change(&payments)
        try authority.publish { $0.repositories = [payments] }
        return authority
    }

    private static func message(_ lines: String...) -> String { "change\n\n" + lines.joined(separator: "\n") + "\n" }

    @Test func `it is let through, said, and kept as an observation`() throws {
        let server = try TestServer(try Self.authority())
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        expectAllowed(
            try server.trial(Self.topic),
            saying: """
                allowed 1 commit of cursor without a delegation
                note: commit <id> is by agent 'cursor' that the inventory does not know, observed by \
                attribution.unregistered
                decision recorded
                """)
        let document = String(decoding: try #require(server.documents().last), as: UTF8.self)
        #expect(document.contains(#""finding_count":0,"findings":[]"#), "\(document)")
        #expect(
            document.contains(#""observation_count":1,"observations":[{"rule":"attribution.unregistered""#),
            "\(document)")
        // A push without one says nothing of observations at all.
        try server.commit(["README.md": "again\n"], on: "refs/heads/plain")
        expectAllowed(try server.trial("refs/heads/plain"), saying: "")
        #expect(!String(decoding: try #require(server.documents().last), as: UTF8.self).contains("observation"))
    }

    @Test func `many are told in a few lines`() throws {
        let server = try TestServer(try Self.authority())
        let others = [
            "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>", "Amp <amp@ampcode.com>",
        ]
        for number in 0..<5 {
            try server.commit(["a\(number)": "1\n"], on: Self.topic, message: Self.message(Self.cursor))
        }
        for other in others {
            try server.commit(
                [other: "1\n"], on: Self.topic, message: Self.message("Co-authored-by: \(other)"))
        }
        let trial = try server.trial(Self.topic)
        expectAllowed(trial)
        let notes = trial.said.split(separator: "\n").filter { $0.hasPrefix("note: ") }
        #expect(notes.count == 3, "\(trial.said)")
        #expect(notes[0].hasSuffix("observed by attribution.unregistered (2 more commits not named)"), "\(notes[0])")
    }

    @Test func `one ref can refuse what another only tells`() throws {
        let authority = try Self.authority { $0.refs = [.init("refs/heads/try/**", unregistered: "monitor")] }
        let server = try TestServer(authority)
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        expectAllowed(try server.trial("\(Self.topic):refs/heads/try/it"))
        expectRefused(
            try server.trial(Self.topic), by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'cursor' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/topic
                  found    'Co-authored-by: Cursor <cursoragent@cursor.com>'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add cursor'
                decision recorded
                """)
    }

    @Test func `a registered agent beside it is refused as ever, and so is the mark`() throws {
        let server = try TestServer(try Self.authority())
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor, TestServer.mark))
        expectRefused(try server.trial(Self.topic), by: ["attribution.unregistered", "delegation.missing"])
    }

    @Test func `an agent that lists the mark as its own does not hide behind it`() throws {
        let authority = try Self.authority()
        try authority.register("our-editor") { $0.marks = ["cursor"] }
        let server = try TestServer(authority)
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        let trial = try server.trial(Self.topic)
        expectRefused(trial, by: ["delegation.missing"])
        #expect(
            trial.said.contains("\nerror: commit <id> is by agent 'our-editor' without a delegation\n"), "\(trial.said)"
        )
    }

    @Test func `an entry that is not believed is never only told of`() throws {
        let authority = try Self.authority()
        try authority.register("cursor", signedBy: authority.sam)
        let server = try TestServer(authority)
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        expectRefused(try server.trial(Self.topic), by: ["attribution.unregistered"])
        // Nor one that lists the mark under another id.
        let other = try Self.authority()
        try other.register("our-editor", signedBy: other.sam) { $0.marks = ["cursor"] }
        let second = try TestServer(other)
        try second.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        expectRefused(try second.trial(Self.topic), by: ["attribution.unregistered"])
    }

    @Test func `a claim, a task key and an agent's account keep every rule`() throws {
        let authority = try Self.authority()
        try authority.register { $0.identities = ["login:claude-bot"] }
        let scene = try Scene(authority, settings: Scene.gitolite)
        let unknown = "Delegation: sha256:\(String(repeating: "0", count: 64))"
        try scene.server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor, unknown))
        expectRefused(
            try scene.server.trial(Self.topic), by: ["attribution.unregistered", "delegation.unknown"])
        // The key alone names the delegation.
        let keyed = "refs/heads/keyed"
        try scene.server.commit(
            Self.edit, on: keyed, message: Self.message(Self.cursor), signedBy: scene.delegation.taskKey)
        let trial = try scene.server.trial(keyed)
        #expect(trial.rules.contains("attribution.unregistered"), "\(trial.said)")
        #expect(trial.rules.contains("delegation.agent"), "\(trial.said)")
        #expect(trial.isUntouched)
        let account = "refs/heads/account"
        try scene.server.commit(Self.edit, on: account, message: Self.message(Self.cursor))
        let pushed = try scene.server.trial(account, environment: Scene.pusher("claude-bot"))
        #expect(pushed.rules.contains("attribution.unregistered"), "\(pushed.said)")
        #expect(pushed.rules.contains("delegation.missing"), "\(pushed.said)")
        #expect(pushed.isUntouched)
    }

    @Test func `what is demanded of every commit is demanded of these too`() throws {
        let authority = try Self.authority { ($0.unregistered, $0.attribution) = ("monitor", "signed") }
        let server = try TestServer(authority)
        try server.commit(Self.edit, on: Self.topic, message: Self.message(Self.cursor))
        let trial = try server.trial(Self.topic)
        expectRefused(trial, by: ["attribution.unattributed"])
        #expect(trial.said.contains("\nnote: commit <id> is by agent 'cursor'"), "\(trial.said)")
        let signed = "refs/heads/signed"
        try server.commit(Self.edit, on: signed, message: Self.message(Self.cursor), signedBy: authority.sam)
        expectAllowed(try server.trial(signed))
    }
}
