/// What `authority.toml` says: the persons, what they may grant, and what each repository demands.
package struct Policy: Hashable, Sendable {
    package let organisation: String
    package let version: Int
    /// The digest of `people.allowed_signers`, so that the administrators' signature covers it too.
    package let people: RecordID
    /// The digest of `marks.toml`, the organisation's own marks of agents; `nil` where it has none.
    package let marks: RecordID?
    package let persons: [Person]
    package let roles: [DelegatorRole]
    package let approvers: [ApproverRole]
    /// Who may suspend and revoke anything, beside the administrators.
    package let operators: [String]
    /// Who only looks: an auditor holds no other role, so that nobody audits what they did.
    package let auditors: [String]
    /// What needs approvals, and how many.
    package let approvals: [ApprovalDemand]
    /// A suspension of every agent from before this moment no longer stops what was delegated after it.
    package let resumedAt: Instant?
    package let repositories: [RepositoryPolicy]
    /// What may be deployed to, and under which conditions.
    package let environments: [EnvironmentPolicy]
    /// Whose tokens are believed when a job says who it is.
    package let jobs: [JobTrust]
    /// The keys that may say how fresh a copy of the authority is.
    package let timestampKeys: [KeyFingerprint]
    /// What an organisation adds to the built-in protected paths.
    package let protectedPaths: [PathPattern]
    /// What repositories that the policy does not name demand.
    package let attribution: AttributionDemands

    /// How strong the evidence of who wrote a commit must be.
    package enum Demand: String, Hashable, Sendable {
        /// Marks are believed; a commit without any is let through.
        case declared
        /// The server must vouch for the pusher.
        case authenticated
        /// Every commit is provably a registered person's or a delegated agent's.
        case signed
    }

    package init(
        organisation: String, version: Int, people: RecordID, persons: [Person], roles: [DelegatorRole],
        approvers: [ApproverRole] = [], operators: [String] = [], auditors: [String] = [],
        approvals: [ApprovalDemand] = [], repositories: [RepositoryPolicy], protectedPaths: [PathPattern],
        attribution: AttributionDemands, resumedAt: Instant? = nil, environments: [EnvironmentPolicy] = [],
        jobs: [JobTrust] = [], timestampKeys: [KeyFingerprint] = [], marks: RecordID? = nil
    ) {
        self.organisation = organisation
        self.version = version
        self.people = people
        self.marks = marks
        self.persons = persons
        self.roles = roles
        self.approvers = approvers
        self.operators = operators
        self.auditors = auditors
        self.approvals = approvals
        self.resumedAt = resumedAt
        self.repositories = repositories
        self.environments = environments
        self.jobs = jobs
        self.timestampKeys = timestampKeys
        self.protectedPaths = protectedPaths
        self.attribution = attribution
    }

    /// The policy of one repository; the organisation's defaults where it is not named.
    package func repository(named name: String) -> RepositoryPolicy {
        repositories.first { $0.name == name }
            ?? RepositoryPolicy(
                name: name, protectedRefs: RepositoryPolicy.defaultProtectedRefs, within: attribution)
    }
}

/// A human principal, and the accounts by which git servers know them.
package struct Person: Hashable, Sendable {
    package let id: String
    package let logins: [String]

    package init(id: String, logins: [String]) {
        self.id = id
        self.logins = logins
    }
}

/// What a person may grant.
///
/// A delegation is valid only where every clause lies inside one role of its delegator.
package struct DelegatorRole: Hashable, Sendable {
    package let person: String
    /// Exact names, or `*` alone for every repository.
    package let repositories: [String]
    package let refs: [PathPattern]
    package let paths: PathScope
    package let operations: Set<Operation>
    package let environments: Set<String>
    /// The longest life of a delegation, in seconds.
    package let lifetime: Int64

    package init(
        person: String, repositories: [String], refs: [PathPattern], paths: PathScope, operations: Set<Operation>,
        environments: Set<String>, lifetime: Int64
    ) {
        self.person = person
        self.repositories = repositories
        self.refs = refs
        self.paths = paths
        self.operations = operations
        self.environments = environments
        self.lifetime = lifetime
    }
}

/// What a person may approve.
package struct ApproverRole: Hashable, Sendable {
    package let person: String
    /// Exact names, or `*` alone for every repository.
    package let repositories: [String]
    package let refs: [PathPattern]
    package let paths: PathScope
    package let environments: Set<String>

    package init(
        person: String, repositories: [String], refs: [PathPattern], paths: PathScope, environments: Set<String>
    ) {
        self.person = person
        self.repositories = repositories
        self.refs = refs
        self.paths = paths
        self.environments = environments
    }
}

/// Where agents' work needs the approval of persons, and of how many.
package struct ApprovalDemand: Hashable, Sendable {
    /// Exact names, or `*` alone for every repository.
    package let repositories: [String]
    /// The refs at which it is asked for; empty for a demand of environments alone.
    package let refs: [PathPattern]
    /// The paths whose change asks for it; empty for any change.
    package let paths: [PathPattern]
    package let environments: Set<String>
    /// How many distinct persons; from 1.
    package let count: Int
    /// Whether the owners of the agent and whoever pushes do not count either.
    ///
    /// The delegator and the signer of the commit never count: they are its authors.
    package let independent: Bool

    package init(
        repositories: [String], refs: [PathPattern], paths: [PathPattern], environments: Set<String>, count: Int,
        independent: Bool
    ) {
        self.repositories = repositories
        self.refs = refs
        self.paths = paths
        self.environments = environments
        self.count = count
        self.independent = independent
    }
}
