import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let maestro = Framework(
        key: "csa_maestro",
        name: "CSA MAESTRO agentic AI threat modeling layers",
        version: "2025-02",
        verified: .secondary,
        note: "layers, not controls: for tagging only",
        controls: [
            Control(
                "L1", .contextual, [.agentContext],
                "Foundation Models"),
            Control(
                "L2", .contextual, [.scopeDiff],
                "Data Operations"),
            Control(
                "L3", .partial, [.delegationChain, .agentContext],
                "Agent Frameworks"),
            Control(
                "L4", .direct, [.ciIdentity, .decisionRecord, .effectRecord],
                "Deployment Infrastructure"),
            Control(
                "L5", .direct, [.decisionRecord, .logCheckpoint, .replayResult, .coverageReport],
                "Evaluation and Observability"),
            Control(
                "L6", .direct, [.delegationRecord, .policySnapshot, .inclusionProof],
                "Security and Compliance",
                note: "vertical layer"),
            Control(
                "L7", .partial, [.identityRegistry, .delegationChain, .revocationRecord],
                "Agent Ecosystem"),
        ])
}
