import RemitModel

extension Sentence {
    /// The first fact, then the other after a colon; the bytes of the first stand below it as what was found.
    static func attributionInconsistent(_ group: FindingGroup) -> Sentence {
        let (subject, agent, cause) = (group.subject, group.agentPhrase, group.cause)
        let (has, are) = (group.verb("has", "have"), group.verb("is", "are"))
        switch group.facts.inconsistency {
        case .committerKey:
            return Sentence(
                "\(subject) \(has) \(agent) as committer and \(are) signed by another\(cause)",
                hints: group.asOneAgent("let each agent commit under its own name and key"))
        case .committerPusher:
            return Sentence(
                "\(subject) \(has) \(agent) as committer and \(are) pushed by another\(cause)",
                hints: group.asOneAgent("let each agent push its own commits"))
        case .unnamedKey:
            return Sentence(
                "\(subject) \(are) signed by \(agent) and \(group.verb("names", "name")) no agent\(cause)",
                hints: "name the agent with 'git commit --amend --trailer \"Co-authored-by: <agent>\"'")
        case .hostSignature:
            return Sentence(
                "\(subject) \(group.verb("says", "say")) to be \(agent) on its host, without the host's signature\(cause)",
                hints: """
                    fetch it from the host again, or take it over as committer with \
                    'git rebase --force-rebase --gpg-sign <base>'
                    """)
        case .signOff:
            return Sentence(
                "\(subject) \(are) signed off by \(agent), and only a person can certify where a change comes from",
                hints: "take the line out and sign off yourself: 'git commit --amend --signoff'")
        case .accountNumber:
            return Sentence(
                "\(subject) \(group.verb("names", "name")) the account of \(group.tool) with a number of another\(cause)",
                hints: "correct the number with 'git commit --amend --author <name <address>>', or in the message")
        case .accountAddress:
            return Sentence(
                "\(subject) \(group.verb("names", "name")) the account of \(group.tool) with an address of another\(cause)",
                hints: "name yourself with 'git config user.name <name>', then 'git commit --amend --reset-author'")
        case .malformedMark:
            return Sentence(
                "\(subject) \(has) a mangled mark of \(agent)\(cause)",
                hints: "let the tool write its mark with 'git commit --trailer <mark>', as a line of its own")
        case .statement:
            return Sentence(
                "\(subject) \(are) said to be of \(agent), and another made \(group.verb("it", "them"))\(cause)",
                hints: "mend what names it: the push option 'agent=<id>', or a note with 'git notes edit <commit>'")
        case nil:
            return Sentence(
                "\(subject) \(has) marks that do not fit each other\(cause)",
                hints: "look with 'git show --format=raw \(group.firstCommit)'")
        }
    }
}

extension FindingGroup {
    /// The tool whose account is named, which need not be an agent's.
    fileprivate var tool: SafeText {
        if let agent = facts.agent { "\(quoted: agent)" } else { "a tool" }
    }

    /// What to do about two agents, which may be one under two names.
    fileprivate func asOneAgent(_ advice: SafeText) -> SafeText {
        let mark = SafeText.command(word: facts.agent.map { ByteString($0) }, or: "<mark>")
        return "\(advice), or if both are one: 'remit agent update <id> --add-mark \(mark)'"
    }
}
