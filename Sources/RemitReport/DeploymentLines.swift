import RemitModel

/// What is said of an allowed deployment: whose work reaches the environment, under what, and who approved it.
enum DeploymentLines {
    /// More delegations than this are only counted.
    private static let shownAtMost = 8

    static func lines(of decision: Decision, to environment: String) -> [SafeText] {
        func deploys(_ count: Int, _ rest: SafeText) -> SafeText {
            let commits: SafeText = count == 1 ? "1 commit" : "\(count) commits"
            return "allowed to deploy \(commits)\(rest) to \(word: environment)"
        }
        var lines: [SafeText] = decision.landings.prefix(shownAtMost).map { landing in
            deploys(
                landing.commits,
                " of \(word: landing.agent) under delegation \(landing.delegation) of \(word: landing.delegator)")
        }
        let left = decision.landings.count - shownAtMost
        if left > 0 {
            lines.append("allowed to deploy work under \(left) more delegations to \(word: environment)")
        }
        let delegated = Set(decision.landings.map(\.agent))
        for drafted in decision.agents.filter({ !delegated.contains($0.agent) }).prefix(shownAtMost) {
            lines.append(deploys(drafted.commits, " of \(word: drafted.agent) without a delegation"))
        }
        if lines.isEmpty { lines.append(deploys(decision.commits, " without a mark of an agent")) }
        return lines + LandingLines.approvers(of: decision)
    }
}
