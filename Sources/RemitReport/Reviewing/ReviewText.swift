package import RemitModel

/// A review as text for a terminal: what presses most first, each with whom to ask and what to run.
package struct ReviewText {
    private let review: Review
    private static let indent: SafeText = "        "

    package init(_ review: Review) {
        self.review = review
    }

    package var text: String {
        var lines = review.opening.map(\.text)
        for matter in review.matters {
            let words = MatterLines(matter, seenFrom: review.now)
            lines += ["", (Self.mark(matter.weight) + words.headline.text)]
            lines += words.details.map(Self.line)
            if let clauses = words.clauses {
                lines.append(Self.line(MatterLines.proposal(clauses)))
                if clauses.isShowable { lines += clauses.lines.map { Self.indent.text + "  " + $0 } }
            }
            if matter.weight < .note { lines.append(Self.line(MatterLines.ask(matter.ask))) }
            lines += words.commands.map { Self.line("run: \($0)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ text: SafeText) -> String { indent.text + text.text }

    private static func mark(_ weight: Review.Weight) -> String {
        switch weight {
        case .urgent: "URGENT  "
        case .due: "due     "
        case .note: "note    "
        }
    }
}

extension MatterLines {
    static func proposal(_ clauses: GrantClauses) -> SafeText {
        clauses.isShowable
            ? "these clauses would have sufficed:"
            : "the clauses that would have sufficed hold characters that cannot be shown here: --format json has them"
    }
}

extension Review {
    /// What was read, and how much was found.
    var opening: [SafeText] {
        let pressing = matters.count { $0.weight < .note }
        let notes = matters.count - pressing
        var lines: [SafeText] = [
            pressing == 0
                ? "nothing to look at, \(MatterLines.count(notes, "note", "notes"))"
                : """
                \(MatterLines.count(pressing, "thing", "things")) to look at, \(MatterLines.count(notes, "note", "notes"))
                """,
            period.words, "authority at commit \(authority)",
        ]
        if let evidence {
            let logs = SafeText.joined(evidence.logs.map { "\(word: $0)" }, by: ", ")
            lines.append("\(evidence.entries) entries of that time, of \(evidence.total) in \(logs)")
        } else {
            lines.append(
                """
                no evidence was read, so that nothing is known of what was used, seen or refused: name a ledger with \
                --ledger
                """)
        }
        if uncounted > 0 { lines.append("and \(uncounted) more groups of one kind, which are not told apart") }
        return lines
    }
}

extension Period {
    /// From when to when, and which end belongs to it.
    var words: SafeText { "from \(since) (included) to \(until) (excluded)" }
}
