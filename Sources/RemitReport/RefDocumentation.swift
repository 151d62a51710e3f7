import RemitModel

extension RuleDocumentation {
    static let ofRef: [RuleDocumentation] = [
        RuleDocumentation(
            .refName,
            checks: "Checks that a pushed ref has a name that git accepts and that reads the same to everyone.",
            why: "A name with odd bytes can look like another ref, or escape from the pattern of a grant.",
            remedy: "Push the commits under a plain name."),
        RuleDocumentation(
            .refScope,
            checks: "Checks that the ref of an agent's work is among the refs that its delegation grants.",
            why: "Where work may land is half of what a person agreed to.",
            remedy: "Push to a granted ref, or ask the delegator for a grant that names this one."),
        RuleDocumentation(
            .refOperation,
            checks: """
                Checks that creating, updating, deleting or rewinding the ref is among the granted operations; \
                where no delegation applies, that an act which leaves no author is done by a person whom the \
                server knows.
                """,
            why: "A deletion or a forced push destroys what others have, and no commit tells who did it.",
            remedy: "Build on what is there instead, or ask the delegator for the operation."),
        RuleDocumentation(
            .refReserved,
            checks: """
                Checks that nobody pushes refs that change how git reads history, such as `refs/replace`, or \
                that belong to Remit.
                """,
            why: "A replaced object would be shown to people in place of the one that was judged.",
            remedy: "Push under another name. What is deployed is remembered with `remit gate deployed`."),
    ]
}
