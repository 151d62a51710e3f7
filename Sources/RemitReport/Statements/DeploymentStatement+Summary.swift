import RemitModel

extension DeploymentStatement {
    /// What the decision shows of the revision, in SLSA's words.
    ///
    /// No level of SLSA's own Source Track: a gate before a deployment cannot know how the source was kept.
    package enum Level: String, CaseIterable, Sendable {
        /// Every commit with a mark of an agent was made, or landed, under a delegation in force.
        case agentDelegated = "ORG_SOURCE_AGENT_DELEGATED"
        /// And each of them stayed within the paths, operations and environments of its delegation.
        case agentScopeEnforced = "ORG_SOURCE_AGENT_SCOPE_ENFORCED"
        /// A token of an issuer that the policy trusts says which job asked.
        case jobProved = "ORG_SOURCE_JOB_PROVED"
        /// An exception of the organisation's set something aside; then nothing else is claimed of agents.
        case agentException = "ORG_SOURCE_INTERNAL_AGENT_EXCEPTION"
    }

    package var levels: [Level] {
        let job: [Level] = grounds.environment.identity == .proved && decision.job?.proof != nil ? [.jobProved] : []
        guard decision.overrides.isEmpty, decision.findingCount == 0 else { return job + [.agentException] }
        return isDelegated ? [.agentDelegated, .agentScopeEnforced] + job : job
    }

    /// Whether the commits counted under delegations are all those that were seen of each agent.
    private var isDelegated: Bool {
        decision.agents.allSatisfy { seen in
            let acting = decision.delegations.filter { $0.agent == seen.agent }.reduce(0) { $0 + $1.commits }
            let landing = decision.landings.filter { $0.agent == seen.agent }.reduce(0) { $0 + $1.commits }
            return acting + landing >= seen.commits
        }
    }

    var summary: JSONText {
        statement(
            of: StatementURI.summary, [revision],
            .object([
                (
                    "verifier",
                    .object([
                        ("id", .string(StatementURI.verifier)),
                        ("version", .object([("remit", .string(grounds.version))])),
                    ])
                ),
                ("timeVerified", .string(decision.decidedAt.description)),
                ("resourceUri", .string(resource)),
                (
                    "policy",
                    .object([
                        ("uri", .string("remit://\(grounds.organisation)/authority.toml")),
                        ("digest", .object([("sha256", .string(grounds.policy.hex))])),
                    ])
                ),
                ("verificationResult", .string("PASSED")),
                ("verifiedLevels", .array(levels.map { .string($0.rawValue) })),
                ("slsaVersion", .string("1.2")),
            ]))
    }
}
