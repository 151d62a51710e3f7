import RemitModel

/// A decision as Markdown.
///
/// Whatever can hold text of a commit stands in `<pre>` with HTML's escapes (CommonMark 4.6, condition 1): there, no
/// Markdown, link or mention is read. Headings are words of ours.
enum MarkdownPage {
    static let sizeAtMost = 1024 * 1024
    /// Room for the lines that end it.
    private static let reserve = 8192

    static func text(_ account: Account, title: SafeText, heading: (RuleCode) -> SafeText) -> String {
        var text = "\(title.text)\n\n" + preformatted(account.opening)
        var left = account.left
        for group in account.groups {
            let block = "\n\(heading(group.rule).text)\n\n" + preformatted(Account.lines(of: group))
            if text.utf8.count + block.utf8.count + reserve <= sizeAtMost {
                text += block
            } else {
                left += group.findings
            }
        }
        let closing = [Account.more(left, account.severity)].compactMap { $0 } + account.remarks
        if !closing.isEmpty { text += "\n" + preformatted(closing) }
        return text
    }

    static func preformatted(_ lines: [SafeText]) -> String {
        "<pre>\n" + Escapes.markup.text(lines) + "\n</pre>\n"
    }
}
