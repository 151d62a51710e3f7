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
            "\(group.subject) \(group.verb("loosens", "loosen")) \(group.pipelinePart)\(group.cause)",
            hints: ["\(takeOut), or let a person make it; \(showJobs)"] + group.approval)
    }

    static func pipelineUnguarded(_ group: FindingGroup) -> Sentence {
        Sentence(
            """
            \(group.subject) \(group.verb("lets", "let")) \(group.pipelinePart) deploy without standing behind the \
            gate\(group.cause)
            """,
            hints: ["let it need a job that runs 'remit gate deploy', or \(takeOut); \(showJobs)"] + group.approval)
    }

    private static let takeOut: SafeText = "take the change out with 'git rebase -i'"
    private static let showJobs: SafeText = "'remit pipeline check' shows how each job stands"
}

extension FindingGroup {
    var environmentPhrase: SafeText {
        if let environment = facts.environment { "environment \(quoted: environment)" } else { "the environment" }
    }

    fileprivate var environmentWord: SafeText {
        SafeText.command(word: facts.environment.map { ByteString($0) }, or: "NAME")
    }

    /// The job of a definition with its place, or the definition itself.
    fileprivate var pipelinePart: SafeText {
        let file: SafeText = paths.count == 1 ? object : "a pipeline"
        guard let job = facts.pipelineJob else { return paths.count == 1 ? "pipeline \(file)" : file }
        guard let line = facts.line else { return "job \(quoted: job) of \(file)" }
        return "job \(quoted: job) (line \(line) of \(file))"
    }

    /// An assistant's draft has no grant, and what an approver lets through needs none.
    fileprivate var approval: [SafeText] {
        facts.delegation == nil && facts.tip != nil ? ["or let an approver look at it and run \(approve)"] : []
    }
}
