/// What one environment demands of a deployment.
///
/// An environment that the policy does not name cannot be deployed to: a misspelt name must not be an open door.
package struct EnvironmentPolicy: Hashable, Sendable {
    package let name: String
    /// Exact names, or `*` alone for every repository.
    package let repositories: [String]
    /// The refs from which it may be deployed.
    package let deployFrom: [PathPattern]
    package let agents: AgentDemand
    /// With `approved`: how many persons must have approved agent work that no delegation names the environment for.
    package let approvals: Int
    package let identity: IdentityDemand
    /// The public keys, in OpenSSH's form, of the gates whose statements of what was deployed are believed.
    package let statementKeys: [String]

    /// What agent changes need to reach it.
    package enum AgentDemand: String, Hashable, Sendable, CaseIterable {
        /// The grant that covers them names the environment.
        case delegated
        /// That, or the approval of so many persons.
        case approved
        /// Nothing more than any ref asks for.
        case any
    }

    /// How the job shows who it is.
    package enum IdentityDemand: String, Hashable, Sendable, CaseIterable {
        /// The variables of the job are believed.
        case claimed
        /// A token of an issuer that the policy trusts for the repository says so.
        case proved
    }

    package init(
        name: String, repositories: [String], deployFrom: [PathPattern], agents: AgentDemand, approvals: Int,
        identity: IdentityDemand, statementKeys: [String]
    ) {
        self.name = name
        self.repositories = repositories
        self.deployFrom = deployFrom
        self.agents = agents
        self.approvals = approvals
        self.identity = identity
        self.statementKeys = statementKeys
    }
}

/// A job that the policy knows: whose token, with which claims, speaks for a repository.
package struct JobTrust: Hashable, Sendable {
    /// Exact names; never `*`, since a token of one repository must not speak for another.
    package let repositories: [String]
    /// The environments for which it speaks; empty for all.
    package let environments: Set<String>
    /// The token's `iss`, exactly.
    package let issuer: String
    package let profile: IssuerProfile
    /// The token's `aud`: ours alone, never a cloud's.
    package let audience: String
    /// What the token must say, each claim exactly.
    package let claims: [Job.Claim]

    package init(
        repositories: [String], environments: Set<String>, issuer: String, profile: IssuerProfile, audience: String,
        claims: [Job.Claim]
    ) {
        self.repositories = repositories
        self.environments = environments
        self.issuer = issuer
        self.profile = profile
        self.audience = audience
        self.claims = claims
    }
}

/// Whose tokens: which claims they have and what those mean.
package enum IssuerProfile: String, Hashable, Sendable, CaseIterable {
    case github
    case forgejo
    case gitlab
    case buildkite
    case circleci

    /// The claims of which at least these must be pinned: numbers and UUIDs that no rename can move to somebody else.
    ///
    /// `sub` is never among them: GitHub and others let a repository's own administrators shape it.
    package var pinnedClaims: [String] {
        switch self {
        case .github, .forgejo: ["repository_id", "repository_owner_id"]
        case .gitlab: ["project_id"]
        case .buildkite: ["organization_id", "pipeline_id"]
        case .circleci: ["oidc.circleci.com/org-id", "oidc.circleci.com/project-id"]
        }
    }
}

extension Policy {
    /// The policy of an environment for a repository: the one that names the repository, else that for all.
    package func environment(named name: String, in repository: String) -> EnvironmentPolicy? {
        let named = environments.filter { $0.name == name }
        return named.first { $0.repositories.contains(repository) } ?? named.first { $0.repositories == ["*"] }
    }

    /// The jobs that may speak for a repository's deployment to an environment.
    package func jobs(deploying repository: String, to environment: String) -> [JobTrust] {
        jobs.filter {
            $0.repositories.contains(repository) && ($0.environments.isEmpty || $0.environments.contains(environment))
        }
    }

    /// The jobs whose tokens are believed in a repository: all of them for a merge, which is for no environment.
    package func jobs(in repository: String, deployingTo environment: String?) -> [JobTrust] {
        guard let environment else { return jobs.filter { $0.repositories.contains(repository) } }
        return jobs(deploying: repository, to: environment)
    }
}
