import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let slsaSource = Framework(
        key: "slsa_source",
        name: "SLSA Source Track",
        version: "1.2",
        verified: .primary,
        controls: [
            Control(
                "access-and-history", .direct, [.decisionRecord, .policySnapshot],
                "Configure the SCS to control access and enforce history (L2)"),
            Control(
                "technical-controls", .direct, [.policySnapshot, .coverageReport, .sourceVsa],
                "Continuous technical controls (L3, organization)"),
            Control(
                "source-summary", .direct, [.sourceVsa],
                "Source Verification Summary Attestations (L1+)"),
            Control(
                "history", .direct, [.decisionRecord, .effectRecord, .pushCertificate],
                "History (L2)"),
            Control(
                "continuity", .direct, [.coverageReport, .logCheckpoint],
                "Continuity (L2)",
                note: "a lapse resets continuity; log must show control-enabled intervals"),
            Control(
                "identity-management", .direct, [.identityRegistry, .pushCertificate],
                "Identity Management (L2)"),
            Control(
                "source-provenance", .direct, [.decisionRecord, .attributionRecord, .sourceVsa],
                "Source Provenance (L2)",
                note: "must be contemporaneous"),
            Control(
                "protected-refs", .direct, [.policySnapshot, .decisionRecord],
                "Protected Named References (L3)",
                note: "org properties must start with ORG_SOURCE_"),
            Control(
                "two-party-review", .partial, [.approvalRecord, .attributionRecord],
                "Two-party review (L4)",
                note: """
                    trusted persons are humans; an LLM agent does not meet the Trusted robot definition, so agent \
                    review never counts
                    """),
            Control(
                "safe-expunging-process", .partial, [.exceptionRecord, .retentionReport],
                "Safe Expunging Process (L2)"),
        ])
}
