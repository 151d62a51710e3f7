import RemitModel

/// The parts of in-toto statements about source revisions (github.com/in-toto/attestation, SLSA's Source Track), by
/// whichever gate they are made.
enum SourceStatement {
    static func statement(of type: String, _ subjects: [JSONText], _ predicate: JSONText) -> JSONText {
        .object([
            ("_type", .string(StatementURI.statement)),
            ("subject", .array(subjects)),
            ("predicateType", .string(type)),
            ("predicate", predicate),
        ])
    }

    /// A source revision: its commit, and the refs that have it.
    ///
    /// - Parameter resource: `git+` and a URL; `nil` where nobody says where the source is.
    static func revision(_ commit: ObjectID, on refs: [ByteString], of resource: String?) -> JSONText {
        .object(
            (resource.map { [("uri", .string($0))] } ?? []) + [
                ("digest", .object([("gitCommit", .string(commit.hex))])),
                ("annotations", .object([("sourceRefs", .array(refs.map(JSONText.bytes)))])),
            ])
    }

    /// SLSA's "somebody verified this" of a revision.
    static func summary(
        of revision: JSONText, by verifier: String, version: String, at moment: Instant, resource: String,
        under policy: ExportedEntry.Policy, levels: [SourceLevel]
    ) -> JSONText {
        statement(
            of: StatementURI.summary, [revision],
            .object([
                (
                    "verifier",
                    .object([
                        ("id", .string(verifier)),
                        ("version", .object([("remit", .string(version))])),
                    ])
                ),
                ("timeVerified", .string(moment.description)),
                ("resourceUri", .string(resource)),
                (
                    "policy",
                    .object([
                        ("uri", .string("remit://\(policy.organisation)/authority.toml")),
                        ("digest", .object([("sha256", .string(policy.digest.hex))])),
                    ])
                ),
                ("verificationResult", .string("PASSED")),
                ("verifiedLevels", .array(levels.map { .string($0.rawValue) })),
                ("slsaVersion", .string("1.2")),
            ]))
    }
}

/// What a decision shows of a revision, in SLSA's words.
///
/// No level of SLSA's own Source Track: one gate cannot know how the source was kept.
package enum SourceLevel: String, CaseIterable, Sendable {
    /// Every commit with a mark of an agent was made, or landed, under a delegation in force.
    case agentDelegated = "ORG_SOURCE_AGENT_DELEGATED"
    /// And each of them stayed within the paths, operations and environments of its delegation.
    case agentScopeEnforced = "ORG_SOURCE_AGENT_SCOPE_ENFORCED"
    /// A token of an issuer that the policy trusts says which job asked.
    case jobProved = "ORG_SOURCE_JOB_PROVED"
    /// An exception of the organisation's set something aside; then nothing else is claimed of agents.
    case agentException = "ORG_SOURCE_INTERNAL_AGENT_EXCEPTION"

    /// - Parameter provesJob: whether the environment demands that the job is proved.
    static func levels(of decision: Decision, provesJob: Bool = false) -> [SourceLevel] {
        let job: [SourceLevel] = provesJob && decision.job?.proof != nil ? [.jobProved] : []
        guard decision.overrides.isEmpty, decision.findingCount == 0 else { return job + [.agentException] }
        return isDelegated(decision) ? [.agentDelegated, .agentScopeEnforced] + job : job
    }

    /// Whether the commits counted under delegations are all those that were seen of each agent.
    private static func isDelegated(_ decision: Decision) -> Bool {
        decision.agents.allSatisfy { seen in
            let acting = decision.delegations.filter { $0.agent == seen.agent }.reduce(0) { $0 + $1.commits }
            let landing = decision.landings.filter { $0.agent == seen.agent }.reduce(0) { $0 + $1.commits }
            return acting + landing >= seen.commits
        }
    }
}
