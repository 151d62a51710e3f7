/// One number of a report; its name says what is counted, and keeps its meaning once it is published.
package enum Figure: String, Hashable, Sendable, CaseIterable {
    // Of the ledgers, in the period.
    case decisions
    case decisionsAllowed = "decisions_allowed"
    case decisionsRefused = "decisions_refused"
    case decisionsUndecided = "decisions_undecided"
    /// Judged in monitor mode: whatever the outcome, nothing was stopped.
    case decisionsMonitored = "decisions_monitored"
    case pushesDecided = "pushes_decided"
    case mergesDecided = "merges_decided"
    case deploymentsDecided = "deployments_decided"

    case effects
    case updatesLanded = "updates_landed"

    case updatesWithDecision = "updates_landed_with_decision"
    case updatesWithoutDecision = "updates_landed_without_decision"
    case gatesInstalled = "gates_installed"
    case gatesTakenAway = "gates_taken_away"

    case delegationsIssued = "delegations_issued"
    case delegationsExpired = "delegations_expired"
    /// As the authority stands: the agent may act, or its work may be landed.
    case delegationsStanding = "delegations_standing"
    case decisionsUnderDelegation = "decisions_under_delegation"

    case handedOnIssued = "sub_delegations_issued"
    /// They spend from a delegation through one that was handed on from it, and not directly.
    case decisionsUnderChain = "decisions_debiting_ancestor"

    case decisionsOfScope = "decisions_with_scope_judged"
    /// Findings of the rules `ref.scope`, `ref.operation`, `scope.*` and `limit.*`.
    case scopeFindings = "scope_findings"

    case commitsJudged = "commits_judged"
    case commitsCryptographic = "commits_attributed_cryptographic"
    case commitsTransport = "commits_attributed_transport"
    case commitsDeclared = "commits_attributed_declared"
    case commitsWithoutEvidence = "commits_no_evidence"
    /// Judged, but beyond what one decision lists.
    case commitsNotListed = "commits_not_listed"
    case agentsSeen = "agents_seen"

    case delegationsWithContext = "delegations_with_context"
    case contextFindings = "context_changes_found"

    case decisionsWithApproval = "decisions_with_approval"
    case approvalsCounted = "approvals_counted"

    case decisionsOverridden = "decisions_overridden"
    case findingsSetAside = "findings_set_aside"

    case revocationsIssued = "revocations_issued"
    case refusalsByRevocation = "refusals_by_revocation"

    case decisionsNamingPolicy = "decisions_naming_policy"
    case authoritiesArchived = "decisions_with_authority_archived"

    case jobsNamed = "decisions_naming_job"
    case jobsProved = "decisions_with_job_proved"

    /// Pushes whose certificate makes a person or an agent known.
    case pushesProved = "pushes_with_certificate_verified"
    case certificatesOfStrangers = "push_certificates_of_unknown_keys"
    case certificatesRefused = "push_certificates_refused"

    // As the authority stands.
    case agentsInventoried = "agents_inventoried"
    case agentsOwned = "agents_with_business_and_technical_owners"
    case agentsOverdue = "agents_review_overdue"
    case agentsStopped = "agents_suspended_or_retired"
    case persons

    // Of the logs.
    case anchors
    case checkpointedEntries = "entries_under_signed_checkpoint"
    case logsVerified = "logs_verified"
    case logsFaulty = "logs_with_faults"
    case provableEntries = "entries_provable"

    case replaysSame = "replays_same"
    case replaysDifferent = "replays_different"
    case replaysImpossible = "replays_impossible"

    case entries
    case documentsErased = "documents_erased"

    /// What it is told under.
    package var kind: EvidenceKind {
        switch self {
        case .decisions, .decisionsAllowed, .decisionsRefused, .decisionsUndecided, .decisionsMonitored,
            .pushesDecided, .mergesDecided, .deploymentsDecided:
            .decisionRecord
        case .effects, .updatesLanded: .effectRecord
        case .updatesWithDecision, .updatesWithoutDecision, .gatesInstalled, .gatesTakenAway: .coverageReport
        case .delegationsIssued, .delegationsExpired, .delegationsStanding, .decisionsUnderDelegation:
            .delegationRecord
        case .handedOnIssued, .decisionsUnderChain: .delegationChain
        case .decisionsOfScope, .scopeFindings: .scopeDiff
        case .commitsJudged, .commitsCryptographic, .commitsTransport, .commitsDeclared, .commitsWithoutEvidence,
            .commitsNotListed, .agentsSeen:
            .attributionRecord
        case .delegationsWithContext, .contextFindings: .agentContext
        case .decisionsWithApproval, .approvalsCounted: .approvalRecord
        case .decisionsOverridden, .findingsSetAside: .exceptionRecord
        case .revocationsIssued, .refusalsByRevocation: .revocationRecord
        case .decisionsNamingPolicy, .authoritiesArchived: .policySnapshot
        case .jobsNamed, .jobsProved: .ciIdentity
        case .pushesProved, .certificatesOfStrangers, .certificatesRefused: .pushCertificate
        case .agentsInventoried, .agentsOwned, .agentsOverdue, .agentsStopped, .persons: .identityRegistry
        case .anchors, .checkpointedEntries, .logsVerified, .logsFaulty: .logCheckpoint
        case .provableEntries: .inclusionProof
        case .replaysSame, .replaysDifferent, .replaysImpossible: .replayResult
        case .entries, .documentsErased: .retentionReport
        }
    }

    /// Whether one of these is evidence; the others only say more about it.
    package var isEvidence: Bool {
        switch self {
        case .decisions, .effects, .updatesWithDecision, .delegationsIssued, .decisionsUnderDelegation,
            .handedOnIssued, .decisionsUnderChain, .decisionsOfScope, .commitsCryptographic, .commitsTransport,
            .commitsDeclared, .delegationsWithContext, .decisionsWithApproval, .decisionsOverridden,
            .revocationsIssued, .refusalsByRevocation, .decisionsNamingPolicy, .jobsProved, .pushesProved,
            .agentsInventoried,
            .anchors, .checkpointedEntries, .logsVerified, .provableEntries, .replaysSame, .entries:
            true
        default: false
        }
    }
}
