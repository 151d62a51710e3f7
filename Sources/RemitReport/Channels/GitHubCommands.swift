import RemitModel

/// A decision as workflow commands, which GitHub, Gitea and Forgejo Actions turn into annotations.
///
/// Escaping as in the runner's `ActionCommand`: a line break would end the command, and `:` and `,` end a property.
enum GitHubCommands {
    /// GitHub shows ten annotations of a kind for a step; the last is for what is left out.
    private static let shownAtMost = 9

    private static let data = Escapes(["%": "%25", "\r": "%0D", "\n": "%0A"])
    private static let property = Escapes(["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])

    static func text(of decision: Decision, on occasion: Occasion, ledgerEntry: Int?) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: shownAtMost)
        let command =
            switch account.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        func line(_ group: FindingGroup, _ command: String) -> String {
            var properties = ["title=\(property.text("remit: \(group.rule)"))"]
            if let path = group.paths.shown.first {
                properties.insert(
                    "file=\(property.text(shown: Escaping.text(path.bytes, limit: SafeText.pathAtMost)))", at: 0)
            }
            return "::\(command) \(properties.joined(separator: ","))::\(data.text(Account.lines(of: group)))"
        }
        var lines = account.groups.map { line($0, command) } + account.observations.map { line($0, "notice") }
        let closing = account.opening + [account.more].compactMap { $0 } + account.remarks
        lines.append("::\(command) title=remit::\(data.text(closing))")
        return lines.joined(separator: "\n") + "\n"
    }
}
