package import RemitModel

/// A trace as one page for a responder: the answer first, then the chain, the course of events, and each entry in full.
package struct TracePage {
    let trace: Trace
    /// Whether what names a log is the path of its ledger, so that it can stand in a command.
    private let isLedger: Bool
    private let program: String
    /// The logs in the order in which their entries are numbered on the page.
    private let logs: [String]
    /// Every delegation on the page, each once, and what it says.
    let delegations: [Trace.Link]

    /// More commits or refs of one decision than this are summed up, unless they were asked for.
    static let shownAtMost = 100

    /// - Parameters:
    ///   - isLedger: whether logs are named by the paths of their ledgers.
    ///   - program: what made the page, and its version.
    package init(_ trace: Trace, isLedger: Bool, program: String) {
        self.trace = trace
        self.isLedger = isLedger
        self.program = program
        let entries = trace.decisions.map(\.entry) + trace.effects.map(\.entry) + trace.related.map(\.entry)
        logs = Set(entries.map(\.log)).sorted()
        var links: [Trace.Link] = []
        for link in trace.chains.joined() where !links.contains(where: { $0.id == link.id }) { links.append(link) }
        delegations = links
    }

    package var text: String { page.text }

    private var page: HTMLPage {
        let kind = TraceText.word(trace.kind)
        return HTMLPage(
            title: "Trace of \(kind) \(plain: trace.value)",
            heading: [.text("Trace of \(kind) "), .value(trace.value)], lead: [answer], parts: parts,
            closing: [
                .paragraph(
                    """
                    Made by \(plain: program). This page is a reading of the log and proves nothing by itself: the \
                    entries do, and each is named by its log and number. Times are the servers', in UTC.
                    """)
            ])
    }

    private var parts: [HTML.Part] {
        var parts: [HTML.Part] = []
        if !trace.chains.isEmpty || !trace.agents.isEmpty {
            parts.append(HTML.Part(HTML.ID("chain"), "Who answers for it", content: who))
        }
        if !events.isEmpty { parts.append(HTML.Part(HTML.ID("timeline"), "Timeline", content: timeline)) }
        if !trace.decisions.isEmpty {
            parts.append(
                HTML.Part(HTML.ID("decisions"), "Decisions", content: older + trace.decisions.map(self.decision)))
        }
        if !trace.effects.isEmpty {
            parts.append(HTML.Part(HTML.ID("landed"), "What landed", content: trace.effects.map(effect)))
        }
        if !delegations.isEmpty {
            parts.append(HTML.Part(HTML.ID("delegations"), "Delegations", content: delegations.map(delegation)))
        }
        if !trace.related.isEmpty || trace.relatedOlder.entries > 0 {
            parts.append(HTML.Part(HTML.ID("related"), "What else happened", content: related))
        }
        parts.append(HTML.Part(HTML.ID("check"), "Check it", content: check))
        return parts
    }

    /// What is left out above the decisions.
    private var older: [HTML] {
        guard trace.isCut else { return [] }
        return [
            .paragraph(
                .badge(.special, "cut"),
                """
                 Only the newest \(trace.decisions.count) decisions about it are shown; \
                left out: \(TraceText.rest(trace.older)) about it.
                """)
        ]
    }

    private var related: [HTML] {
        var content: [HTML] = [
            .paragraph("Before and after, on the same refs or under the same delegations.", style: .quiet)
        ]
        if trace.relatedOlder.entries > 0 {
            content.append(
                .paragraph(
                    .badge(.special, "cut"),
                    """
                     Only the newest are shown; left out: \(TraceText.rest(trace.relatedOlder)) about the same refs \
                    and delegations.
                    """))
        }
        let rows = trace.related.map { recorded in
            HTML.element(
                .li, [.id(id(of: recorded.entry))],
                [
                    verdict(of: recorded), .text(" "), .time(recorded.at), .text(" "), occasion(of: recorded),
                    .text(", "), name(of: recorded.entry), .text(" by \(plain: recorded.program)"),
                ])
        }
        return content + (rows.isEmpty ? [] : [.element(.ul, [], rows)])
    }

    // MARK: Entries

    func id(of entry: Trace.Entry) -> HTML.ID {
        HTML.ID("entry", logs.firstIndex(of: entry.log) ?? 0, Int(entry.sequence))
    }

    /// The entry by its number and its log.
    func name(of entry: Trace.Entry) -> HTML {
        .joined("entry \(Int(entry.sequence)) of ", .value(entry.log))
    }

    // MARK: Checking

    private var check: [HTML] {
        [
            .paragraph(
                """
                Whether the log is as it was written, whether an entry is in it, and whether a decision comes out with \
                the same bytes again, is found with these commands\(isLedger ? "" : ", where the ledger is").
                """)
        ]
            + logs.map { log in .command("remit log verify --ledger \(ledger(log))") }
            + [
                .paragraph(
                    """
                    Each entry above has its own commands. A checkpoint that was kept elsewhere shows that nothing was \
                    rewritten since:
                    """), .command("remit log verify --checkpoint <file> --ledger \(ledger(logs.first ?? ""))"),
            ]
    }

    /// The commands by which an entry is proved, and a decision is judged again.
    func commands(for entry: Trace.Entry, isDecision: Bool) -> HTML {
        let number = Int(entry.sequence)
        let replay: [HTML] = isDecision ? [.command("remit replay \(number) --ledger \(ledger(entry.log))")] : []
        return .details(
            ["Check ", name(of: entry)],
            replay + [.command("remit log prove \(number) --ledger \(ledger(entry.log)) -o \(number).tlog-proof")])
    }

    private func ledger(_ log: String) -> SafeText {
        isLedger ? .command(word: ByteString(log), or: "<ledger>") : "<ledger>"
    }
}
