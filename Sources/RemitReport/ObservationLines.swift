import RemitModel

/// What is said of what the policy wants told and does not refuse: a few lines, since they stop nobody.
enum ObservationLines {
    /// More groups than this are only counted.
    private static let shownAtMost = 3

    static func lines(of decision: Decision, as occasion: Occasion) -> [SafeText] {
        let groups = groups(of: decision, as: occasion)
        var lines: [SafeText] = groups.prefix(shownAtMost).map { group in
            let others = group.commits.left
            let more: SafeText = others > 0 ? " (\(others) more commits not named)" : ""
            return "note: \(Sentence(group).fault), observed by \(group.rule)\(more)"
        }
        let told = groups.prefix(shownAtMost).map(\.findings).reduce(0, +)
        let left = max(decision.observationCount, decision.observations.count) - told
        if left > 0 { lines.append(left == 1 ? "note: and 1 more observation" : "note: and \(left) more observations") }
        return lines
    }

    /// Those that differ only in commit or mark, on whatever ref, together.
    static func groups(of decision: Decision, as occasion: Occasion) -> [FindingGroup] {
        FindingGroup.groups(of: decision.observations, as: occasion)
    }
}
