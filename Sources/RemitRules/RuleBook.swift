package import RemitModel

/// All rules, in the order in which their findings are shown: what concerns everything first, details last.
///
/// All of them are evaluated and all must pass; none can hide another (gittuf CVE-2026-128037).
package enum RuleBook {
    package static func rules(for submission: Submission) -> [any Rule] {
        submission.isDeployment ? deployment : rules
    }

    /// The rules for what moves or would move a ref: a push, a merge.
    package static let rules: [any Rule] =
        [
            RefNameRule(),
            RefReservedRule(),
            JobIdentityRule(),
            AttributionMalformedRule(),
            AttributionUnregisteredRule(),
            AttributionMismatchRule(),
            AttributionInconsistentRule(),
            AttributionUnattributedRule(),
        ] + delegation + [
            DelegationReviewOverdueRule(),
            DelegationNotYetRule(),
            DelegationExpiredRule(),
            ContextChangedRule(),
            RefScopeRule(),
        ] + approval + [
            RefOperationRule(),
            ScopePathRule(),
            ScopeOperationRule(),
            ScopeProtectedRule(),
            PipelineUnguardedRule(),
            PipelineChangedRule(),
            LimitRule.commits,
            LimitRule.files,
            LimitRule.lines,
            LimitRule.bytes,
            LimitRule.pushes,
        ]

    /// The rules for a deployment: nobody pushes there, and nothing is taken out of limits.
    package static let deployment: [any Rule] =
        [
            JobIdentityRule(),
            JobEnvironmentRule(),
            JobUnmergedRule(),
            JobReplayedRule(),
            AttributionMalformedRule(),
            AttributionUnregisteredRule(),
            AttributionMismatchRule(),
        ] + delegation + [
            DelegationNotYetRule()
        ] + approval + [
            ScopeEnvironmentRule(),
            ScopePathRule(),
            DeployOperationRule(),
            ScopeProtectedRule(),
        ]

    /// What is asked of the delegation of agents' work, wherever it goes.
    private static let delegation: [any Rule] = [
        DelegationMissingRule(),
        DelegationUnknownRule(),
        DelegationRejectedRule(code: .delegationSignature),
        DelegationRejectedRule(code: .delegationDelegator),
        DelegationRejectedRule(code: .delegationChain),
        DelegationAgentRule(),
        DelegationPossessionRule(),
        DelegationRepositoryRule(),
        DelegationRevokedRule(),
        DelegationSuspendedRule(),
    ]

    /// What is asked of approvals, wherever something asks for them.
    private static let approval: [any Rule] = [
        ApprovalMissingRule(),
        ApprovalSetAsideRule.bySelf,
        ApprovalSetAsideRule.byAgents,
        ApprovalSetAsideRule.stale,
    ]

    /// The rules that ask who wrote and who pushes, and not under which delegation: for the authority's own repository,
    /// whose records are believed for their signatures.
    package static let provenance: [any Rule] = [
        AttributionMalformedRule(), AttributionUnattributedRule(isOfRecords: true),
    ]

    /// What is asked beside all others where a push came with a certificate, or should have.
    package static let certificate: [any Rule] = [AttributionCertificateRule()]
}
