import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let owaspNonHumanIdentities = Framework(
        key: "owasp_nhi",
        name: "OWASP Top 10 Non-Human Identities Risks",
        version: "2025",
        verified: .primary,
        license: "CC BY-SA 4.0: cite ids and titles only",
        controls: [
            Control(
                "NHI1:2025", .direct, [.revocationRecord, .identityRegistry],
                "Improper Offboarding"),
            Control(
                "NHI2:2025", .contextual, [.decisionRecord],
                "Secret Leakage",
                note: "not a secret scanner; evidence store must itself never keep live tokens"),
            Control(
                "NHI3:2025", .partial, [.identityRegistry, .agentContext, .revocationRecord],
                "Vulnerable Third-Party NHI"),
            Control(
                "NHI4:2025", .direct, [.pushCertificate, .ciIdentity, .delegationRecord],
                "Insecure Authentication"),
            Control(
                "NHI5:2025", .direct, [.delegationChain, .scopeDiff, .coverageReport],
                "Overprivileged NHI",
                note: "granted versus used scope report"),
            Control(
                "NHI6:2025", .direct, [.ciIdentity, .decisionRecord],
                "Insecure Cloud Deployment Configurations",
                note: "strict OIDC claim conditions"),
            Control(
                "NHI7:2025", .direct, [.delegationRecord, .identityRegistry],
                "Long-Lived Secrets",
                note: "expiry mandatory, maximum lifetime policy"),
            Control(
                "NHI8:2025", .direct, [.scopeDiff, .ciIdentity, .decisionRecord],
                "Environment Isolation",
                note: "environment is a delegation dimension"),
            Control(
                "NHI9:2025", .direct, [.identityRegistry, .attributionRecord],
                "NHI Reuse",
                note: "same key in two agents/repos is detectable"),
            Control(
                "NHI10:2025", .partial, [.attributionRecord, .pushCertificate, .approvalRecord],
                "Human Use of NHI",
                note: "and the reverse: agent use of a human key"),
        ])
}
