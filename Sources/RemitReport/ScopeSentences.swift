import RemitModel

extension Sentence {
    static func scopePath(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("changes", "change")) \(group.object) outside \(group.grant)",
            hints: takeOut(group, or: "for a wider grant"))
    }

    static func scopeOperation(_ group: FindingGroup) -> Sentence {
        if group.facts.operation == .deploy { return startedByAgent(group) }
        let act: SafeText
        let name: SafeText
        if let operation = group.facts.operation {
            act = group.act(of: operation)
            name = "operation '\(operation)'"
        } else {
            act = group.verb("changes", "change")
            name = "the operation"
        }
        return Sentence(
            "\(group.subject) \(act) \(group.object) without \(name) in \(group.grant)",
            hints: takeOut(group, or: "for a wider grant"))
    }

    static func scopeProtected(_ group: FindingGroup) -> Sentence {
        let path: SafeText =
            group.paths.count > 1 ? "\(group.paths.count) protected paths" : "protected \(group.object)"
        let fault: SafeText =
            "\(group.subject) \(group.verb("changes", "change")) \(path) that no line of \(group.grant) names"
        let out = takeOut(group, or: "for a grant that names it")
        // An assistant's draft has no grant, and what an approver lets through needs none.
        guard group.facts.delegation == nil, group.facts.tip != nil else { return Sentence(fault, hints: out) }
        return Sentence(fault, hints: out, "or let an approver look at it and run \(group.approve)")
    }

    private static func takeOut(_ group: FindingGroup, or remedy: SafeText) -> SafeText {
        "take the change out with 'git rebase -i', or ask \(group.asked(or: "the delegator")) \(remedy)"
    }

    /// `used` counts what was used before and what this submission would add.
    static func limit(_ group: FindingGroup, of unit: SafeText) -> Sentence {
        Sentence(
            group.exceeded(unit),
            hints: """
                make the change smaller with 'git rebase -i', \
                or ask \(group.asked(or: "the delegator")) for a new delegation made with 'remit grant'
                """)
    }

    static func limitPushes(_ group: FindingGroup) -> Sentence {
        Sentence(
            group.exceeded("pushes"),
            hints: "ask \(group.asked(or: "the delegator")) for a new delegation made with 'remit grant'")
    }

    static func contextChanged(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.agentPhrase) works in a context that was not reviewed\(group.cause)",
            hints: """
                go back to the reviewed model and tools, \
                or ask \(group.asked(or: "the owners of the agent")) for a new review, then try with \(group.check)
                """)
    }
}

extension FindingGroup {
    fileprivate var grant: SafeText { verb("its grant", "their grant") }

    fileprivate func act(of operation: Operation) -> SafeText {
        switch operation {
        case .fileCreate: verb("creates", "create")
        case .fileModify: verb("modifies", "modify")
        case .fileDelete: verb("deletes", "delete")
        case .fileMode: verb("changes the mode of", "change the mode of")
        case .fileSymlink: verb("changes symbolic link", "change symbolic link")
        case .fileSubmodule: verb("changes submodule", "change submodule")
        case .refCreate, .refUpdate, .refDelete, .refRewind, .tagCreate, .merge, .deploy: verb("changes", "change")
        }
    }

    fileprivate func exceeded(_ unit: SafeText) -> SafeText {
        guard let limit = facts.limit else { return "\(delegationPhrase) allows fewer \(unit)\(cause)" }
        guard let used = facts.used else { return "\(delegationPhrase) allows no more than \(limit) \(unit)\(cause)" }
        return "\(delegationPhrase) allows \(limit) \(unit) and this makes \(used)\(cause)"
    }
}
