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
    /// With which bytes names and roots begin, 256 answers each: nearly every path is told by its first bytes alone.
    private let nameStarts: [Bool]
    private let rootStarts: [Bool]

    /// - Parameter patterns: what an organisation adds: exact paths, and directories followed by `/**`.
    package init(adding patterns: [PathPattern] = []) {
        names = Set(Self.builtInNames.map { Self.folded(ByteString($0)) })
        roots = (Self.builtInRoots.map { ByteString($0) } + patterns.map(\.literal)).map(Self.folded)
        (nameStarts, rootStarts) = (Self.starts(of: names), Self.starts(of: roots))
    }

    private static func starts(of texts: some Sequence<ByteString>) -> [Bool] {
        var starts = [Bool](repeating: false, count: 256)
        for text in texts { if let first = text.bytes.first { starts[Int(first)] = true } }
        return starts
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
        let folded = Self.folded(path)
        return root(of: folded) != nil || isProtectedName(folded) || isAboveRoot(folded)
    }

    /// Whether a pattern names a protected path explicitly: the path itself, or a directory inside the protected one.
    package func isNamed(_ path: ByteString, by pattern: PathPattern) -> Bool {
        guard pattern.matches(path) else { return false }
        if pattern.kind == .exact { return true }
        // A directory that is named names what it holds, but not the files that are protected wherever they lie.
        let folded = Self.folded(path)
        guard !isProtectedName(folded), let root = root(of: folded) else { return false }
        return Self.folded(pattern.literal).isAtOrBelow(root)
    }

    private func isProtectedName(_ folded: ByteString) -> Bool {
        let bytes = folded.bytes
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
            if nameStarts[Int(bytes[start])], names.contains(ByteString(bytes[start..<end])) { return true }
            start = end + 1
        }
        return false
    }

    /// Whether an entry stands where a directory above a protected path would.
    ///
    /// A change names files, links and submodules only: a link in the place of `.github` brings workflows with it.
    private func isAboveRoot(_ folded: ByteString) -> Bool {
        guard canBeginRoot(folded) else { return false }
        let directory = folded.bytes + [UInt8(ascii: "/")]
        return roots.contains { $0.bytes.starts(with: directory) }
    }

    private func root(of folded: ByteString) -> ByteString? {
        canBeginRoot(folded) ? roots.first { folded.isAtOrBelow($0) } : nil
    }

    private func canBeginRoot(_ folded: ByteString) -> Bool {
        folded.bytes.first.map { rootStarts[Int($0)] } ?? false
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
