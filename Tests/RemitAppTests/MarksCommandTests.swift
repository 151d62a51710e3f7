import Foundation
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// `remit agents marks`: the organisation's own marks, proposed, signed and put in force.
@Suite struct MarksCommandTests {
    private static let key = ["--key", "id"]
    private static let own = """
        # Our own agents.
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

        [[without]]
        tool = "claude-code"
        where = "branch"
        match = "prefix"
        value = "claude/"
        reason = "Claude is a colleague"

        """

    private static func propose(_ text: String, in place: Workplace) throws -> Output {
        try place.directory.write(text, to: "marks.toml")
        return try place.remit(["agents", "marks", "--from", "marks.toml"] + key)
    }

    private static func inForce(_ path: String, _ place: Workplace) throws -> String {
        String(decoding: try readFile("\(place.authority)/\(path)"), as: UTF8.self)
    }

    @Test func `marks are in force with the policy that names them, and told`() throws {
        let place = try Workplace()
        let output = try Self.propose(Self.own, in: place)
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(RecordID(output.text))
        #expect(
            output.errorText == """
                remit: proposed: policy version 2, \(id.abbreviated)
                remit:   + marks version 1
                remit:   + tool release-writer of 'Example Inc' is an agent
                remit:   + a mark of release-writer, definite: the value of 'written-by:' is 'release-writer'
                remit:   + no mark of claude-code any more: the branch begins with 'claude/'; \
                switched off: Claude is a colleague
                remit:   root 1: signed by dana@example.org, which is enough
                remit: policy version 2 is in force
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        #expect(try Self.inForce("marks.toml", place) == Self.own)
        #expect(
            try Self.inForce("authority.toml", place).contains("\nmarks = \"\(RecordID(of: Array(Self.own.utf8)))\"\n"))
        #expect(try place.state() == ["Put policy version 2 in force"] + place.state().dropFirst())
        try place.verify("authority.toml", namespace: "remit-authority")
        #expect(
            try place.remit(["authority", "show"]).lines.contains(
                "  tool release-writer of 'Example Inc' is an agent"))
        let known = try place.remit(["agents", "known", "--agent", "release-writer"])
        #expect(
            known.text == """
                release-writer, agent of Example Inc, from marks.toml
                  definite  the value of 'written-by:' is 'release-writer'; only the tool writes that
                """)
        let all = try place.remit(["agents", "known"])
        let row = all.lines.first { $0.hasPrefix("claude-code ") }?.split(separator: " ") ?? []
        #expect(Array(row.dropFirst(3)) == ["1", "built-in", "Anthropic"])
        #expect(all.errorText.hasSuffix(", and 'marks.toml' version 1 of example.org\n"))
        #expect(
            try place.remit(["agents", "known", "--agent", "claude-code"]).lines.contains(
                "  strong    the branch begins with 'claude/'; switched off: Claude is a colleague"))
    }

    @Test func `marks outlive another change of the policy, and go when they are taken away`() throws {
        let place = try Workplace()
        try Self.propose(Self.own, in: place).require(["remit", "agents", "marks"])
        let person = try place.remit(["authority", "add-person", Workplace.person, "--login", "laptop"] + Self.key)
        #expect(person.status == 0, "\(person.errorText)")
        #expect(try Self.inForce("marks.toml", place) == Self.own)
        let removed = try place.remit(["agents", "marks", "--remove"] + Self.key)
        #expect(removed.status == 0, "\(removed.errorText)")
        #expect(removed.errorText.contains("remit:   - marks version 1\n"))
        #expect(!FileManager.default.fileExists(atPath: "\(place.authority)/marks.toml"))
        #expect(try !Self.inForce("authority.toml", place).contains("marks"))
        let again = try place.remit(["agents", "marks", "--remove"] + Self.key)
        #expect(again.status != 0)
        #expect(
            again.errorText == """
                remit: error: the authority has no marks of its own
                remit: hint: nothing was written

                """)
    }

    @Test(
        arguments: [
            (
                own.replacing("\"definite\"", with: "\"sure\""),
                """
                remit: error: 'marks.toml' line 16: key 'mark.confidence': 'sure' is not one of: weak, strong, definite
                remit: hint: 'remit agents known --format toml' shows the form

                """
            ),
            (
                own.replacing("\"claude/\"", with: "\"claud/\""),
                """
                remit: error: 'marks.toml' switches off a mark of 'claude-code' that the catalogue does not have
                remit: hint: 'remit agents known' lists the tools, and with '--format toml --agent ID' the marks of one

                """
            ),
            (
                own.replacing("example.org", with: "example.com"),
                """
                remit: error: the marks are of organisation 'example.com', not of 'example.org'

                """
            ),
        ])
    func `marks that servers would not believe, or that say nothing, are never written`(
        text: String, said: String
    ) throws {
        let place = try Workplace()
        let before = try place.state()
        let output = try Self.propose(text, in: place)
        #expect(output.status != 0)
        #expect(output.errorText == said)
        #expect(try place.state() == before)
    }

    @Test func `other marks need another version`() throws {
        let place = try Workplace()
        try Self.propose(Self.own, in: place).require(["remit", "agents", "marks"])
        let same = try Self.propose(Self.own, in: place)
        #expect(
            same.errorText == """
                remit: error: the policy in force says so already
                remit: hint: nothing was written

                """)
        let other = Self.own.replacing("Example Inc", with: "Example AG")
        #expect(
            try Self.propose(other, in: place).errorText == """
                remit: error: the marks say version 1, and version 1 is in force
                remit: hint: write 'version = 2'

                """)
        let next = try Self.propose(other.replacing("version = 1", with: "version = 2"), in: place)
        #expect(next.status == 0, "\(next.errorText)")
        #expect(next.errorText.contains("remit:   - marks version 1\n"))
        #expect(next.errorText.contains("remit:   + marks version 2\n"))
    }

    /// The example that people copy.
    @Test func `the README's file of marks is taken as it stands`() throws {
        let readme = String(decoding: try readFile("\(repositoryRoot())/README.md"), as: UTF8.self)
        let start = try #require(readme.range(of: "```toml\ntype = \"marks/v1\"\n"))
        let text = readme[start.lowerBound...].dropFirst("```toml\n".count)
        let end = try #require(text.range(of: "```\n"))
        let output = try Self.propose(String(text[..<end.lowerBound]), in: try Workplace())
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText.contains("the branch has the shape 'rw/{digit:1-6}-{rest}'\n"), "\(output.errorText)")
    }

    @Test func `one of the two is asked for`() throws {
        let place = try Workplace()
        let output = try place.remit(["agents", "marks"] + Self.key)
        #expect(output.status == 64)
        #expect(output.errorText.hasPrefix("remit: error: give --from FILE or --remove\n"))
    }
}
