import RemitModel

extension RuleDocumentation {
    static let ofAttribution: [RuleDocumentation] = [
        RuleDocumentation(
            .attributionUnregistered,
            checks: """
                Checks that every agent seen in a commit is in the inventory; where the policy says \
                `unregistered = "monitor"`, and nothing else speaks of an agent, it is only told.
                """,
            why: "An agent without an owner is one that nobody answers for.",
            remedy: "Have an administrator register it with `remit agent add`."),
        RuleDocumentation(
            .attributionMismatch,
            checks: """
                Checks that a commit names one delegation, and that neither the key that signed it nor the account that \
                pushed it is that of another agent than the delegation's.
                """,
            why: "A contradiction means that one of them is wrong, and perhaps forged.",
            remedy: "Name one delegation, and sign with the task key that belongs to it."),
        RuleDocumentation(
            .attributionInconsistent,
            checks: """
                Checks, beside what a delegation says, that marks, keys, accounts and names in a commit fit each other: an \
                agent's key without the agent's name, an agent's sign-off, a bot's login with another number, and the like.
                """,
            why: """
                What does not fit is a mistake of a tool or of somebody who writes another's name; neither is proved by it, \
                so it is told and refuses only where the policy says `inconsistent = "refuse"`.
                """,
            remedy: "Let each name, mark and key be of the one who made the commit."),
        RuleDocumentation(
            .attributionUnattributed,
            checks: """
                Checks, where the policy demands proof, that a commit is provably a registered person's or a \
                delegated agent's.
                """,
            why: "A commit without marks is not a person's: it is only one without evidence.",
            remedy: """
                Sign the commits with a registered person's key or with a task key; an agent's own key is not enough, nor is \
                a host's.
                """),
        RuleDocumentation(
            .attributionMalformed,
            checks: """
                Checks that git and every other reader of a commit see the same tree, author and message in it.
                """,
            why: """
                A commit with two authors, or with a NUL inside, can show one thing to the judge and another to \
                people.
                """,
            remedy: "Write the commit anew with git."),
        RuleDocumentation(
            .attributionCertificate,
            checks: """
                Checks that a signed push is what its certificate says: signed with a key that was not revoked, for \
                this repository, these refs and this moment, and never before; and, where it is demanded, that there is one.
                """,
            why: """
                A certificate says who pushes. One that does not hold was made by somebody else, for something else, \
                or repeats what another has said.
                """,
            remedy: "Push again with `git push --signed=true`, signed with your own SSH key."),
    ]
}
