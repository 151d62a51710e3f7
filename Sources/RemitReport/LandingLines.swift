import RemitModel

/// What is said of agents' work that a submission lands: under which delegations, and who approved it.
enum LandingLines {
    /// More delegations than this are only counted.
    private static let shownAtMost = 8

    static func lines(of decision: Decision) -> [SafeText] {
        guard !decision.landings.isEmpty else { return [] }
        var lines: [SafeText] = decision.landings.prefix(shownAtMost).map { landing in
            let commits: SafeText = landing.commits == 1 ? "1 commit" : "\(landing.commits) commits"
            return """
                allowed to land \(commits) of \(word: landing.agent) under delegation \(landing.delegation) \
                of \(word: landing.delegator)
                """
        }
        let left = decision.landings.count - shownAtMost
        if left > 0 { lines.append("allowed to land work under \(left) more delegations") }
        return lines + approvers(of: decision)
    }

    /// Who approved it, in one line; none where nobody did.
    static func approvers(of decision: Decision) -> [SafeText] {
        let approvers = Set(decision.approvals.map(\.approver)).sorted().prefix(shownAtMost)
        guard !approvers.isEmpty else { return [] }
        return ["approved by \(SafeText.joined(approvers.map { "\(word: $0)" }, by: ", "))"]
    }
}
