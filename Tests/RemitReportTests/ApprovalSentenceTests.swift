import RemitModel
import RemitReport

extension SentenceTests {
    private static let approve =
        "let ops@example.org look at it and run 'remit approve 3f2a9c1b7d4e --reason WHY'"

    private static func because(_ reason: String, limit: Int? = nil, used: Int? = nil) -> Finding.Facts {
        Finding.Facts(ask: ["ops@example.org"], limit: limit, used: used, reason: reason, tip: Samples.commit())
    }

    static let approvals: [Row] = [
        Row(
            .approvalMissing, "commit 3f2a9c1b7d4e may be landed here only by a person: nobody is known",
            "let ops@example.org run the same 'git push' over a transport by which the server knows them",
            Finding.Facts(ask: ["ops@example.org"], reason: "nobody is known")),
        Row(
            .approvalMissing, "commit 3f2a9c1b7d4e may be landed here only by a person: nobody is known",
            "let ops@example.org run the same 'git push' over a transport by which the server knows them",
            also: "or let a registered person look at it and run 'remit approve 3f2a9c1b7d4e --reason WHY'",
            because("nobody is known")),
        Row(
            .approvalMissing,
            "commit 3f2a9c1b7d4e needs 2 approvals for ref 'refs/heads/agent/PAY-42/retry' and has 1", approve,
            because("", limit: 2, used: 1)),
        Row(
            .approvalMissing,
            """
            commit 3f2a9c1b7d4e changes 'Deploy/prod.yml', which needs 1 approval, and has none: \
            eve has no role to approve it
            """, approve, path: "Deploy/prod.yml", because("eve has no role to approve it", limit: 1, used: 0)),
        Row(
            .approvalSelf, "commit 3f2a9c1b7d4e is approved by its own author: dana@example.org delegated it",
            approve + ": the delegator and the signer of a commit are its authors",
            because("dana@example.org delegated it")),
        Row(
            .approvalAgent, "commit 3f2a9c1b7d4e is approved by an agent: agent 'reviewer'",
            approve + ": approvals by agents never count", because("agent 'reviewer'")),
        Row(
            .approvalStale, "an approval does not count for commit 3f2a9c1b7d4e: it expired",
            "let ops@example.org look at it as it is now and run 'remit approve <commit> --reason WHY'",
            Finding.Facts(ask: ["ops@example.org"], reason: "it expired")),
        Row(
            .scopeProtected, "commit 3f2a9c1b7d4e changes protected 'AGENTS.md' that no line of its grant names",
            "take the change out with 'git rebase -i', or ask ops@example.org for a grant that names it",
            also: "or let an approver look at it and run 'remit approve 3f2a9c1b7d4e --reason WHY'", path: "AGENTS.md",
            because("")),
        Row(
            .delegationRevoked, "the delegation was revoked: compromised: the key leaked",
            "see the revocation with 'remit show <delegation>', and ask ops@example.org for a new delegation made with 'remit grant'",
            also: "or let an approver look at it and run 'remit approve 3f2a9c1b7d4e --reason WHY'",
            because("compromised: the key leaked")),
    ]
}
