import RemitModel

/// What every telling of a scan says in the same words.
enum ScanWords {
    static let claims: SafeText = """
        Marks are claims, and so are dates: they stand in the commits, where anybody can write them. No evidence means \
        that nothing was found, not that a person wrote it.
        """

    /// The day of a moment in UTC, as the commits claim it.
    static func day(_ moment: Instant) -> SafeText {
        let text = moment.description
        return text.hasPrefix("@") ? "\(plain: text)" : "\(plain: String(text.prefix(10)))"
    }

    static func days(_ span: HistoryScan.Span) -> SafeText { "\(day(span.first.at)) to \(day(span.last.at))" }

    /// A part in per cent with one decimal: `42.3 %`; what is there is never 0.0, what is not all never 100.0.
    static func share(_ part: Int, of whole: Int) -> SafeText {
        guard whole > 0, part > 0 else { return "0.0 %" }
        guard part < whole else { return "100.0 %" }
        let tenths = min(999, max(1, (part * 2000 + whole) / (2 * whole)))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// A number that may be too low.
    static func count(_ count: HistoryScan.Count) -> SafeText {
        count.isComplete ? "\(count.number)" : "\(count.number)+"
    }

    static func counted(_ count: Int, _ one: SafeText, _ many: SafeText) -> SafeText {
        count == 1 ? "1 \(one)" : "\(count) \(many)"
    }

    static func selection(_ scope: HistoryScan.Scope) -> SafeText {
        switch scope.selection {
        case .branchesAndTags: counted(scope.refs, "branch or tag", "branches and tags")
        case .all: counted(scope.refs, "ref", "refs")
        case .named: counted(scope.refs, "named ref", "named refs")
        }
    }

    /// From when to when, where that was asked for.
    static func period(_ scope: HistoryScan.Scope) -> SafeText? {
        switch (scope.since, scope.until) {
        case (nil, nil): nil
        case (let since?, nil): "only what claims \(since) or later"
        case (nil, let until?): "only what claims to be from before \(until)"
        case (let since?, let until?): "only what claims \(since) or later, and to be from before \(until)"
        }
    }

    /// What is said of a history that is not whole.
    static func cut(_ scope: HistoryScan.Scope) -> SafeText? {
        scope.cut == 0
            ? nil
            : """
            the clone is shallow: \(counted(scope.cut, "commit has", "commits have")) parents that are not here, so this \
            tells of what is here only; files are not counted where it is cut
            """
    }

    static func registration(_ registration: HistoryScan.Registration) -> SafeText { "\(word: registration.word)" }

    /// What is to be known of the entry beyond one word.
    static func entry(_ registration: HistoryScan.Registration, of tool: String) -> SafeText? {
        switch registration {
        case .unregistered: nil
        case .notBelieved(let id, let reason): "entry \(word: id) is not believed: \(plain: reason)"
        case .retired(let id), .suspended(let id), .overdue(let id), .active(let id):
            id == tool ? nil : "entry \(word: id) answers for it"
        }
    }

    /// Such as `trailer 12, author 3`.
    static func places(_ tool: HistoryScan.Tool) -> SafeText {
        SafeText.joined(tool.places.map { "\(word: $0.place.rawValue) \($0.commits)" }, by: ", ")
    }

    /// Such as `definite 12, strong 3, weak 1`; what there is none of is left out.
    static func surety(_ tool: HistoryScan.Tool) -> SafeText {
        let parts: [(word: SafeText, count: Int)] = [
            ("definite", tool.definite), ("strong", tool.strong), ("weak", tool.weak),
        ]
        return SafeText.joined(parts.filter { $0.count > 0 }.map { "\($0.word) \($0.count)" }, by: ", ")
    }
}

extension HistoryScan {
    /// Agents with a mark that is strong or better.
    var agents: [Tool] { tools.filter { $0.kind == .agent && $0.commits > 0 } }
    /// Assistants and bots with a mark that is strong or better.
    var helpers: [Tool] { tools.filter { $0.kind != .agent && $0.commits > 0 } }
    /// Tools with weak marks only.
    var doubtful: [Tool] { tools.filter { $0.commits == 0 } }
    /// Agents for which no entry of the inventory answers.
    var unregistered: [Tool] { agents.filter { $0.registration == .unregistered } }
    /// Agents whose entry says that they may not act.
    var stopped: [Tool] {
        agents.filter { tool in tool.registration.map { (1...4).contains($0.rank) } ?? false }
    }

    /// Each kind of commits with its number, all of them together the history.
    var kinds: [(name: SafeText, commits: Int)] {
        [
            ("agents", commits.agents), ("assisted", commits.assisted), ("bots", commits.bots),
            ("weak marks only", commits.weak), ("no-evidence", commits.noEvidence), ("malformed", commits.malformed),
        ]
    }
}
