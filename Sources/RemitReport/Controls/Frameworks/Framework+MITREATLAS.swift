import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let mitreATLAS = Framework(
        key: "mitre_atlas",
        name: "MITRE ATLAS",
        version: "5.6.0",
        verified: .primary,
        license: "Apache-2.0",
        controls: [
            Control(
                "AML.M0013", .partial, [.pushCertificate, .delegationRecord, .sourceVsa],
                "Code Signing"),
            Control(
                "AML.M0024", .partial, [.decisionRecord, .agentContext],
                "AI Telemetry Logging"),
            Control(
                "AML.M0026", .direct, [.delegationChain, .policySnapshot, .scopeDiff],
                "Privileged AI Agent Permissions Configuration"),
            Control(
                "AML.M0027", .direct, [.delegationRecord, .attributionRecord],
                "Single-User AI Agent Permissions Configuration"),
            Control(
                "AML.M0028", .partial, [.agentContext, .policySnapshot],
                "AI Agent Tools Permissions Configuration"),
            Control(
                "AML.M0029", .direct, [.approvalRecord, .delegationRecord],
                "Human In-the-Loop for AI Agent Actions"),
            Control(
                "AML.M0030", .contextual, [.agentContext, .decisionRecord],
                "Restrict AI Agent Tool Invocation on Untrusted Data"),
            Control(
                "AML.M0032", .contextual, [.scopeDiff, .ciIdentity],
                "Segmentation of AI Agent Components"),
            Control(
                "AML.T0012", .partial, [.attributionRecord, .pushCertificate],
                "Valid Accounts",
                note: "technique: evidence supports detection"),
            Control(
                "AML.T0053", .partial, [.scopeDiff, .decisionRecord],
                "AI Agent Tool Invocation",
                note: "technique"),
            Control(
                "AML.T0081", .direct, [.scopeDiff, .decisionRecord],
                "Modify AI Agent Configuration",
                note: "technique: privileged-path rule on agent config files"),
            Control(
                "AML.T0101", .partial, [.scopeDiff, .decisionRecord],
                "Data Destruction via AI Agent Tool Invocation",
                note: "technique: deletion and force-push operations need explicit grant"),
            Control(
                "AML.T0109", .contextual, [.agentContext, .policySnapshot],
                "AI Supply Chain Rug Pull",
                note: "technique"),
            Control(
                "AML.T0110", .contextual, [.agentContext],
                "AI Agent Tool Poisoning",
                note: "technique"),
        ])
}
