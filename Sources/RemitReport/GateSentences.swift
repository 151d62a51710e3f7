import RemitModel

/// What is said of jobs, environments and pipelines.
extension Sentence {
    static func scopeEnvironment(_ group: FindingGroup) -> Sentence {
        guard let needed = group.facts.limit else {
            return Sentence(
                "\(group.subject) must not reach \(group.environmentPhrase)\(group.cause)",
                hints: """
                    ask \(group.asked(or: "the delegator")) for a delegation made with \
                    'remit grant --environment \(group.environmentWord)' and make the change anew under it, \
                    or deploy a commit without the change
                    """)
        }
        let had: SafeText = group.facts.used.map { $0 == 0 ? "none" : "\($0)" } ?? "fewer"
        let approvals: SafeText = needed == 1 ? "1 approval" : "\(needed) approvals"
        return Sentence(
            """
            \(group.subject) \(group.verb("needs", "need")) \(approvals) to reach \(group.environmentPhrase) and \
            \(group.verb("has", "have")) \(had)\(group.cause)
            """,
            hints: "let \(group.asked(or: "an approver")) look at it and run \(group.approve)")
    }

    /// An agent's account starts a deployment.
    static func startedByAgent(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.agentPhrase) must not start a deployment to \(group.environmentPhrase)\(group.cause)",
            hints: """
                let a person start the job, or ask \(group.asked(or: "the delegator")) for a delegation made with \
                'remit grant --operation deploy --environment \(group.environmentWord)' and name it with --delegation
                """)
    }

    static func jobIdentity(_ group: FindingGroup) -> Sentence {
        Sentence(
            "the job has not shown who it is\(group.cause)",
            hints: """
                give the job a token of its CI system for the audience that the policy names, \
                or ask \(group.asked(or: "the administrators")) for a [[job]] entry made with 'remit authority propose'
                """)
    }

    static func jobEnvironment(_ group: FindingGroup) -> Sentence {
        Sentence(
            "the job must not deploy to \(group.environmentPhrase)\(group.cause)",
            hints: """
                deploy from the job that is for that environment, \
                or ask \(group.asked(or: "the administrators")) for an [[environment]] entry made with \
                'remit authority propose'
                """)
    }

    static func jobUnmerged(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) is on no ref from which \(group.environmentPhrase) may be deployed\(group.cause)",
            hints: """
                merge it into one of the granted refs first, fetch them with 'git fetch --tags', \
                then run 'remit gate deploy' for what is there
                """)
    }

    static func jobReplayed(_ group: FindingGroup) -> Sentence {
        Sentence(
            "the job must not deploy now\(group.cause)",
            hints: """
                start a new run of the pipeline for what is to be deployed; \
                to go back on purpose, run 'remit gate deploy --rollback'
                """)
    }

    static func pipelineChanged(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("loosens", "loosen")) pipeline \(group.object)\(group.cause)",
            hints: """
                take the change out with 'git rebase -i', or let a person make it; \
                run 'remit pipeline check' to see how each job stands
                """)
    }

    static func pipelineUnguarded(_ group: FindingGroup) -> Sentence {
        Sentence(
            """
            \(group.subject) \(group.verb("adds", "add")) a deployment that no gate stands before in \(group.object)\
            \(group.cause)
            """,
            hints: """
                let the job need one that runs 'remit gate deploy'; run 'remit pipeline check' to see how each job \
                stands
                """)
    }
}

extension FindingGroup {
    var environmentPhrase: SafeText {
        if let environment = facts.environment { "environment \(quoted: environment)" } else { "the environment" }
    }

    fileprivate var environmentWord: SafeText {
        SafeText.command(word: facts.environment.map { ByteString($0) }, or: "NAME")
    }
}
