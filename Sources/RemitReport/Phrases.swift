import RemitModel

/// The parts of which sentences are made.
extension FindingGroup {
    /// Who did it: the commit, how many commits, or the submission as a whole (its net change).
    var subject: SafeText {
        switch commits.count {
        case 0: occasion == .message ? "this commit" : "this submission"
        case 1: SafeText.joined(commits.shown.map { "commit \($0)" }, by: " ")
        case let count: "\(count) commits"
        }
    }

    /// The form of a verb, or another word, that fits the subject.
    func verb(_ singular: SafeText, _ plural: SafeText) -> SafeText {
        commits.count > 1 ? plural : singular
    }

    /// What it was done to: the path, or how many.
    var object: SafeText {
        switch paths.count {
        case 0: "files"
        case 1: SafeText.joined(paths.shown.map { "\(quoted: $0, limit: SafeText.pathAtMost)" }, by: " ")
        case let count: "\(count) paths"
        }
    }

    var refPhrase: SafeText {
        if let ref { "ref \(quoted: ref)" } else { "the ref" }
    }

    var delegationPhrase: SafeText {
        if let delegation = facts.delegation { "delegation \(delegation)" } else { "the delegation" }
    }

    var agentPhrase: SafeText {
        if let agent = facts.agent { "agent \(quoted: agent)" } else { "an agent" }
    }

    /// The cause, after a colon: whatever stands before it must not be an id.
    var cause: SafeText {
        if let reason = facts.reason, !reason.isEmpty { ": \(plain: reason)" } else { "" }
    }

    /// Whom to ask, by name where the finding knows it.
    func asked(or role: SafeText) -> SafeText {
        guard !facts.ask.isEmpty else { return role }
        return .joined(facts.ask.prefix(Self.shownAtMost).map { "\(word: $0)" }, by: " or ")
    }

    /// The command that shows what the delegation says.
    var show: SafeText {
        if let delegation = facts.delegation { "'remit show \(delegation)'" } else { "'remit show <delegation>'" }
    }

    /// The command that judges the commits before they are pushed.
    var check: SafeText { "'remit check <base>..HEAD'" }
}
