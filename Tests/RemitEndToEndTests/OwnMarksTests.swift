import RemitEvidence
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Marks that only the organisation's own `marks.toml` knows, and built-in ones that it switches off.
@Suite struct OwnMarksTests {
    static let own = """
        type = "marks/v1"
        organisation = "example.org"
        version = 1

        [[tool]]
        id = "release-writer"
        vendor = "Example Inc"
        kind = "agent"

        [[mark]]
        tool = "release-writer"
        where = "trailer"
        key = "written-by"
        value = "release-writer"
        confidence = "definite"

        """
    static let without = """
        type = "marks/v1"
        organisation = "example.org"
        version = 1

        [[without]]
        tool = "claude-code"
        where = "email"
        value = "noreply@anthropic.com"
        reason = "our mail gateway writes it under everything"

        """
    private static let message = "Write the notes\n\nWritten-by: release-writer\n"

    private static func authority(_ marks: String) throws -> TestAuthority {
        let authority = try TestAuthority()
        try authority.publish { $0.marks = marks }
        return authority
    }

    @Test func `an agent that only the organisation knows is refused until it is registered`() throws {
        let authority = try Self.authority(Self.own)
        let server = try TestServer(authority)
        try server.commit(["NOTES.md": "1\n"], message: Self.message)
        expectRefused(
            try server.trial("refs/heads/main"), by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'release-writer' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/main
                  found    'Written-by: release-writer'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add release-writer'
                decision recorded
                """)
        try authority.register("release-writer")
        let scene = try Scene(authority) { $0.agent = "release-writer" }
        let named = "Write the notes\n\nWritten-by: release-writer\nDelegation: \(scene.delegation.id)\n"
        try scene.server.commit(
            ["Sources/NOTES.md": "1\n"], on: Scene.branch, message: named, signedBy: scene.delegation.taskKey)
        expectAllowed(try scene.server.trial(Scene.branch))
    }

    @Test func `without marks of its own nobody knows it`() throws {
        let server = try TestServer(try TestAuthority())
        try server.commit(["NOTES.md": "1\n"], message: Self.message)
        expectAllowed(try server.trial("refs/heads/main"), saying: "")
    }

    @Test func `a mark that is switched off lets the commit through, and no other`() throws {
        let server = try TestServer(try Self.authority(Self.without))
        try server.commit(["README.md": "1\n"], message: "More\n\n\(TestServer.mark)\n")
        expectAllowed(try server.trial("refs/heads/main"), saying: "")
        try server.commit(["README.md": "2\n"], message: "More\n\n🤖 Generated with Claude Code\n")
        expectRefused(try server.trial("refs/heads/main"), by: ["delegation.missing"])
    }

    @Test func `the decision says by which marks it was taken`() throws {
        let authority = try Self.authority(Self.without)
        let server = try TestServer(authority)
        try server.commit(["README.md": "1\n"])
        expectAllowed(try server.trial("refs/heads/main"), saying: "")
        let decision = try DecisionDocument.parse(try #require(try server.documents().last), of: "the decision")
        #expect(decision.catalogue?.own == RecordID(of: Array(Self.without.utf8)))
        #expect(decision.catalogue?.version.isEmpty == false)
    }

    /// What is done to the authority behind the policy's back, and what is said of it.
    static let unsigned: [(marks: String?, said: String)] =
        [
            (
                own.replacing("Example Inc", with: "Mallory"),
                "'marks.toml' is not the file that 'authority.toml' names (<delegation>)"
            ),
            (nil, "'marks.toml' is missing from the authority, and 'authority.toml' names it (<delegation>)"),
        ]

    @Test(arguments: unsigned)
    func `marks that nobody signed are not believed, and nothing is allowed by them`(
        marks: String?, said: String
    ) throws {
        let authority = try Self.authority(Self.own)
        try authority.repository.commit(["marks.toml": marks.map { .file($0) } ?? .delete])
        let server = try TestServer(authority)
        try server.commit(["README.md": "1\n"])
        expectUndecided(
            try server.trial("refs/heads/main"), by: ["undecided.authority"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the authority could not be verified: \(said)
                  rule     undecided.authority
                hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server
                decision recorded
                """)
    }

    @Test(
        arguments: [
            (
                own.replacing("\"definite\"", with: "\"sure\""),
                "'marks.toml' line 15: key 'mark.confidence': 'sure' is not one of: weak, strong, definite"
            ),
            (
                own.replacing("example.org", with: "example.com"),
                "'marks.toml' is of organisation 'example.com', the policy of 'example.org'"
            ),
        ])
    func `marks that are signed and cannot be read stop everything`(marks: String, said: String) throws {
        let server = try TestServer(try Self.authority(marks))
        try server.commit(["README.md": "1\n"])
        expectUndecided(
            try server.trial("refs/heads/main"), by: ["undecided.authority"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the authority could not be verified: \(said)
                  rule     undecided.authority
                hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server
                decision recorded
                """)
    }
}
