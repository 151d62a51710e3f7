import RemitModel

/// Scans with and without an authority, with hostile text wherever a commit can put any.
enum ScanSamples {
    static let hostile: ByteString = "<b>\u{1B}[31m\u{202E}\"evil'"

    static func span(_ first: Int64, _ last: Int64, _ number: Int = 1) -> HistoryScan.Span {
        var span = HistoryScan.Span(Samples.commit(number), at: Instant(seconds: first))
        span.add(Samples.commit(number + 1), at: Instant(seconds: last))
        return span
    }

    static func tool(
        _ id: String, kind: MarkKind = .agent, vendor: String? = "Anthropic",
        registration: HistoryScan.Registration? = nil, definite: Int = 0, strong: Int = 0, weak: Int = 0,
        mangled: Int = 0, places: [(MarkPlace, Int)] = [(.trailer, 2)], files: HistoryScan.Count? = nil,
        authors: HistoryScan.Count = .init(1), people: [HistoryScan.Person] = [],
        directories: [(ByteString, Int)] = []
    ) -> HistoryScan.Tool {
        HistoryScan.Tool(
            id: id, kind: kind, vendor: vendor, registration: registration, definite: definite, strong: strong,
            weak: weak, mangled: mangled, places: places.map { (place: $0.0, commits: $0.1) },
            span: span(1_795_165_200, 1_795_251_600), files: files, authors: authors, people: people,
            directories: directories.map { (name: $0.0, commits: $0.1) })
    }

    static func scope(
        authority: ObjectID? = nil, cut: Int = 0, repository: ByteString = "/srv/git/payments.git"
    ) -> HistoryScan.Scope {
        HistoryScan.Scope(
            repository: repository, selection: .branchesAndTags, refs: 3, since: nil, until: nil, cut: cut,
            catalogue: "2026-11-21", authority: authority, readAt: Samples.at)
    }

    static func month(_ number: Int, _ agents: [String: Int], noEvidence: Int = 0) -> HistoryScan.Month {
        HistoryScan.Month(
            number: number, agents: agents, several: 1, assisted: 0, bots: 1, weak: 0, noEvidence: noEvidence)
    }

    /// Everything that can be told, each text from a commit a hostile one.
    static let full: HistoryScan = {
        var commits = HistoryScan.Commits()
        (commits.total, commits.merges, commits.agents, commits.several) = (1000, 40, 333, 2)
        (commits.assisted, commits.bots, commits.weak, commits.noEvidence, commits.malformed) = (5, 6, 7, 642, 7)
        (commits.incomparable, commits.undated) = (1, 3)
        commits.examples = [.init(Samples.commit(), reason: "no tree header \u{1B}[2J")]
        commits.span = span(1_795_165_200, 1_795_251_600)
        return HistoryScan(
            scope: scope(authority: Samples.commit(9), cut: 2, repository: hostile), commits: commits,
            tools: [
                tool(
                    "cursor", registration: .unregistered, definite: 300, strong: 20, weak: 1, mangled: 4,
                    places: [(.trailer, 300), (.author, 21)], files: .init(4096, isComplete: false),
                    authors: .init(12),
                    people: [.init(name: "=HYPERLINK(\"x\")", email: hostile, commits: 7)],
                    directories: [("Sources/", 12), (hostile, 3)]),
                tool(
                    "devin", registration: .notBelieved("devin", because: "\u{1B}[31mbad"), strong: 5, files: .init(1)),
                tool("amp", registration: .retired("amp"), strong: 4, files: .init(1)),
                tool("copilot-cli", registration: .overdue("copilot"), strong: 3, files: .init(1)),
                tool("claude-code", registration: .active("claude-code"), definite: 2, files: .init(1)),
                tool("jules", registration: .unregistered, weak: 7, places: [(.ref, 7)]),
                tool("generic-declared", kind: .assistant, vendor: nil, strong: 5),
                tool("dependabot", kind: .bot, vendor: "GitHub", definite: 6, places: [(.author, 6)]),
            ],
            months: [
                month(24_309, ["cursor": 100], noEvidence: 50),
                month(24_311, ["cursor": 1, "amp": 9], noEvidence: 400),
            ])
    }()

    static let empty: HistoryScan = {
        var commits = HistoryScan.Commits()
        (commits.total, commits.noEvidence) = (1, 1)
        commits.span = HistoryScan.Span(Samples.commit(), at: Samples.at)
        return HistoryScan(
            scope: scope(), commits: commits, tools: [],
            months: [
                HistoryScan.Month(
                    number: 24_322, agents: [:], several: 0, assisted: 0, bots: 0, weak: 0, noEvidence: 1)
            ])
    }()
}
