import RemitFormats
import RemitTestSupport
import Testing

@Suite struct SSHPatternListTests {
    static let cases: [(patterns: String, name: String, matches: Bool)] = [
        ("dana@example.org", "dana@example.org", true), ("dana@example.org", "dana@example.or", false),
        ("dana@example.org", "dana@example.orgx", false), ("*", "anything", true), ("*", "", true),
        ("?", "x", true), ("?", "xy", false), ("?", "", false), ("*@example.org", "dana@example.org", true),
        ("*@example.org", "dana@example.org.evil", false), ("d*a@*.org", "dana@example.org", true),
        ("a*b*c", "aXbXc", true), ("a*b*c", "aXcXb", false), ("a**c", "abc", true), ("a?*c", "ac", false),
        ("*,!dana", "dana", false), ("!dana,*", "dana", false), ("!dana,*", "sam", true), ("!dana", "sam", false),
        ("sam,dana", "dana", true), ("Dana", "dana", false), ("d?na", "dana", true),
    ]

    @Test(arguments: cases.indices)
    func `matches as its table says`(index: Int) throws {
        let row = Self.cases[index]
        #expect(try #require(SSHPatternList(row.patterns.utf8)).matches(row.name) == row.matches, "\(row)")
    }

    @Test(arguments: cases.indices)
    func `matches as ssh-keygen does`(index: Int) throws {
        let row = Self.cases[index]
        // ssh-keygen takes no empty principal.
        guard !row.name.isEmpty else { return }
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            "\(row.patterns) namespaces=\"git\" \(SSHPublicKeyTests.ed25519)\n", to: "people")
        let output = try spawn(
            ["ssh-keygen", "-Y", "match-principals", "-I", row.name, "-f", file],
            environment: HermeticGit.environment(home: directory.path))
        #expect((output.status == 0) == row.matches, "\(row) \(output.errorText)")
    }

    @Test(arguments: ["", ",", "a,", ",a", "a,,b", "!", "a,!", String(repeating: "x", count: 1024)])
    func `refuses empty and endless patterns`(text: String) {
        #expect(SSHPatternList(text.utf8) == nil)
    }

    @Test func `refuses more patterns than fit`() {
        #expect(SSHPatternList(Array(repeating: "a", count: 256).joined(separator: ",").utf8) != nil)
        #expect(SSHPatternList(Array(repeating: "a", count: 257).joined(separator: ",").utf8) == nil)
    }

    @Test func `a hostile pattern takes no more than its length times the name's`() throws {
        let pattern = try #require(SSHPatternList((String(repeating: "a*", count: 500) + "b").utf8))
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }

    @Test func `the names are those that are spelt out and not excluded`() throws {
        let list = try #require(SSHPatternList("dana@example.org,*@example.net,sam@example.org,!sam@*".utf8))
        #expect(list.names == ["dana@example.org"])
    }
}
