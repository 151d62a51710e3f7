import RemitModel

extension RuleDocumentation {
    static let ofJobs: [RuleDocumentation] = [
        RuleDocumentation(
            .jobIdentity,
            checks: """
                Checks, where the policy demands proof for an environment, that a token of a trusted issuer says \
                which repository, ref and environment the job is for, and that the job's variables do not say otherwise.
                """,
            why: "Variables can be set by whoever writes the pipeline or an earlier step.",
            remedy: "Give the job a token for the audience that the policy names."),
        RuleDocumentation(
            .jobEnvironment,
            checks: "Checks that the policy names the environment for this repository, and that the job is for it.",
            why: "A misspelt or invented environment would be one without conditions.",
            remedy: "Deploy from the environment's own job, or have it added to the policy."),
        RuleDocumentation(
            .jobUnmerged,
            checks: "Checks that the commit to deploy is on a ref from which the environment may be deployed.",
            why: "What has not landed has not been judged where it matters.",
            remedy: "Merge it first, then deploy what is there; fetch the host's branches and tags."),
        RuleDocumentation(
            .jobReplayed,
            checks: """
                Checks that the job is newer than the last deployment, does not take it back unasked, and leaves \
                nothing that came after it out of judgement.
                """, why: "A re-run of an old green job would bring back what has been mended or revoked since.",
            remedy: "Start a new run; say `--rollback` to go back on purpose."),
    ]

    static let ofPipelines: [RuleDocumentation] = [
        RuleDocumentation(
            .pipelineChanged,
            checks: """
                Checks that an agent's change of a pipeline's definition takes no gate out or out of force, and gives \
                no job permissions or secrets that it did not have.
                """,
            why: "A granted path lets the agent edit the file, not open the door that the file holds shut.",
            remedy: "Take the change out, or let a person make it."),
        RuleDocumentation(
            .pipelineUnguarded,
            checks: "Checks that each deploying job that an agent adds or changes stands behind the gate.",
            why: "A second way to production makes the first one's gate worthless.",
            remedy: "Let the job need one that runs `remit gate deploy`."),
    ]
}
