import RemitModel

/// A decision as logging commands of Azure Pipelines.
///
/// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>. Escaping as in its task library
/// (`%` is `%AZP25`). What is no command begins with words of ours.
enum AzureCommands {
    private static let groupsAtMost = 20

    private static let data = Escapes(["%": "%AZP25", "\r": "%0D", "\n": "%0A"])
    private static let property = Escapes(["%": "%AZP25", "\r": "%0D", "\n": "%0A", "]": "%5D", ";": "%3B"])

    static func text(of decision: Decision, on occasion: Occasion, ledgerEntry: Int?) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: groupsAtMost)
        let kind = account.severity == .error ? "error" : "warning"
        var lines = account.groups.map { group in
            var properties = "type=\(kind);code=\(group.rule.rawValue);"
            if let path = group.paths.shown.first {
                properties +=
                    "sourcepath=\(property.text(shown: Escaping.text(path.bytes, limit: SafeText.pathAtMost)));linenumber=1;"
            }
            return "##vso[task.logissue \(properties)]\(data.text(Account.lines(of: group)))"
        }
        let closing = account.opening + [account.more].compactMap { $0 } + account.remarks
        lines += closing.map { "remit: \($0.text)" }
        let opening = data.text(account.opening)
        switch account.severity {
        case .error: lines.append("##vso[task.complete result=Failed;]\(opening)")
        case .warning: lines.append("##vso[task.complete result=SucceededWithIssues;]\(opening)")
        case .note: break
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
