import RemitModel

/// What is said of a deployment.
extension SentenceTests {
    private static func facts(_ change: (inout Finding.Facts) -> Void = { _ in }) -> Finding.Facts {
        Samples.facts {
            $0.environment = "production"
            change(&$0)
        }
    }

    private static let approve = """
        let bob@example.org look at it and run 'remit approve 3f2a9c1b7d4e --environment production --reason WHY'
        """

    static let deployments: [Row] = [
        Row(
            .scopeEnvironment,
            """
            commit 3f2a9c1b7d4e must not reach environment 'production': its delegation names no environment
            """,
            """
            ask dana@example.org for a delegation made with 'remit grant --environment production' and make the change \
            anew under it, or deploy a commit without the change
            """, facts { $0.reason = "its delegation names no environment" }),
        Row(
            .scopeEnvironment,
            "commit 3f2a9c1b7d4e needs 2 approvals to reach environment 'production' and has 1: it names no delegation",
            approve,
            facts {
                ($0.limit, $0.used, $0.tip, $0.ask) = (2, 1, Samples.commit(), ["bob@example.org"])
                $0.reason = "it names no delegation"
            }),
        Row(
            .scopeOperation,
            "agent 'claude-code' must not start a deployment to environment 'production': it names no delegation",
            """
            let a person start the job, or ask dana@example.org for a delegation made with \
            'remit grant --operation deploy --environment production' and name it with --delegation
            """,
            facts {
                ($0.agent, $0.operation) = ("claude-code", .deploy)
                $0.reason = "it names no delegation"
            }),
        Row(
            .jobEnvironment,
            "the job must not deploy to environment 'production': the job is for environment 'staging'",
            """
            deploy from the job that is for that environment, or ask dana@example.org for an [[environment]] entry \
            made with 'remit authority propose'
            """, facts { $0.reason = "the job is for environment 'staging'" }),
        Row(
            .jobUnmerged, "commit 3f2a9c1b7d4e is on no ref from which environment 'production' may be deployed",
            """
            merge it into one of the granted refs first, fetch them with 'git fetch --tags', then run \
            'remit gate deploy' for what is there
            """, facts { $0.granted = ["refs/heads/main"] }),
        Row(
            .jobReplayed, "the job must not deploy now: run 77 has deployed already",
            """
            start a new run of the pipeline for what is to be deployed; to go back on purpose, run \
            'remit gate deploy --rollback'
            """, facts { $0.reason = "run 77 has deployed already" }),
        Row(
            .approvalMissing, "commit 3f2a9c1b7d4e needs 1 approval for environment 'production' and has none", approve,
            facts { ($0.limit, $0.used, $0.tip, $0.ask) = (1, 0, Samples.commit(), ["bob@example.org"]) }),
        // What a shell would obey stays out of commands.
        Row(
            .scopeEnvironment, "commit 3f2a9c1b7d4e must not reach environment '$(reboot)'",
            """
            ask dana@example.org for a delegation made with 'remit grant --environment NAME' and make the change anew \
            under it, or deploy a commit without the change
            """, facts { $0.environment = "$(reboot)" }),
    ]
}
