import RemitModel

/// The policy while it is changed.
struct PolicyDraft {
    let organisation: String
    var persons: [Person]
    var roles: [DelegatorRole]
    var approvers: [ApproverRole]
    var operators: [String]
    var auditors: [String]
    var resumedAt: Instant?
    private let approvals: [ApprovalDemand]
    private let repositories: [RepositoryPolicy]
    private let protectedPaths: [PathPattern]
    private let attribution: AttributionDemands
    private let environments: [EnvironmentPolicy]
    private let jobs: [JobTrust]
    private let timestampKeys: [KeyFingerprint]

    init(_ policy: Policy) {
        organisation = policy.organisation
        (persons, roles, approvers) = (policy.persons, policy.roles, policy.approvers)
        (operators, auditors, resumedAt) = (policy.operators, policy.auditors, policy.resumedAt)
        (approvals, repositories) = (policy.approvals, policy.repositories)
        (protectedPaths, attribution) = (policy.protectedPaths, policy.attribution)
        (environments, jobs, timestampKeys) = (policy.environments, policy.jobs, policy.timestampKeys)
    }

    /// The policy, in the version that follows, with the people whom it names.
    func policy(version: Int, people: RecordID) -> Policy {
        Policy(
            organisation: organisation, version: version, people: people, persons: persons, roles: roles,
            approvers: approvers, operators: operators, auditors: auditors, approvals: approvals,
            repositories: repositories, protectedPaths: protectedPaths, attribution: attribution, resumedAt: resumedAt,
            environments: environments, jobs: jobs, timestampKeys: timestampKeys)
    }
}
