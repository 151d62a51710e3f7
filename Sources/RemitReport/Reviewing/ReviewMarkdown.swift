package import RemitModel

/// A review as Markdown, for an issue or a chat.
///
/// As in `MarkdownPage`, whatever can hold text of a commit or a record stands in `<pre>` with HTML's escapes; headings
/// are words of ours.
package struct ReviewMarkdown {
    private let review: Review

    package init(_ review: Review) {
        self.review = review
    }

    package var text: String {
        var text = "# Review\n\n" + MarkdownPage.preformatted(review.opening)
        for weight in Review.Weight.allCases {
            let matters = review.matters.filter { $0.weight == weight }
            guard !matters.isEmpty else { continue }
            text += "\n## \(Self.title(weight).text)\n"
            for matter in matters { text += "\n" + Self.block(matter, review.now) }
        }
        return text
    }

    private static func title(_ weight: Review.Weight) -> SafeText {
        switch weight {
        case .urgent: "Urgent"
        case .due: "Due"
        case .note: "Notes"
        }
    }

    private static func block(_ matter: Review.Matter, _ now: Instant) -> String {
        let words = MatterLines(matter, seenFrom: now)
        var lines = [words.headline] + words.details.map { "  \($0)" }
        if matter.weight < .note { lines.append("  \(MatterLines.ask(matter.ask))") }
        lines += words.commands.map { "  run: \($0)" }
        guard let clauses = words.clauses else { return MarkdownPage.preformatted(lines) }
        let told = MarkdownPage.preformatted(lines + ["  \(MatterLines.proposal(clauses))"])
        guard clauses.isShowable else { return told }
        return told + "<pre>\n" + clauses.lines.map { Escapes.markup.text(shown: $0) + "\n" }.joined() + "</pre>\n"
    }
}
