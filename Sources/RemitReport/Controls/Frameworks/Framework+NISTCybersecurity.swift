import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let nistCybersecurity = Framework(
        key: "nist_csf",
        name: "NIST Cybersecurity Framework",
        version: "2.0",
        verified: .mirror,
        note: "GV.OV is oversight of the strategy; PR.AA-05, PR.PS, ID.RA-07 and RS.AN fit more closely",
        controls: [
            Control(
                "GV.OV-01", .contextual, [.coverageReport],
                """
                Cybersecurity risk management strategy outcomes are reviewed to inform and adjust strategy and \
                direction
                """),
            Control(
                "GV.OV-02", .contextual, [.coverageReport, .policySnapshot],
                """
                The cybersecurity risk management strategy is reviewed and adjusted to ensure coverage of \
                organizational requirements and risks
                """),
            Control(
                "GV.OV-03", .partial, [.coverageReport],
                """
                Organizational cybersecurity risk management performance is evaluated and reviewed for \
                adjustments needed
                """),
            Control(
                "GV.RR-02", .direct, [.delegationRecord, .policySnapshot, .decisionRecord],
                """
                Roles, responsibilities, and authorities related to cybersecurity risk management are \
                established, communicated, understood, and enforced
                """),
            Control(
                "GV.PO-01", .direct, [.policySnapshot, .decisionRecord],
                """
                Policy for managing cybersecurity risks is established based on organizational context, \
                cybersecurity strategy, and priorities and is communicated and enforced
                """),
            Control(
                "GV.PO-02", .partial, [.policySnapshot],
                """
                Policy for managing cybersecurity risks is reviewed, updated, communicated, and enforced to \
                reflect changes in requirements, threats, technology, and organizational mission
                """),
            Control(
                "GV.SC-07", .contextual, [.agentContext, .identityRegistry],
                """
                The risks posed by a supplier, their products and services, and other third parties are \
                understood, recorded, prioritized, assessed, responded to, and monitored over the course of the \
                relationship
                """),
            Control(
                "ID.AM-08", .partial, [.identityRegistry, .revocationRecord],
                "Systems, hardware, software, services, and data are managed throughout their life cycles"),
            Control(
                "ID.RA-07", .direct, [.decisionRecord, .exceptionRecord, .effectRecord],
                "Changes and exceptions are managed, assessed for risk impact, recorded, and tracked"),
            Control(
                "PR.AA-01", .direct, [.identityRegistry, .revocationRecord],
                """
                Identities and credentials for authorized users, services, and hardware are managed by the \
                organization
                """),
            Control(
                "PR.AA-03", .direct, [.pushCertificate, .ciIdentity, .delegationRecord],
                "Users, services, and hardware are authenticated"),
            Control(
                "PR.AA-04", .direct, [.ciIdentity, .pushCertificate],
                "Identity assertions are protected, conveyed, and verified"),
            Control(
                "PR.AA-05", .direct, [.delegationChain, .scopeDiff, .policySnapshot, .decisionRecord, .approvalRecord],
                """
                Access permissions, entitlements, and authorizations are defined in a policy, managed, enforced, \
                and reviewed, and incorporate the principles of least privilege and separation of duties
                """),
            Control(
                "PR.PS-01", .partial, [.decisionRecord, .policySnapshot],
                "Configuration management practices are established and applied"),
            Control(
                "PR.PS-04", .direct, [.decisionRecord, .logCheckpoint],
                "Log records are generated and made available for continuous monitoring"),
            Control(
                "PR.PS-05", .partial, [.decisionRecord, .effectRecord],
                "Installation and execution of unauthorized software are prevented",
                note: "deployment gate only"),
            Control(
                "PR.PS-06", .direct, [.decisionRecord, .sourceVsa, .coverageReport],
                """
                Secure software development practices are integrated, and their performance is monitored \
                throughout the software development life cycle
                """),
            Control(
                "DE.CM-03", .partial, [.attributionRecord, .decisionRecord],
                "Personnel activity and technology usage are monitored to find potentially adverse events"),
            Control(
                "DE.CM-06", .partial, [.attributionRecord, .agentContext],
                """
                External service provider activities and services are monitored to find potentially adverse \
                events
                """),
            Control(
                "DE.AE-03", .partial, [.attributionRecord, .ciIdentity, .pushCertificate],
                "Information is correlated from multiple sources"),
            Control(
                "RS.AN-03", .direct, [.delegationChain, .decisionRecord, .replayResult, .agentContext],
                """
                Analysis is performed to establish what has taken place during an incident and the root cause of \
                the incident
                """),
            Control(
                "RS.AN-06", .partial, [.logCheckpoint, .inclusionProof],
                """
                Actions performed during an investigation are recorded, and the records' integrity and \
                provenance are preserved
                """),
            Control(
                "RS.AN-07", .direct, [.decisionRecord, .logCheckpoint, .inclusionProof],
                "Incident data and metadata are collected, and their integrity and provenance are preserved"),
        ])
}
