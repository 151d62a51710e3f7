import RemitModel

/// A decision as Markdown for GitHub's step summary, which is dropped where it is longer than 1 MiB.
enum GitHubSummary {
    private static let groupsAtMost = 200

    static func text(of decision: Decision, on occasion: Occasion, ledgerEntry: Int?) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: groupsAtMost)
        return MarkdownPage.text(
            account, title: "## Remit: \(occasion.word)", heading: { rule in "### `\(rule)`" })
    }
}
