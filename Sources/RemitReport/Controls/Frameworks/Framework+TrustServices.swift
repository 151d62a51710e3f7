import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let trustServices = Framework(
        key: "soc2",
        name: "AICPA Trust Services Criteria",
        version: "2017 (points of focus revised 2022)",
        verified: .mirror,
        license: "AICPA copyright: do not ship criteria text",
        controls: [
            Control(
                "CC1.3", .partial, [.delegationRecord, .identityRegistry],
                "(paraphrase) structures, authorities and responsibilities established"),
            Control(
                "CC4.1", .partial, [.coverageReport, .replayResult],
                "(paraphrase) ongoing evaluations that controls operate"),
            Control(
                "CC6.1", .partial, [.decisionRecord, .policySnapshot],
                "(paraphrase) logical access controls over protected assets"),
            Control(
                "CC6.2", .direct, [.identityRegistry, .revocationRecord],
                "(paraphrase) register/authorise before access; remove when no longer authorised"),
            Control(
                "CC6.3", .direct, [.delegationChain, .scopeDiff, .approvalRecord],
                "(paraphrase) role-based access, least privilege, segregation of duties"),
            Control(
                "CC6.8", .partial, [.decisionRecord, .effectRecord],
                "(paraphrase) prevent/detect unauthorised software"),
            Control(
                "CC7.2", .partial, [.attributionRecord, .coverageReport],
                "(paraphrase) monitor for anomalies"),
            Control(
                "CC7.3", .contextual, [.decisionRecord, .replayResult],
                "(paraphrase) evaluate security events"),
            Control(
                "CC8.1", .direct, [.delegationRecord, .approvalRecord, .decisionRecord, .effectRecord, .sourceVsa],
                "(paraphrase) changes authorised, documented, tested, approved, implemented (change management)",
                note: "population + sample: coverage_report gives the population, inclusion_proof the sample"),
        ])
}
