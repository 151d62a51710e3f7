package import RemitFormats
package import RemitModel

// The evidence of records that lie beside a commit: git-ai's authorship logs in git notes, and Agent Trace.
//
// Only lines that a record says an agent wrote are evidence: such tools write a record for every commit, and in the
// largest public set one in six attests not a single line. One line suffices, since the question is whether the agent
// took part. `strong` and never `definite`: a third program wrote the record, by watching editors and by rules for what
// it did not see, and whoever may push the notes can write one. In both directions it is a claim, so it is `declared`,
// and it can add an agent and take none away.
extension MarkCatalogue {
    /// What a record says of who wrote the lines of a commit.
    package func scan(_ attested: AttestedLines, _ place: MarkPlace) -> MarkScan {
        var scan = MarkScan()
        for share in attested.shares where share.lines > 0 {
            scan.add(evidence(of: share, besides: attested, place))
        }
        return scan
    }

    /// That a record beside a commit cannot be read: nobody's mark, and still to be seen.
    package func scan(unreadable record: ByteString, because reason: String, _ place: MarkPlace) -> MarkScan {
        var scan = MarkScan()
        scan.add(
            Evidence(
                agent: Self.undirected, kind: .assistant, place: place, strength: place.strength, confidence: .weak,
                malformation: .unreadable, excerpt: ByteString(record.bytes + Array(": \(reason)".utf8))))
        return scan
    }

    private func evidence(
        of share: AttestedLines.Share, besides attested: AttestedLines, _ place: MarkPlace
    ) -> Evidence {
        let (id, kind) = identity(ofTool: share.tool)
        let lines = share.lines == 1 ? "1 line" : "\(share.lines) lines"
        let persons = attested.personLines == 0 ? "" : ", \(attested.personLines) of persons"
        let figures = "\(share.tool.map { String($0.prefix(40)) } ?? "no tool named"), \(lines)\(persons); "
        return Evidence(
            agent: id, kind: kind, place: place, strength: place.strength, confidence: .strong,
            excerpt: ByteString(Array(figures.utf8) + share.shown.bytes))
    }

    /// The id in the catalogue for what a record calls a tool.
    ///
    /// A tool that the catalogue does not have goes by its own name: an agent took part, and one that nobody has
    /// registered is refused. Where no tool is named, or the name could be no id, it is a declaration that names no agent.
    private func identity(ofTool name: String?) -> (id: String, kind: MarkKind) {
        guard let name else { return (Self.undirected, .assistant) }
        let id = Self.toolNames[name] ?? name
        if let tool = tools.first(where: { $0.id == id }) { return (tool.id, tool.kind) }
        guard name.utf8.count <= 64, RecordTable.isIdentifier(name) else { return (Self.undirected, .assistant) }
        return (name, Self.completions.contains(name) ? .assistant : .agent)
    }

    /// The id of a declaration that names no agent that is known.
    static let undirected = "generic-declared"

    /// What git-ai (its agent presets) and Agent Trace's reference implementation call tools that the catalogue knows
    /// under another id.
    private static let toolNames = [
        "claude": "claude-code", "claude-web": "claude-code", "codex": "codex-cli", "cursor-agent": "cursor",
        "github-copilot-cli": "copilot-cli", "gemini": "gemini-cli", "droid": "factory-droid",
        "continue-cli": "continue",
    ]

    /// Tools that complete what a person types.
    private static let completions: Set<String> = ["supermaven", "tabnine"]
}
