import RemitModel

extension Sentence {
    static func delegationMissing(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("is", "are")) by \(group.agentPhrase) without a delegation",
            hints: """
                ask \(group.asked(or: "a delegator")) for a delegation made with 'remit grant', \
                then try with \(group.check)
                """)
    }

    static func delegationUnknown(_ group: FindingGroup) -> Sentence {
        let named: SafeText = if let named = group.facts.named { "delegation \(quoted: named)" } else { "a delegation" }
        let correct: SafeText =
            group.occasion == .message ? "correct the message" : "correct the commit with 'git commit --amend'"
        return Sentence(
            "\(group.subject) \(group.verb("names", "name")) \(named) that the authority does not hold",
            hints: """
                find the right id with 'remit show <delegation>' and \(correct), \
                or ask \(group.asked(or: "a delegator")) for a delegation
                """)
    }

    static func delegationSignature(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.delegationPhrase) is not validly signed\(group.cause)",
            hints: "ask \(group.asked(or: "the delegator")) to sign it anew with 'remit grant'")
    }

    static func delegationDelegator(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.delegationPhrase) grants more than its delegator may\(group.cause)",
            hints: """
                see with \(group.show) what it grants, \
                and ask \(group.asked(or: "the administrators")) who may grant it with 'remit grant'
                """)
    }

    static func delegationExpired(_ group: FindingGroup) -> Sentence {
        let time: SafeText = if let at = group.facts.at { "expired at \(at)" } else { "has expired" }
        return Sentence(
            "\(group.delegationPhrase) \(time)\(group.cause)",
            hints: "ask \(group.asked(or: "the delegator")) for a new delegation made with 'remit grant'")
    }

    static func delegationNotYet(_ group: FindingGroup) -> Sentence {
        let time: SafeText = if let at = group.facts.at { "before \(at)" } else { "yet" }
        return Sentence(
            "\(group.delegationPhrase) is not valid \(time)",
            hints: """
                wait until then (\(group.show) tells its times), \
                or ask \(group.asked(or: "the delegator")) for a new delegation
                """)
    }

    static func delegationRevoked(_ group: FindingGroup) -> Sentence {
        let fault: SafeText = "\(group.delegationPhrase) was revoked\(group.cause)"
        let anew: SafeText = """
            see the revocation with \(group.show), \
            and ask \(group.asked(or: "the delegator")) for a new delegation made with 'remit grant'
            """
        // Compromised work may still land, once an approver has looked at it.
        guard group.facts.tip != nil else { return Sentence(fault, hints: anew) }
        return Sentence(fault, hints: anew, "or let an approver look at it and run \(group.approve)")
    }

    static func delegationSuspended(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.agentPhrase) is suspended\(group.cause)",
            hints: """
                ask \(group.asked(or: "the owners of the agent")) when its suspension ends, \
                or take its commits out with 'git rebase -i'
                """)
    }

    static func delegationReviewOverdue(_ group: FindingGroup) -> Sentence {
        let time: SafeText = if let at = group.facts.at { "was due at \(at)" } else { "is overdue" }
        return Sentence(
            "the review of \(group.agentPhrase) \(time)",
            hints: "ask \(group.asked(or: "the owners of the agent")) to review it, then try with \(group.check)")
    }

    static func delegationAgent(_ group: FindingGroup) -> Sentence {
        let other: SafeText =
            if group.found.count == 1, let found = group.found.shown.first {
                "agent \(quoted: found)"
            } else {
                "another agent"
            }
        let own: SafeText =
            if let agent = group.facts.granted.first { "is for agent \(quoted: agent)" } else { "is not" }
        // With a reason it is the delegation's own agent that cannot be believed, not the one that wrote the commit.
        let fault: SafeText =
            if group.facts.reason == nil {
                "\(group.subject) \(group.verb("is", "are")) by \(other) but \(group.delegationPhrase) \(own)"
            } else {
                "\(group.delegationPhrase) \(own)\(group.cause)"
            }
        return Sentence(
            fault,
            hints: """
                name a delegation of the agent that wrote it\(group.occasion == .message ? "" : " ('git commit --amend')"), \
                or ask \(group.asked(or: "the delegator")) for one made with 'remit grant'
                """)
    }

    static func delegationRepository(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.delegationPhrase) does not grant this repository",
            hints: """
                see with \(group.show) what it grants, \
                or ask \(group.asked(or: "the delegator")) for a delegation made with 'remit grant'
                """)
    }

    static func delegationPossession(_ group: FindingGroup) -> Sentence {
        Sentence(
            """
            \(group.subject) \(group.verb("claims", "claim")) \(group.delegationPhrase) without a signature that \
            proves it\(group.cause)
            """,
            hints: group.facts.isLanding
                ? group.unchanged
                : """
                sign with its task key, or with a certificate for it: 'git rebase --force-rebase --gpg-sign <base>'
                """)
    }

    static func delegationChain(_ group: FindingGroup) -> Sentence {
        Sentence(
            "the chain above \(group.delegationPhrase) does not hold\(group.cause)",
            hints: """
                see the chain with \(group.show), \
                and ask \(group.asked(or: "the delegator")) for a delegation that fits its parent
                """)
    }
}

extension FindingGroup {
    /// How work that a host has rewritten keeps its proof.
    fileprivate var unchanged: SafeText {
        switch occasion {
        case .push, .update, .check, .message:
            "bring the branch up to date and push it, then land it again with 'git merge', unchanged"
        case .submission:
            "bring the change up to date with 'git rebase --gpg-sign <base>', and push it for review again"
        case .merge:
            "bring the branch up to date with 'git rebase --gpg-sign <base>', and let the host land it unchanged"
        case .deployment:
            "name the branches that the host keeps with '--sources <pattern>', or the ledger that saw the work"
        }
    }
}
