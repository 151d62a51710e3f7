import RemitModel
import Testing

@Suite struct ProtectedPathsTests {
    static let builtIn = ProtectedPaths()

    @Test(arguments: ProtectedPaths.builtInNames)
    func `a name is protected in every directory and in any case`(name: String) {
        for path in [name, "a/\(name)", "a/b/\(name)", name.uppercased(), "a/\(name.lowercased())", "\(name)/x"] {
            #expect(Self.builtIn.covers(ByteString(path)), "\(path)")
        }
        for path in ["x\(name)", "\(name)x", "a/x\(name)/b"] {
            #expect(!Self.builtIn.covers(ByteString(path)), "\(path)")
        }
    }

    @Test(arguments: ProtectedPaths.builtInRoots)
    func `a root is protected with everything below it, in any case`(root: String) {
        for path in [root, "\(root)/x", "\(root)/x/y", root.uppercased(), "\(root.uppercased())/x"] {
            #expect(Self.builtIn.covers(ByteString(path)), "\(path)")
        }
        #expect(!Self.builtIn.covers(ByteString("\(root)x")))
        if let slash = root.firstIndex(of: "/") {
            #expect(Self.builtIn.covers(ByteString(root[..<slash])), "a link in its place would bring \(root) along")
        }
        #expect(!Self.builtIn.covers(ByteString("vendor/\(root)")))
    }

    @Test(arguments: [".github", ".GitHub", ".forgejo", ".gitea", ".gitlab"])
    func `what stands in place of a directory above a root is protected`(path: String) {
        #expect(Self.builtIn.covers(ByteString(path)))
        #expect(!Self.builtIn.covers(ByteString("\(path)x")))
    }

    @Test(arguments: [
        "README.md", "Sources/main.swift", ".github/ISSUE_TEMPLATE.md", "agents.txt", ".gitignore",
    ])
    func `other files are not`(path: String) {
        #expect(!Self.builtIn.covers(ByteString(path)))
    }

    @Test(
        arguments: [
            // A wide pattern never names.
            ("AGENTS.md", "**", false), ("AGENTS.md", "**/*.md", false), ("a/CLAUDE.md", "a/**", false),
            ("a/CLAUDE.md", "a/**/*.md", false), (".github/workflows/ci.yml", "**", false),
            (".github/workflows/ci.yml", ".github/**", false), (".github/workflows/ci.yml", "**/*.yml", false),
            // A line for the path, or for the protected directory or one inside it, does.
            ("AGENTS.md", "AGENTS.md", true), ("a/CLAUDE.md", "a/CLAUDE.md", true),
            (".github/workflows/ci.yml", ".github/workflows/**", true),
            (".github/workflows/ci.yml", ".github/workflows/**/*.yml", true),
            (".github/workflows/a/ci.yml", ".github/workflows/a/**", true),
            (".github/workflows/ci.yml", ".github/workflows/ci.yml", true),
            (".claude/settings.json", ".claude/**", true),
            // A line that does not match names nothing, whatever the case.
            ("agents.md", "AGENTS.md", false), ("a/AGENTS.md", "AGENTS.md", false),
            (".GITHUB/workflows/ci.yml", ".github/workflows/**", false),
            (".GITHUB/workflows/ci.yml", ".GITHUB/workflows/**", true),
            (".github/workflows/ci.yml", ".github/workflows-old/**", false),
            // A directory that happens to bear a protected name is not a root.
            ("CODEOWNERS/x", "CODEOWNERS/**", false), ("CODEOWNERS/x", "CODEOWNERS/x", true),
        ] as [(ByteString, String, Bool)])
    func `only an explicit line names a protected path`(path: ByteString, line: String, expected: Bool) throws {
        #expect(Self.builtIn.covers(path))
        #expect(Self.builtIn.isNamed(path, by: try PathPattern(path: line)) == expected)
    }

    @Test func `an organisation adds its own`() throws {
        let paths = ProtectedPaths(adding: [try PathPattern(path: "Deploy/**"), try PathPattern(path: "a/key")])
        for path in ["Deploy/x", "deploy/x/y", "a/key", "A/KEY"] { #expect(paths.covers(ByteString(path)), "\(path)") }
        for path in ["DeployNot/x", "a/keys", "b/a/key"] { #expect(!paths.covers(ByteString(path)), "\(path)") }
        #expect(paths.isNamed("Deploy/x", by: try PathPattern(path: "Deploy/**")))
        #expect(!paths.isNamed("Deploy/x", by: try PathPattern(path: "**")))
        #expect(paths.covers("AGENTS.md"))
    }
}
