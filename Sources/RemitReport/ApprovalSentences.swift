import RemitModel

extension Sentence {
    static func approvalMissing(_ group: FindingGroup) -> Sentence {
        guard let needed = group.facts.limit else { return unlanded(group) }
        let had: SafeText = group.facts.used.map { $0 == 0 ? "none" : "\($0)" } ?? "fewer"
        let approvals: SafeText = needed == 1 ? "1 approval" : "\(needed) approvals"
        let place = group.facts.environment == nil ? group.refPhrase : group.environmentPhrase
        let fault: SafeText =
            switch group.paths.count {
            case 0: "\(group.subject) needs \(approvals) for \(place) and has \(had)"
            case 1: "\(group.subject) changes \(group.object), which needs \(approvals), and has \(had)"
            default: "\(group.subject) changes \(group.object), which need \(approvals), and has \(had)"
            }
        return Sentence(
            "\(fault)\(group.cause)",
            hints: "let \(group.asked(or: "an approver")) look at it and run \(group.approve)")
    }

    /// Work that reaches a ref where only persons land, and nobody knows which person this is.
    private static func unlanded(_ group: FindingGroup) -> Sentence {
        let fault: SafeText = "\(group.subject) may be landed here only by a person\(group.cause)"
        // A job knows nobody: only what a person signs says who lands.
        guard !group.occasion.isPipeline else {
            return Sentence(
                fault, hints: "let a registered person look at it and run \(group.approve), then run this job again")
        }
        let person = group.asked(or: "a registered person")
        let push: SafeText =
            group.occasion == .submission
            ? "let \(person) submit it, from an account by which the authority knows them"
            : "let \(person) run the same 'git push' over a transport by which the server knows them"
        guard group.facts.tip != nil else { return Sentence(fault, hints: push) }
        return Sentence(fault, hints: push, "or let a registered person look at it and run \(group.approve)")
    }

    static func approvalSelf(_ group: FindingGroup) -> Sentence {
        let whose: SafeText = group.verb("is approved by its own author", "are approved by their own author")
        return Sentence(
            "\(group.subject) \(whose)\(group.cause)",
            hints: """
                let \(group.asked(or: "another person")) look at it and run \(group.approve): the delegator and the \
                signer of a commit are its authors
                """)
    }

    static func approvalAgent(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("is", "are")) approved by an agent\(group.cause)",
            hints: """
                let \(group.asked(or: "a person")) look at it and run \(group.approve): approvals by agents never count
                """)
    }

    static func approvalStale(_ group: FindingGroup) -> Sentence {
        Sentence(
            "an approval does not count for \(group.subject)\(group.cause)",
            hints: """
                let \(group.asked(or: "the approver")) look at it as it is now and run \(group.approve)
                """)
    }
}

extension FindingGroup {
    /// The command by which a person approves what the ref would point at.
    var approve: SafeText {
        let commit: SafeText = if let tip = facts.tip { "\(tip)" } else { "<commit>" }
        guard let environment = facts.environment else { return "'remit approve \(commit) --reason WHY'" }
        // People paste it into a shell.
        let name = SafeText.command(word: ByteString(environment), or: "<environment>")
        return "'remit approve \(commit) --environment \(name) --reason WHY'"
    }
}
