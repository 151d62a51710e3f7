import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let owaspAgentic = Framework(
        key: "owasp_asi",
        name: "OWASP Top 10 for Agentic Applications",
        version: "2026 (December 2025)",
        verified: .secondaryAndDraft,
        license: "CC BY-SA 4.0: cite ids and titles only",
        controls: [
            Control(
                "ASI01", .partial, [.scopeDiff, .decisionRecord, .agentContext],
                "Agent Goal Hijack",
                note: "limits blast radius; does not detect the hijack"),
            Control(
                "ASI02", .partial, [.scopeDiff, .decisionRecord, .agentContext],
                "Tool Misuse and Exploitation"),
            Control(
                "ASI03", .direct,
                [.delegationRecord, .delegationChain, .ciIdentity, .pushCertificate, .revocationRecord],
                "Identity and Privilege Abuse"),
            Control(
                "ASI04", .partial, [.agentContext, .policySnapshot, .sourceVsa],
                "Agentic Supply Chain Vulnerabilities"),
            Control(
                "ASI05", .partial, [.scopeDiff, .decisionRecord],
                "Unexpected Code Execution (RCE)",
                note: "path rules for CI config, hooks, build scripts, agent instruction files"),
            Control(
                "ASI06", .contextual, [.agentContext, .scopeDiff],
                "Memory & Context Poisoning",
                note: "protect AGENTS.md/CLAUDE.md-type files as privileged paths"),
            Control(
                "ASI07", .partial, [.delegationChain],
                "Insecure Inter-Agent Communication",
                note: "signed sub-delegation, no ambient authority"),
            Control(
                "ASI08", .partial, [.decisionRecord, .revocationRecord, .scopeDiff],
                "Cascading Failures",
                note: "budgets, rate limits, cascade revocation"),
            Control(
                "ASI09", .partial, [.approvalRecord, .delegationRecord, .exceptionRecord],
                "Human-Agent Trust Exploitation",
                note: "user-presence flag, approver not equal delegator, approval bound to digest"),
            Control(
                "ASI10", .direct, [.attributionRecord, .revocationRecord, .coverageReport, .decisionRecord],
                "Rogue Agents",
                note: "unregistered or out-of-scope agents are denied and listed"),
        ])
}
