/// The stable names of the rules.
///
/// A name, once published, keeps its meaning.
package enum RuleCode: String, Hashable, Sendable, CaseIterable {
    case refName = "ref.name"
    case refScope = "ref.scope"
    case refOperation = "ref.operation"
    case refReserved = "ref.reserved"

    case attributionUnregistered = "attribution.unregistered"
    case attributionMismatch = "attribution.mismatch"
    case attributionInconsistent = "attribution.inconsistent"
    case attributionUnattributed = "attribution.unattributed"
    case attributionMalformed = "attribution.malformed"
    case attributionCertificate = "attribution.certificate"

    case delegationMissing = "delegation.missing"
    case delegationUnknown = "delegation.unknown"
    case delegationSignature = "delegation.signature"
    case delegationDelegator = "delegation.delegator"
    case delegationExpired = "delegation.expired"
    case delegationNotYet = "delegation.not-yet"
    case delegationRevoked = "delegation.revoked"
    case delegationSuspended = "delegation.suspended"
    case delegationReviewOverdue = "delegation.review-overdue"
    case delegationAgent = "delegation.agent"
    case delegationRepository = "delegation.repository"
    case delegationPossession = "delegation.possession"
    case delegationChain = "delegation.chain"

    case scopePath = "scope.path"
    case scopeOperation = "scope.operation"
    case scopeProtected = "scope.protected"
    case scopeEnvironment = "scope.environment"

    case limitCommits = "limit.commits"
    case limitFiles = "limit.files"
    case limitLines = "limit.lines"
    case limitBytes = "limit.bytes"
    case limitPushes = "limit.pushes"

    case contextChanged = "context.changed"

    case approvalMissing = "approval.missing"
    case approvalSelf = "approval.self"
    case approvalAgent = "approval.agent"
    case approvalStale = "approval.stale"

    case jobIdentity = "job.identity"
    case jobEnvironment = "job.environment"
    case jobUnmerged = "job.unmerged"
    case jobReplayed = "job.replayed"

    case pipelineChanged = "pipeline.changed"
    case pipelineUnguarded = "pipeline.unguarded"

    case authorityLayout = "authority.layout"
    case authorityImmutable = "authority.immutable"
    case authorityRecord = "authority.record"
    case authoritySignature = "authority.signature"
    case authorityRole = "authority.role"
    case authorityVersion = "authority.version"

    /// What could not be read in the repository: a missing object, shallow history, an unsupported format.
    case undecidedRepository = "undecided.repository"
    case undecidedAuthority = "undecided.authority"
    case undecidedLedger = "undecided.ledger"
    case undecidedInput = "undecided.input"
    case undecidedConfiguration = "undecided.configuration"
    case undecidedDeadline = "undecided.deadline"
    case undecidedClock = "undecided.clock"
    case undecidedInternal = "undecided.internal"

    /// Whether the policy may have its findings told and recorded without refusing anything.
    ///
    /// Only what marks say by themselves: a mark anybody may leave out stops nobody who means to.
    package var canBeMonitored: Bool { self == .attributionUnregistered || self == .attributionInconsistent }

    package var isUndecided: Bool { rawValue.hasPrefix("undecided.") }
}
