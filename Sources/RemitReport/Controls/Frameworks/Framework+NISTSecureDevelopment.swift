import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let nistSecureDevelopment = Framework(
        key: "nist_ssdf",
        name: "NIST SP 800-218 SSDF",
        version: "1.1",
        verified: .mirror,
        controls: [
            Control(
                "PO.3.3", .direct, [.decisionRecord, .sourceVsa],
                """
                Configure tools to generate artifacts of their support of secure software development practices \
                as defined by the organization.
                """),
            Control(
                "PS.1.1", .direct, [.delegationChain, .decisionRecord],
                """
                Store all forms of code – including source code, executable code, and configuration-as-code – \
                based on the principle of least privilege so that only authorized personnel, tools, services, \
                etc. have access.
                """),
            Control(
                "PS.3.2", .partial, [.sourceVsa, .inclusionProof],
                """
                Collect, safeguard, maintain, and share provenance data for all components of each software \
                release (e.g., in a software bill of materials [SBOM]).
                """),
            Control(
                "PW.7.2", .contextual, [.approvalRecord],
                """
                Perform the code review and/or code analysis based on the organization’s secure coding \
                standards, and record and triage all discovered issues and recommended remediations in the \
                development team’s workflow or issue tracking system.
                """),
        ])
}
