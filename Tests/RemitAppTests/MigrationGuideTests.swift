import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The steps of "From watching to proof" in README.md: what it says to write comes into force, and can be taken back.
@Suite struct MigrationGuideTests {
    /// The block behind `<!-- policy: NAME -->`.
    private static func block(_ name: String) throws -> String {
        let readme = String(decoding: try readFile(repositoryRoot() + "/README.md"), as: UTF8.self)
        let opening = "<!-- policy: \(name) -->\n```toml\n"
        let start = try #require(readme.range(of: opening), "README.md has no block '\(name)'").upperBound
        let end = try #require(readme.range(of: "```", range: start..<readme.endIndex)).lowerBound
        return String(readme[start..<end])
    }

    private static func propose(_ text: String, in place: Workplace) throws {
        try place.directory.write(text, to: "edited.toml")
        let output = try place.remit(
            ["authority", "propose", "--policy", "edited.toml", "--authority", "authority", "--key", "id"])
        #expect(output.status == 0, "\(output.errorText)")
    }

    private static func statements(_ place: Workplace) throws -> [String] {
        try place.remit(["authority", "show"]).lines.filter { $0.contains("attribution ") }
    }

    @Test func `each step comes into force, and the last is taken back`() throws {
        let place = try Workplace()
        func policy() throws -> String {
            String(decoding: try readFile("\(place.authority)/authority.toml"), as: UTF8.self)
        }
        try Self.propose(
            try policy().replacingOccurrences(of: "attribution = \"declared\"\n", with: try Self.block("declared")),
            in: place)
        let declared =
            "  attribution declared, unregistered agents monitor, inconsistent marks monitor where a repository does not "
            + "say more"
        #expect(try Self.statements(place) == [declared])

        try Self.propose(try policy() + "\n" + (try Self.block("authenticated")), in: place)
        let authenticated =
            "  repository payments: attribution authenticated, unregistered agents refuse, inconsistent marks monitor, "
            + "protected refs/heads/main, refs/heads/master, refs/heads/release/**, refs/tags/**"
        #expect(try Self.statements(place) == [declared, authenticated])

        let before = try policy()
        try Self.propose(before + "\n" + (try Self.block("signed")), in: place)
        #expect(
            try Self.statements(place) == [
                declared, authenticated,
                "  repository payments, refs refs/heads/main, refs/heads/release/**, refs/tags/**: attribution signed",
            ])

        let earlier = try place.git("-C", place.authority, "show", "HEAD~1:authority.toml")
        #expect(earlier.text == before.trimmingCharacters(in: .newlines) || earlier.text == before)
        try Self.propose(String(decoding: earlier.stdout, as: UTF8.self), in: place)
        #expect(try Self.statements(place) == [declared, authenticated])
        #expect(try policy().contains("\nversion = 5\n"))
    }
}
