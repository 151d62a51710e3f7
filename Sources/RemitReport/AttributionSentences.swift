import RemitModel

extension Sentence {
    static func attributionUnregistered(_ group: FindingGroup) -> Sentence {
        let id = SafeText.command(word: group.facts.agent.map { ByteString($0) }, or: "<id>")
        return Sentence(
            "\(group.subject) \(group.verb("is", "are")) by \(group.agentPhrase) that the inventory does not know",
            hints: "ask \(group.asked(or: "the administrators")) to register it with 'remit agent add \(id)'")
    }

    static func attributionMismatch(_ group: FindingGroup) -> Sentence {
        let fault: SafeText = "\(group.subject) \(group.verb("has", "have")) marks that disagree\(group.cause)"
        guard group.occasion != .message else { return Sentence(fault, hints: "name one delegation in the message") }
        return Sentence(
            fault,
            hints: """
                look with 'git show --format=raw \(group.firstCommit)', then name one delegation in it and sign it \
                with a task key of that delegation: 'git commit --amend --gpg-sign'
                """)
    }

    static func attributionUnattributed(_ group: FindingGroup) -> Sentence {
        let claim: SafeText =
            "\(group.subject) \(group.verb("does", "do")) not prove who wrote \(group.verb("it", "them"))"
        let fault: SafeText = "\(claim)\(group.cause)"
        let sign: SafeText = "sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'"
        // So are the merges, squashes and rebases that hosts make: nobody's who could be asked.
        if group.facts.reason?.hasSuffix(SignatureStatus.unsupportedEnding) ?? false {
            return Sentence(
                """
                \(claim): \(group.verb("it is", "they are")) not signed with an SSH key, and other signatures are not \
                checked
                """,
                hints: """
                    merge and sign it yourself, with an SSH key that is registered: \
                    'git merge --no-ff --gpg-sign <branch>', or \(sign)
                    """)
        }
        guard group.facts.tip != nil else { return Sentence(fault, hints: sign) }
        return Sentence(fault, hints: sign, "or let a registered person look at it and run \(group.approve)")
    }

    static func attributionMalformed(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("is", "are")) malformed\(group.cause)",
            hints: """
                look with 'git cat-file -p \(group.firstCommit)', then write the commits anew \
                with 'git rebase --force-rebase <base>'
                """)
    }
}

extension FindingGroup {
    var firstCommit: SafeText {
        if let commit = commits.shown.first { "\(commit)" } else { "<commit>" }
    }
}
