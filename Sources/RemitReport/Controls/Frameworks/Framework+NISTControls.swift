import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let nistControls = Framework(
        key: "nist_800_53",
        name: "NIST SP 800-53",
        version: "Rev. 5.1.1 (OSCAL HIGH baseline 5.1.1+u4)",
        verified: .primary,
        controls: [
            Control(
                "AC-2", .partial, [.identityRegistry, .revocationRecord],
                "Account Management"),
            Control(
                "AC-3", .direct, [.decisionRecord, .policySnapshot],
                "Access Enforcement"),
            Control(
                "AC-5", .direct, [.approvalRecord, .delegationChain],
                "Separation of Duties"),
            Control(
                "AC-6", .direct, [.delegationChain, .scopeDiff],
                "Least Privilege"),
            Control(
                "AC-6(9)", .direct, [.decisionRecord, .exceptionRecord],
                "Log Use of Privileged Functions"),
            Control(
                "AU-2", .direct, [.decisionRecord],
                "Event Logging"),
            Control(
                "AU-3", .direct, [.decisionRecord, .attributionRecord],
                "Content of Audit Records"),
            Control(
                "AU-8", .partial, [.decisionRecord, .logCheckpoint],
                "Time Stamps"),
            Control(
                "AU-9", .direct, [.logCheckpoint],
                "Protection of Audit Information"),
            Control(
                "AU-9(2)", .partial, [.logCheckpoint, .inclusionProof],
                "Store on Separate Physical Systems or Components"),
            Control(
                "AU-9(3)", .direct, [.logCheckpoint, .inclusionProof],
                "Cryptographic Protection"),
            Control(
                "AU-10", .direct, [.delegationRecord, .pushCertificate],
                "Non-repudiation"),
            Control(
                "AU-11", .partial, [.retentionReport],
                "Audit Record Retention"),
            Control(
                "AU-12", .direct, [.decisionRecord],
                "Audit Record Generation"),
            Control(
                "CM-3", .direct, [.decisionRecord, .approvalRecord, .effectRecord],
                "Configuration Change Control"),
            Control(
                "CM-5", .direct, [.delegationChain, .decisionRecord],
                "Access Restrictions for Change"),
            Control(
                "CM-5(1)", .direct, [.decisionRecord],
                "Automated Access Enforcement and Audit Records"),
            Control(
                "IA-5", .partial, [.identityRegistry, .revocationRecord],
                "Authenticator Management"),
            Control(
                "SA-10", .direct, [.decisionRecord, .sourceVsa],
                "Developer Configuration Management"),
            Control(
                "SI-7(15)", .partial, [.pushCertificate, .sourceVsa],
                "Code Authentication"),
            Control(
                "SR-11", .contextual, [.sourceVsa],
                "Component Authenticity"),
        ])
}
