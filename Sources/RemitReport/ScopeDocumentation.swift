import RemitModel

extension RuleDocumentation {
    static let ofScope: [RuleDocumentation] = [
        RuleDocumentation(
            .scopePath,
            checks: "Checks that every changed path is covered by the grant's paths and by none of its exceptions.",
            why: "Both names of a moved file count, and so does a change that a later commit takes back.",
            remedy: "Take the change out, or ask the delegator for a wider grant."),
        RuleDocumentation(
            .scopeOperation,
            checks: """
                Checks that creating, modifying or deleting a file, changing its mode, or making links and \
                submodules is granted; and starting a deployment, where an agent's account starts the job.
                """,
            why: "A link or an executable bit does more than its path tells.",
            remedy: "Take the change out, or ask the delegator for the operation."),
        RuleDocumentation(
            .scopeProtected,
            checks: """
                Checks that files which steer the gate itself, such as CI definitions and agents' instructions, \
                are changed only where a line of the grant names them.
                """,
            why: "Who can change the gate can pass it.",
            remedy: "Take the change out, or ask for a grant with an explicit line."),
        RuleDocumentation(
            .scopeEnvironment,
            checks: "Checks that each agent's change that a deployment carries may reach the environment.",
            why: "That work may land does not mean that it may run in production.",
            remedy: """
                Make the change anew under a delegation that names the environment, have it approved where the policy \
                lets persons do that, or deploy without it.
                """),
        RuleDocumentation(
            .limitCommits,
            checks:
                "Checks that what agents push under a delegation, over all pushes, stays within its number of commits.",
            why: "A budget bounds what goes wrong before somebody looks.",
            remedy: "Push fewer commits, or ask for a new delegation."),
        RuleDocumentation(
            .limitFiles,
            checks:
                "Checks that what agents push under a delegation, over all pushes, stays within its number of files.",
            why: "A change to many files is one that nobody reads.",
            remedy: "Make the change smaller, or ask for a new delegation."),
        RuleDocumentation(
            .limitLines,
            checks:
                "Checks that what agents push under a delegation, over all pushes, stays within its number of lines.",
            why: "A person can review only so much.",
            remedy: "Make the change smaller, or ask for a new delegation."),
        RuleDocumentation(
            .limitBytes,
            checks:
                "Checks that what agents push under a delegation, over all pushes, stays within its number of bytes.",
            why: "Large content hides what is in it, and never leaves the history.",
            remedy: "Make the change smaller, or ask for a new delegation."),
        RuleDocumentation(
            .limitPushes,
            checks: "Checks that agents push under a delegation no more often than it says.",
            why: "An agent that pushes without end is one that has lost its way.",
            remedy: "Ask the delegator for a new delegation."),
        RuleDocumentation(
            .contextChanged,
            checks: """
                Checks that the model and tools that the delegation states are those for which the agent was \
                reviewed.
                """,
            why: "With another model or more tools it is another agent.",
            remedy: "Go back to what was reviewed, or have the agent reviewed anew."),
    ]
}
