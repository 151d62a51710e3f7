import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let ospsBaseline = Framework(
        key: "osps_baseline",
        name: "Open Source Project Security Baseline",
        version: "2026.02.19 tag; text read at main b834f71 (2026-07-07)",
        verified: .primary,
        controls: [
            Control(
                "OSPS-AC-02", .partial, [.identityRegistry, .delegationRecord],
                "Restrict Collaborator Permissions"),
            Control(
                "OSPS-AC-03", .direct, [.decisionRecord, .policySnapshot],
                "Protect the Primary Branch from Accidental Modification"),
            Control(
                "OSPS-AC-04", .partial, [.ciIdentity, .scopeDiff],
                "Enforce Least Privilege on CI/CD Pipelines"),
            Control(
                "OSPS-BR-01", .partial, [.ciIdentity, .decisionRecord],
                "Prevent Untrusted Input When Building & Releasing"),
            Control(
                "OSPS-GV-01", .partial, [.identityRegistry, .delegationRecord],
                "Publish Project Roles and Responsibilities"),
            Control(
                "OSPS-GV-04", .direct, [.delegationRecord, .approvalRecord],
                "Require Formal Review of Permission Grants"),
            Control(
                "OSPS-QA-01", .partial, [.decisionRecord, .pushCertificate],
                "Publish Source Code and Change History",
                note: "QA-01.02 who and when"),
            Control(
                "OSPS-QA-03", .direct, [.decisionRecord, .exceptionRecord],
                "Address Pass/Fail Checks Before Accepting Changes"),
            Control(
                "OSPS-QA-07", .direct, [.approvalRecord, .attributionRecord],
                "Require Merge Approvals",
                note: "\"non-author human approval\": treat the delegator as an author of the agent change"),
            Control(
                "OSPS-DO-03", .partial, [.sourceVsa, .inclusionProof],
                "Publish Provenance Verification Instructions"),
        ])
}
