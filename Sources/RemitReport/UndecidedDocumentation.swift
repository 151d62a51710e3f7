import RemitModel

extension RuleDocumentation {
    static let ofUndecided: [RuleDocumentation] = [
        RuleDocumentation(
            .undecidedRepository,
            checks: """
                Says that something in the repository could not be read: a missing object, shallow history, an \
                unsupported format.
                """,
            why: "What was not read was not judged.",
            remedy: """
                In a CI job, let it clone all of the history, with the setting that the hint names. On a server, have \
                the administrator look with `git fsck` and `remit doctor`.
                """),
        RuleDocumentation(
            .undecidedAuthority,
            checks: "Says that the authority could not be read or verified.",
            why: "Without it nobody is known who may vouch for anything.",
            remedy: "Have the administrator look with `remit doctor`."),
        RuleDocumentation(
            .undecidedLedger,
            checks: "Says that the decision could not be recorded.",
            why: "What is allowed without a record cannot be answered for later.",
            remedy: "Have the administrator look with `remit doctor`."),
        RuleDocumentation(
            .undecidedInput,
            checks: "Says that the hook's input was not what git promises.",
            why: "A judge that guesses what was asked can be led to answer something else.",
            remedy: "Push again, then have the administrator look with `remit doctor`."),
        RuleDocumentation(
            .undecidedConfiguration,
            checks: "Says that the settings of the gate are missing, wrong or contradict each other.",
            why: "A setting that is not understood must not silently mean less protection.",
            remedy: "Have the administrator look with `remit doctor`."),
        RuleDocumentation(
            .undecidedDeadline,
            checks: "Says that the check did not end within the time that the host allows.",
            why: "A hook that is killed gives no answer, so it gives a safe one in time.",
            remedy: "Push fewer commits at once, or ask for a longer deadline."),
        RuleDocumentation(
            .undecidedClock,
            checks: "Says that the server's clock is behind what its ledger has recorded already.",
            why: "A clock that goes back would let what has expired begin again.",
            remedy: """
                Have the administrator set the clock right. Where the clock is right and the ledger was written while it \
                was not, `remit log clock --accept` on the server says so, on record.
                """),
        RuleDocumentation(
            .undecidedInternal,
            checks: "Says that Remit itself failed.",
            why: "A fault of the gate must never open it.",
            remedy: "Push again, then have the administrator look with `remit doctor`."),
    ]
}
