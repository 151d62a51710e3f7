/// The files that steer the gate itself.
///
/// A `**` never covers them; only a line that names them does.
///
/// Compared without regard to the case of ASCII letters: a checkout on a case-folding file system reads `claude.md`
/// where a tree says so, and protecting too much only asks for one more line in a grant.
package struct ProtectedPaths: Hashable, Sendable {
    /// Names that are protected in every directory.
    private let names: Set<ByteString>
    /// Paths, and directories with everything below them, from the root of the tree.
    private let roots: [ByteString]

    /// - Parameter patterns: what an organisation adds: exact paths, and directories followed by `/**`.
    package init(adding patterns: [PathPattern] = []) {
        names = Set(Self.builtInNames.map { Self.folded(ByteString($0)) })
        roots = (Self.builtInRoots.map { ByteString($0) } + patterns.map(\.literal)).map(Self.folded)
    }

    /// Read by git, by code hosts, or by coding agents, wherever they lie in a tree.
    package static let builtInNames = [
        ".gitattributes", ".gitmodules", "CODEOWNERS",
        "AGENTS.md", "AGENTS.override.md", "CLAUDE.md", "CLAUDE.local.md", "GEMINI.md", "QWEN.md", "CRUSH.md",
        ".cursorrules", ".windsurfrules", ".clinerules", ".roorules", ".aider.conf.yml", ".mcp.json",
    ]

    /// CI definitions and agents' own configuration.
    package static let builtInRoots = [
        ".github/workflows", ".github/actions", ".github/copilot-instructions.md", ".github/instructions",
        ".github/agents", ".gitlab-ci.yml", ".gitlab/ci", "Jenkinsfile", ".buildkite", "buildkite.yml",
        "buildkite.yaml", "buildkite.json", "buildkite/pipeline.yml", "buildkite/pipeline.yaml",
        "buildkite/pipeline.json", ".circleci",
        "azure-pipelines.yml", "azure-pipelines.yaml", ".azure-pipelines", "bitbucket-pipelines.yml", ".woodpecker",
        ".woodpecker.yml", ".woodpecker.yaml", ".drone.yml", ".gitea/workflows", ".forgejo/workflows", ".tekton",
        ".travis.yml", ".ci",
        ".claude", ".cursor", ".codex", ".gemini", ".roo", ".junie", ".kiro", ".openhands",
    ]

    package func covers(_ path: ByteString) -> Bool {
        root(of: path) != nil || isProtectedName(path) || isAboveRoot(path)
    }

    /// Whether a pattern names a protected path explicitly: the path itself, or a directory inside the protected one.
    package func isNamed(_ path: ByteString, by pattern: PathPattern) -> Bool {
        guard pattern.matches(path) else { return false }
        if pattern.kind == .exact { return true }
        // A directory that is named names what it holds, but not the files that are protected wherever they lie.
        guard !isProtectedName(path), let root = root(of: path) else { return false }
        return Self.folded(pattern.literal).isAtOrBelow(root)
    }

    private func isProtectedName(_ path: ByteString) -> Bool {
        path.bytes.split(separator: UInt8(ascii: "/")).contains { names.contains(Self.folded(ByteString($0))) }
    }

    /// Whether an entry stands where a directory above a protected path would.
    ///
    /// A change names files, links and submodules only: a link in the place of `.github` brings workflows with it.
    private func isAboveRoot(_ path: ByteString) -> Bool {
        let directory = Self.folded(path).bytes + [UInt8(ascii: "/")]
        return roots.contains { $0.bytes.starts(with: directory) }
    }

    private func root(of path: ByteString) -> ByteString? {
        let folded = Self.folded(path)
        return roots.first { folded.isAtOrBelow($0) }
    }

    private static func folded(_ text: ByteString) -> ByteString {
        ByteString(text.bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
    }
}

extension ByteString {
    /// Whether a path is a directory or lies in it.
    ///
    /// Asked of every path that an agent changes and every protected root, so nothing is put together for it.
    fileprivate func isAtOrBelow(_ directory: ByteString) -> Bool {
        guard count > directory.count else { return self == directory }
        return bytes[directory.count] == UInt8(ascii: "/") && bytes.starts(with: directory.bytes)
    }
}
