import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let euAIAct = Framework(
        key: "eu_ai_act",
        name: "Regulation (EU) 2024/1689 (AI Act)",
        version: """
            2024; high-risk dates deferred by the 2026 Digital Omnibus (Annex III to 2027-12-02, Annex I to \
            2028-08-02: secondary sources)
            """,
        verified: .mirror,
        note: """
            for high-risk AI systems; a coding agent is normally none, so it matters only where the agent changes or \
            deploys such a system
            """,
        controls: [
            Control(
                "Art. 12(1)", .partial, [.decisionRecord, .effectRecord, .logCheckpoint],
                "Record-keeping: automatic recording of events (logs) over the lifetime"),
            Control(
                "Art. 12(2)", .partial, [.decisionRecord, .sourceVsa],
                "Record-keeping: traceability events, including substantial modification"),
            Control(
                "Art. 14(1)", .partial, [.delegationRecord, .approvalRecord],
                "Human oversight: effective oversight by natural persons during use"),
            Control(
                "Art. 14(4)(d)", .partial, [.exceptionRecord, .revocationRecord],
                "Human oversight: ability to disregard, override or reverse"),
            Control(
                "Art. 14(4)(e)", .partial, [.revocationRecord, .decisionRecord],
                "Human oversight: intervene or interrupt (stop)"),
            Control(
                "Art. 19", .partial, [.retentionReport, .logCheckpoint],
                "Automatically generated logs (providers keep logs)",
                note: "at least six months"),
            Control(
                "Art. 26(2)", .partial, [.delegationRecord, .identityRegistry],
                "Deployers assign human oversight to competent natural persons"),
            Control(
                "Art. 26(5)", .contextual, [.coverageReport, .decisionRecord],
                "Deployers monitor operation"),
            Control(
                "Art. 26(6)", .partial, [.retentionReport, .logCheckpoint],
                "Deployers keep automatically generated logs at least six months"),
        ])
}
