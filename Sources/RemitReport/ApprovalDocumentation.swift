import RemitModel

extension RuleDocumentation {
    static let ofApproval: [RuleDocumentation] = [
        RuleDocumentation(
            .approvalMissing,
            checks: """
                Checks that agents' work has as many approvals as the policy demands for the ref or the paths, and \
                that a person lands it where only a person may: by pushing it, or by approving it where the server \
                knows nobody who pushes.
                """,
            why: "An agent acts on its own refs; that its work reaches the main line is a person's decision.",
            remedy: "Let a registered person push it over a transport that knows them, or run `remit approve`."),
        RuleDocumentation(
            .approvalSelf,
            checks: """
                Checks that those who approve agents' work are not its delegator or its signer, and where independence \
                is demanded neither own the agent nor push.
                """,
            why: "Who approves their own work has had nobody look at it.",
            remedy: "Let another person approve it with `remit approve`."),
        RuleDocumentation(
            .approvalAgent,
            checks: "Checks that approvals are signed by persons, with no key that an agent holds.",
            why: "An agent that approves another's work closes a loop without anybody in it.",
            remedy: "Let a person approve it with `remit approve`."),
        RuleDocumentation(
            .approvalStale,
            checks: "Checks that an approval is for exactly this commit and tree, and has not expired.",
            why: "What came after the look was not looked at.",
            remedy: "Let the approver look at it as it is now, and run `remit approve` again."),
    ]

    static let ofAuthority: [RuleDocumentation] = [
        RuleDocumentation(
            .authorityLayout,
            checks: """
                Checks that a push to the authority is to its one ref, and brings plain files at the places of its \
                layout only.
                """,
            why: "What nobody reads is where things are hidden.",
            remedy: "Take the file out."),
        RuleDocumentation(
            .authorityImmutable,
            checks: """
                Checks that records and their history are added to and never changed: no record rewritten, no \
                revocation removed, no commit taken back.
                """,
            why: "A record that can change later authorises whatever it later says.",
            remedy: "Begin again from the server's state and add a new record."),
        RuleDocumentation(
            .authorityRecord,
            checks: "Checks that every new file of the authority can be read and says what its place says.",
            why: "A record that readers understand differently has no meaning.",
            remedy: "Let a `remit` command write it."),
        RuleDocumentation(
            .authoritySignature,
            checks: "Checks that every new record of the authority has good signatures, as many as it needs.",
            why: "The authority is believed for its signatures, not for the server that it lies on.",
            remedy: "Have it signed by those who may."),
        RuleDocumentation(
            .authorityRole,
            checks: "Checks that whoever signed a new record of the authority holds the role for it.",
            why: "A registered key is not yet a right.",
            remedy: "Ask an administrator who may write it."),
        RuleDocumentation(
            .authorityVersion,
            checks: """
                Checks that roots and suspensions follow each other without a gap, that a policy's version rises, and \
                that no record comes back which another has replaced.
                """,
            why: "An older policy brings back everything that was taken away since.",
            remedy: "Take up the server's state and make the change anew."),
    ]
}
