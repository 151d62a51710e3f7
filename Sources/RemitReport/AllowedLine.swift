package import RemitModel

/// The one line of an allowed submission: whose work it was, and who answers for it.
package enum AllowedLine {
    /// For a person or a job that asked, and is owed an answer where a push stays silent.
    package static func unmarked(_ decision: Decision) -> SafeText {
        "allowed, without a mark of an agent; commits judged: \(decision.commits)"
    }

    /// `nil` when no agent was seen: people who push their own work hear nothing.
    static func text(of decision: Decision) -> SafeText? {
        let uses = decision.delegations
        let delegated = Set(uses.map(\.agent) + decision.landings.map(\.agent))
        let others = decision.agents.filter { !delegated.contains($0.agent) }
        guard let first = uses.first else {
            guard !others.isEmpty else { return nil }
            return "allowed \(count(others.map(\.commits))) of \(names(others.map(\.agent))) without a delegation"
        }
        let rest: SafeText = others.isEmpty ? "" : " and \(count(others.map(\.commits))) without one"
        guard uses.count > 1 else {
            return """
                allowed \(count([first.commits])) of \(word: first.agent) under delegation \(first.delegation) \
                of \(word: first.delegator)\(rest)
                """
        }
        let ids: [SafeText] = uses.map { "\($0.delegation)" }
        return
            "allowed \(count(uses.map(\.commits))) of \(names(uses.map(\.agent))) under delegations \(list(ids))\(rest)"
    }

    private static func count(_ numbers: [Int]) -> SafeText {
        let sum = numbers.reduce(0, +)
        return sum == 1 ? "1 commit" : "\(sum) commits"
    }

    private static func names(_ agents: [String]) -> SafeText {
        list(Set(agents).sorted().map { "\(word: $0)" })
    }

    private static func list(_ parts: [SafeText]) -> SafeText {
        let left = parts.count - FindingGroup.shownAtMost
        let shown = SafeText.joined(Array(parts.prefix(FindingGroup.shownAtMost)), by: " ")
        return left > 0 ? "\(shown) and \(left) more" : shown
    }
}
