import RemitModel

/// The labelled lines below a fault: where it is, which rule says so, what is granted, by whom, and whom to ask.
package enum Details {
    /// More patterns or operations than this are summed up.
    private static let grantedAtMost = 12
    private static let labelWidth = 9

    package static func lines(of group: FindingGroup) -> [SafeText] {
        var lines: [SafeText] = [line("rule", "\(group.rule)")]
        if let ref = group.ref { lines.append(line("ref", "\(word: ref)")) }
        // A fault of a delegation or an agent does not name the commit by itself.
        if group.commits.count == 1, let commit = group.commits.shown.first,
            !Sentence(group).fault.text.contains(commit.abbreviated)
        {
            lines.append(line("commit", "\(commit)"))
        } else if group.commits.count > 1 {
            lines.append(line("commits", list(group.commits.shown.map { "\($0)" }, left: group.commits.left)))
        }
        if group.paths.count > 1 {
            let paths: [SafeText] = group.paths.shown.map { "\(word: $0, limit: pathInListAtMost)" }
            lines.append(line("paths", list(paths, left: group.paths.left)))
        }
        if !group.facts.granted.isEmpty {
            let granted = group.facts.granted
            lines.append(
                line(
                    "granted",
                    list(granted.prefix(grantedAtMost).map(pattern), left: max(0, granted.count - grantedAtMost))))
        }
        if group.found.count > 0 {
            lines.append(line("found", list(group.found.shown.map { "\(word: $0)" }, left: group.found.left)))
        }
        if let delegation = group.facts.delegation { lines.append(line("by", "delegation \(delegation)")) }
        if group.rule == .delegationRevoked, let at = group.facts.at { lines.append(line("since", "\(at)")) }
        if !group.facts.ask.isEmpty {
            let ask = group.facts.ask
            let shown: [SafeText] = ask.prefix(FindingGroup.shownAtMost).map { "\(word: $0)" }
            lines.append(line("ask", list(shown, left: max(0, ask.count - FindingGroup.shownAtMost))))
        }
        return lines
    }

    /// Three of them fit into one line.
    private static let pathInListAtMost = 140

    private static func line(_ label: SafeText, _ value: SafeText) -> SafeText {
        let padding: [SafeText] = Array(repeating: " ", count: max(1, labelWidth - label.text.utf8.count))
        return "\(label)\(SafeText.joined(padding, by: ""))\(value)"
    }

    private static func list(_ parts: [SafeText], left: Int) -> SafeText {
        left > 0 ? "\(SafeText.joined(parts, by: " ")) and \(left) more" : .joined(parts, by: " ")
    }

    /// `except` and `merge into` are our own words before a pattern: they stay outside the quotes.
    private static func pattern(_ text: String) -> SafeText {
        if text.hasPrefix("except ") { return "except \(word: String(text.dropFirst("except ".count)))" }
        if text.hasPrefix("merge into ") { return "merge into \(word: String(text.dropFirst("merge into ".count)))" }
        return "\(word: text)"
    }
}
