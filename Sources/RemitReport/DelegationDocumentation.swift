import RemitModel

extension RuleDocumentation {
    static let ofDelegation: [RuleDocumentation] = [
        RuleDocumentation(
            .delegationMissing,
            checks:
                "Checks that work of an agent names a delegation; an assistant needs a person who signs or pushes it instead.",
            why: "Without it nobody has authorised the work, and nobody answers for it.",
            remedy: "Ask a person who may delegate for one made with `remit grant`."),
        RuleDocumentation(
            .delegationUnknown,
            checks: "Checks that the delegation a commit names is in the authority.",
            why: "A name that leads nowhere is no authority.",
            remedy: "Correct the name, or have the delegation published."),
        RuleDocumentation(
            .delegationSignature,
            checks: "Checks that the exact bytes of the delegation are signed by its delegator, for this use.",
            why: "Only a signature shows that a person agreed to these words.",
            remedy: "Have the delegator sign it anew."),
        RuleDocumentation(
            .delegationDelegator,
            checks: "Checks that the delegator's own role covers all that the delegation grants.",
            why: "Nobody can hand on more than they have.",
            remedy: "Ask somebody whose role covers it, or narrow the grant."),
        RuleDocumentation(
            .delegationExpired,
            checks: """
                Checks that the work was first seen before the delegation expired, and landed before its last \
                date for that.
                """,
            why: "An authority without an end is one that nobody remembers giving.",
            remedy: "Ask the delegator for a new delegation."),
        RuleDocumentation(
            .delegationNotYet,
            checks: "Checks that the delegation's time has begun, by the server's clock.",
            why: "Dates inside a commit prove nothing, so only the server's time counts.",
            remedy: "Wait, or ask for a delegation that begins earlier."),
        RuleDocumentation(
            .delegationRevoked,
            checks: """
                Checks that neither the delegation, nor one above it, nor the task key of a commit is revoked, and that \
                no suspension came after it.
                """,
            why: "Taking authority back must work at once, and for good.",
            remedy: "Read the revocation, and ask for a new delegation if the work is still wanted."),
        RuleDocumentation(
            .delegationSuspended,
            checks: "Checks that the agent is not suspended.",
            why: """
                A suspension stops every delegation of an agent in one step while somebody finds out what is \
                wrong.
                """,
            remedy: "Ask the owners of the agent."),
        RuleDocumentation(
            .delegationReviewOverdue,
            checks: "Checks that the agent's entry in the inventory was reviewed by its date.",
            why: "What nobody has looked at for long is no longer known.",
            remedy: "Have its owners review it."),
        RuleDocumentation(
            .delegationAgent,
            checks: "Checks that the agent seen in a commit is the one that the delegation names.",
            why: "A delegation is given to one agent, not to whoever finds it.",
            remedy: "Name a delegation of the agent that did the work, or ask for one."),
        RuleDocumentation(
            .delegationRepository,
            checks: "Checks that the delegation grants something in this repository.",
            why: "The same names of refs and paths mean other things elsewhere.",
            remedy: "Ask the delegator for a grant in this repository."),
        RuleDocumentation(
            .delegationPossession,
            checks: """
                Checks that the commit is signed with a task key of its delegation, or with a certificate for it of an \
                authority that it lists.
                """,
            why: "The name of a delegation can be copied, its key cannot.",
            remedy: "Sign the commits with the task key, or get a certificate that names the delegation."),
        RuleDocumentation(
            .delegationChain,
            checks: """
                Checks that a sub-delegation is signed with a task key of its parent and narrower than it in every \
                respect, up to a delegation that a person signed.
                """,
            why: "A chain that widens anywhere would turn a small authority into a large one.",
            remedy: "Hand on less, as the message says, or ask a person for a delegation of the agent's own."),
    ]
}
