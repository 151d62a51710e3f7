package import RemitModel

/// A scan as one page: the figures first, then the timeline, then every agent.
package struct ScanPage {
    private let scan: HistoryScan
    private let program: String

    /// - Parameter program: what made the page, and its version.
    package init(_ scan: HistoryScan, program: String) {
        self.scan = scan
        self.program = program
    }

    package var text: String {
        HTMLPage(
            title: "Who wrote \(plain: scan.scope.repository)",
            heading: [.text("Who wrote "), .value(scan.scope.repository)], lead: [answer, figures], parts: parts,
            closing: [
                .paragraph(.text("Made by \(plain: program) at \(scan.scope.readAt). \(ScanWords.claims)"))
            ]
        ).text
    }

    // MARK: First

    private var answer: HTML {
        let (commits, agents) = (scan.commits, scan.agents)
        var pieces: [HTML]
        if agents.isEmpty {
            pieces = [.text("No commit carries a mark of an agent that is strong or better.")]
        } else {
            pieces = [
                .element(.strong, [], [.text(ScanWords.share(commits.agents, of: commits.total))]),
                .text(
                    """
                     of \(ScanWords.counted(commits.total, "commit", "commits")) \(commits.agents == 1 ? "carries" : "carry") \
                    marks of \(ScanWords.counted(agents.count, "agent", "agents")).
                    """),
            ]
        }
        if scan.scope.authority != nil, !agents.isEmpty {
            pieces.append(
                .text(
                    scan.unregistered.isEmpty
                        ? " The inventory answers for each of them."
                        : " The inventory answers for \(agents.count - scan.unregistered.count) of them."))
        }
        if !scan.stopped.isEmpty {
            pieces.append(
                .text(" Of \(ScanWords.counted(scan.stopped.count, "agent", "agents")) it says that it may not act."))
        }
        let cut: [HTML] =
            ScanWords.cut(scan.scope).map { [.paragraph(.badge(.special, "shallow"), .text(" \($0)"))] } ?? []
        return .element(.div, [.style(.lead)], [.element(.p, [], pieces)] + cut)
    }

    private var figures: HTML {
        let commits = scan.commits
        var items: [(number: SafeText, what: SafeText)] = [
            ("\(commits.total)", commits.total == 1 ? "commit" : "commits"),
            ("\(commits.agents)", "by agents, \(ScanWords.share(commits.agents, of: commits.total))"),
            ("\(scan.agents.count)", scan.agents.count == 1 ? "agent" : "agents"),
        ]
        if scan.scope.authority != nil { items.append(("\(scan.unregistered.count)", "not in the inventory")) }
        items.append(
            ("\(commits.noEvidence)", "no-evidence, \(ScanWords.share(commits.noEvidence, of: commits.total))"))
        return .list(items.map { [.element(.strong, [], [.text($0.number)]), .text($0.what)] }, style: .figures)
    }

    // MARK: Parts

    private var parts: [HTML.Part] {
        var parts = [HTML.Part(HTML.ID("timeline"), "Timeline", content: ScanChart(scan).content)]
        if !scan.agents.isEmpty {
            parts.append(HTML.Part(HTML.ID("agents"), "Agents", content: [agentTable] + entries))
        }
        if scan.tools.contains(where: { !$0.people.isEmpty }) {
            parts.append(HTML.Part(HTML.ID("people"), "Whose commits", content: people))
        }
        if !scan.helpers.isEmpty {
            parts.append(
                HTML.Part(
                    HTML.ID("helpers"), "Assistants and bots",
                    content: [
                        .paragraph(
                            "An assistant suggests, and a person takes it; a bot is a fixed program. Neither is an agent.",
                            style: .quiet), table("Assistants and bots", scan.helpers),
                    ]))
        }
        if !scan.doubtful.isEmpty {
            parts.append(
                HTML.Part(
                    HTML.ID("weak"), "Weak marks only",
                    content: [
                        .paragraph("A name or a mention: no rule acts on it.", style: .quiet),
                        table("Weak marks only", scan.doubtful),
                    ]))
        }
        parts.append(HTML.Part(HTML.ID("reading"), "What was read", content: reading))
        return parts
    }

    private var agentTable: HTML {
        let isAsked = scan.scope.authority != nil
        return .table(
            "Agents with a mark that is strong or better, those first that need a look",
            columns: ["Agent"] + (isAsked ? ["Inventory"] : []) + [
                "Commits", "Files", "Authors", "First and last seen", "Evidence", "Mostly in",
            ],
            rows: scan.agents.map { tool in
                [name(tool)] + (isAsked ? [standing(tool)] : []) + [
                    share(tool), .text(tool.files.map(ScanWords.count) ?? ""), .text(ScanWords.count(tool.authors)),
                    seen(tool), evidence(tool), places(tool),
                ]
            })
    }

    private func table(_ caption: SafeText, _ tools: [HistoryScan.Tool]) -> HTML {
        .table(
            caption, columns: ["Tool", "Kind", "Commits", "Authors", "First and last seen", "Evidence"],
            rows: tools.map { tool in
                [
                    name(tool), .text("\(word: tool.kind.rawValue)"),
                    .text("\(tool.commits > 0 ? tool.commits : tool.weak)"), .text(ScanWords.count(tool.authors)),
                    seen(tool), evidence(tool),
                ]
            })
    }

    private func name(_ tool: HistoryScan.Tool) -> HTML {
        guard let vendor = tool.vendor else { return .code("\(word: tool.id)") }
        return .joined(.code("\(word: tool.id)"), .element(.div, [.style(.quiet)], [.text("\(plain: vendor)")]))
    }

    private func standing(_ tool: HistoryScan.Tool) -> HTML {
        guard let registration = tool.registration else { return "" }
        return .badge(registration.mark, ScanWords.registration(registration))
    }

    private func share(_ tool: HistoryScan.Tool) -> HTML {
        .joined(
            .text("\(tool.commits)"),
            .element(.div, [.style(.quiet)], [.text(ScanWords.share(tool.commits, of: scan.commits.total))]))
    }

    private func seen(_ tool: HistoryScan.Tool) -> HTML {
        func end(_ end: HistoryScan.Span.End) -> HTML {
            .element(
                .div, [],
                [.element(.time, [.time(end.at)], [.text(ScanWords.day(end.at))]), .text(" "), .code("\(end.commit)")])
        }
        return .joined(end(tool.span.first), end(tool.span.last))
    }

    private func evidence(_ tool: HistoryScan.Tool) -> HTML {
        let mangled: SafeText = tool.mangled > 0 ? "; mangled \(tool.mangled)" : ""
        return .joined(
            .text(ScanWords.places(tool)),
            .element(.div, [.style(.quiet)], [.text("\(ScanWords.surety(tool))\(mangled)")]))
    }

    private func places(_ tool: HistoryScan.Tool) -> HTML {
        .element(
            .span, [],
            HTML.joined(
                tool.directories.map { [.code("\(word: $0.name, limit: 60)"), .text(" \($0.commits)")] }, by: ", "))
    }

    /// What the inventory says beyond a word.
    private var entries: [HTML] {
        let said = scan.agents.compactMap { tool in
            tool.registration.flatMap { ScanWords.entry($0, of: tool.id) }.map { (tool, $0) }
        }
        guard !said.isEmpty else { return [] }
        return [.list(said.map { tool, entry in [.code("\(word: tool.id)"), .text(": \(entry)")] })]
    }

    private var people: [HTML] {
        let rows: [[HTML]] = scan.tools.filter { !$0.people.isEmpty }.map { tool in
            [
                .code("\(word: tool.id)"), .text(ScanWords.count(tool.authors)),
                .list(
                    tool.people.map { person in
                        [
                            .value(person.name), " ", .element(.span, [.style(.quiet)], [.value(person.email)]),
                            .text(" \(person.commits)"),
                        ]
                    }),
            ]
        }
        return [
            .paragraph("Who is named as author of most commits with a tool's marks.", style: .quiet),
            .table("Authors by tool", columns: ["Tool", "Authors", "Of most commits"], rows: rows),
        ]
    }

    private var reading: [HTML] {
        let (scope, commits) = (scan.scope, scan.commits)
        var facts: [(name: SafeText, values: [[HTML]])] = [
            ("repository", [[.value(scope.repository)]]), ("read", [[.text(ScanWords.selection(scope))]]),
        ]
        if let period = ScanWords.period(scope) { facts.append(("period", [[.text(period)]])) }
        if let span = commits.span { facts.append(("claimed dates", [[.text(ScanWords.days(span))]])) }
        facts.append(("catalogue", [[.text("\(plain: scope.catalogue)")]]))
        facts.append(
            (
                "inventory",
                [scope.authority.map { [.text("the authority at commit "), .value($0)] } ?? ["none was asked"]]
            ))
        facts += scan.kinds.filter { $0.commits > 0 }.map { kind in
            (kind.name, [[.text("\(kind.commits), \(ScanWords.share(kind.commits, of: commits.total))")]])
        }
        if commits.several > 0 { facts.append(("several agents", [[.text("\(commits.several), counted once")]])) }
        if commits.incomparable > 0 {
            facts.append(("files unknown", [[.text("of \(commits.incomparable): malformed or huge trees")]]))
        }
        if commits.undated > 0 {
            facts.append(("in no month", [[.text("\(commits.undated): before 1970 or after 2199")]]))
        }
        let malformed: [HTML] =
            commits.examples.isEmpty
            ? [] : [.list(commits.examples.map { [.value($0.commit), .text(": \(plain: $0.reason)")] })]
        return [.facts(facts)] + malformed
    }
}

extension HistoryScan.Registration {
    fileprivate var mark: HTML.Mark {
        switch self {
        case .unregistered, .notBelieved: .bad
        case .retired, .suspended: .special
        case .overdue: .unsure
        case .active: .good
        }
    }
}
