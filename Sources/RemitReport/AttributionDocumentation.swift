import RemitModel

extension RuleDocumentation {
    static let ofAttribution: [RuleDocumentation] = [
        RuleDocumentation(
            .attributionUnregistered,
            checks: "Checks that every agent seen in a commit is in the inventory.",
            why: "An agent without an owner is one that nobody answers for.",
            remedy: "Have an administrator register it with `remit agent add`."),
        RuleDocumentation(
            .attributionMismatch,
            checks: """
                Checks that the marks of a commit, the key that signed it and the account that pushed it do not \
                contradict each other.
                """,
            why: "A contradiction means that one of them is wrong, and perhaps forged.",
            remedy: "Correct author, committer and trailers, or sign with the key that belongs to them."),
        RuleDocumentation(
            .attributionUnattributed,
            checks: """
                Checks, where the policy demands proof, that a commit is provably a registered person's or a \
                delegated agent's.
                """,
            why: "A commit without marks is not a person's: it is only one without evidence.",
            remedy: "Sign the commits with a registered key."),
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
