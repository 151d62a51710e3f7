import RemitModel
import RemitSignatures

/// The policy while it is changed.
struct PolicyDraft {
    let organisation: String
    var persons: [Person]
    var roles: [DelegatorRole]
    var approvers: [ApproverRole]
    var operators: [String]
    var auditors: [String]
    var resumedAt: Instant?
    /// The file of the organisation's own marks; `nil` for none.
    var marks: [UInt8]?
    private let approvals: [ApprovalDemand]
    private let repositories: [RepositoryPolicy]
    private let protectedPaths: [PathPattern]
    private let attribution: AttributionDemands
    private let environments: [EnvironmentPolicy]
    private let jobs: [JobTrust]
    private let timestampKeys: [KeyFingerprint]

    /// - Parameter marks: the file that the policy names by its digest, or is to name.
    init(_ policy: Policy, marks: [UInt8]?) {
        self.marks = marks
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
            environments: environments, jobs: jobs, timestampKeys: timestampKeys,
            marks: marks.map { RecordID(of: $0) })
    }
}
