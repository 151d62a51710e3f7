package import RemitModel

/// A scan as tables of at most 100 columns.
package struct ScanText {
    private let scan: HistoryScan

    /// The widest line, in characters.
    package static let columnsAtMost = 100
    /// The newest months that are told one by one.
    private static let monthsAtMost = 24

    package init(_ scan: HistoryScan) {
        self.scan = scan
    }

    package var text: String {
        var blocks = [head, kinds]
        if !scan.agents.isEmpty { blocks.append(table("AGENT", scan.agents)) }
        if !scan.helpers.isEmpty { blocks.append(table("ASSISTANT OR BOT", scan.helpers)) }
        if !scan.doubtful.isEmpty { blocks.append(table("WEAK MARKS ONLY", scan.doubtful)) }
        if !scan.months.isEmpty { blocks.append(months) }
        blocks.append(notes)
        return blocks.filter { !$0.isEmpty }
            .map { $0.map { Self.bounded($0.text) + "\n" }.joined() }.joined(separator: "\n")
    }

    private var head: [SafeText] {
        let (scope, commits) = (scan.scope, scan.commits)
        var lines: [SafeText] = [
            "history of \(word: scope.repository)",
            "\(ScanWords.counted(commits.total, "commit", "commits")) on \(ScanWords.selection(scope))",
        ]
        if let span = commits.span { lines.append("committers claim \(ScanWords.days(span))") }
        if let period = ScanWords.period(scope) { lines.append(period) }
        lines += Self.wrapped(ScanWords.cut(scope))
        if let authority = scope.authority {
            lines.append("inventory: the authority at commit \(authority)")
        } else {
            lines.append("inventory: none was asked; name one with --authority")
        }
        return lines
    }

    private var kinds: [SafeText] {
        scan.kinds.filter { $0.commits > 0 }.map { kind in
            "\(cell: kind.name.text, 16)\(number: kind.commits, 9)  \(right: ScanWords.share(kind.commits, of: scan.commits.total), 7)"
        }
    }

    // MARK: Tools

    private static let nameWidth = 26

    private func table(_ heading: SafeText, _ tools: [HistoryScan.Tool]) -> [SafeText] {
        let asked = scan.scope.authority != nil && tools.contains { $0.kind == .agent }
        let head: SafeText = """
            \(cell: heading.text, Self.nameWidth)\(right: "COMMITS", 9)\(right: "FILES", 8)\(right: "AUTHORS", 9)\
              FIRST       LAST        \(asked ? "INVENTORY" : tools.contains { $0.kind == .agent } ? "VENDOR" : "KIND")
            """
        return [head] + tools.flatMap { tool in [row(tool)] + details(tool) }
    }

    private func row(_ tool: HistoryScan.Tool) -> SafeText {
        let last: SafeText =
            switch tool.registration {
            case let registration?: ScanWords.registration(registration)
            case nil: tool.kind == .agent ? "\(plain: tool.vendor ?? "", limit: 22)" : "\(word: tool.kind.rawValue)"
            }
        return """
            \(cell: tool.id, Self.nameWidth)\(number: max(tool.commits, tool.commits == 0 ? tool.weak : 0), 9)\
            \(right: tool.files.map(ScanWords.count) ?? "", 8)\(right: ScanWords.count(tool.authors), 9)\
              \(cell: ScanWords.day(tool.span.first.at).text, 10)  \(cell: ScanWords.day(tool.span.last.at).text, 10)  \(last)
            """
    }

    private func details(_ tool: HistoryScan.Tool) -> [SafeText] {
        var lines: [SafeText] = [
            "  \(ScanWords.surety(tool)); by \(ScanWords.places(tool))"
        ]
        if let registration = tool.registration, let entry = ScanWords.entry(registration, of: tool.id) {
            lines.append("  \(entry)")
        }
        if tool.mangled > 0 {
            lines.append("  mangled marks in \(ScanWords.counted(tool.mangled, "commit", "commits"))")
        }
        let shown: [SafeText] = tool.directories.map { "\(word: $0.name, limit: 40) \($0.commits)" }
        let places: SafeText = shown.isEmpty ? "" : "; mostly in \(SafeText.joined(shown, by: ", "))"
        lines.append("  latest \(tool.span.last.commit)\(places)")
        for person in tool.people {
            lines.append(
                "  \(number: person.commits, 8)  \(plain: person.name, limit: 40) <\(plain: person.email, limit: 44)>")
        }
        return lines
    }

    // MARK: Months

    private var months: [SafeText] {
        let shown = scan.months.suffix(Self.monthsAtMost)
        let most = shown.map(\.total).max() ?? 1
        var lines: [SafeText] = ["MONTH     COMMITS   AGENTS    SHARE  = agents, . all others"]
        if shown.count < scan.months.count {
            lines[0] = "\(lines[0]) (the newest \(shown.count) of \(scan.months.count) months)"
        }
        return lines
            + shown.map { month in
                let agents = Self.length(month.agentCommits, of: most)
                let others = Self.length(month.total, of: most) - agents
                return """
                    \(plain: month.name)\(number: month.total, 10)\(number: month.agentCommits, 9)  \
                    \(right: ScanWords.share(month.agentCommits, of: month.total), 7)  \
                    \(plain: String(repeating: "=", count: agents), limit: 99)\
                    \(plain: String(repeating: ".", count: max(0, others)), limit: 99)
                    """
            }
    }

    /// A bar: what is there has at least one sign.
    private static func length(_ count: Int, of most: Int) -> Int {
        count == 0 ? 0 : max(1, (count * 60 + most / 2) / most)
    }

    // MARK: Beneath

    private var notes: [SafeText] {
        var lines: [SafeText] = []
        for (tools, what): ([HistoryScan.Tool], SafeText) in [
            (scan.unregistered, "not in the inventory"), (scan.stopped, "in the inventory, and may not act"),
        ] where !tools.isEmpty {
            lines += Self.wrapped("\(what): \(SafeText.joined(tools.map { "\(word: $0.id)" }, by: ", "))")
        }
        let commits = scan.commits
        for malformed in commits.examples {
            lines.append("malformed: commit \(malformed.commit): \(plain: malformed.reason)")
        }
        if commits.malformed > commits.examples.count {
            lines.append("malformed: \(commits.malformed - commits.examples.count) more")
        }
        if commits.several > 0 {
            lines.append("\(ScanWords.counted(commits.several, "commit has", "commits have")) marks of several agents")
        }
        if commits.incomparable > 0 {
            lines.append(
                """
                files are not counted of \(ScanWords.counted(commits.incomparable, "commit", "commits")): malformed or \
                huge trees
                """)
        }
        if commits.undated > 0 {
            lines.append(
                "\(ScanWords.counted(commits.undated, "commit claims", "commits claim")) a date before 1970 or after 2199"
            )
        }
        return lines + Self.wrapped(ScanWords.claims)
    }

    // MARK: Width

    private static func wrapped(_ text: SafeText?) -> [SafeText] {
        guard let text else { return [] }
        var lines: [String] = []
        for word in text.text.split(separator: " ") {
            if let line = lines.last, line.count + 1 + word.count <= columnsAtMost {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.map { "\(plain: $0, limit: 4 * columnsAtMost)" }
    }

    private static func bounded(_ line: String) -> String {
        let line = String(line.reversed().drop { $0 == " " }.reversed())
        return line.count <= columnsAtMost ? line : line.prefix(columnsAtMost - 1) + "…"
    }
}
