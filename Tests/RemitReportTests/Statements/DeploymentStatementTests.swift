import RemitModel
import RemitReport
import Testing

@Suite struct DeploymentStatementTests {
    static let zeros = String(repeating: "0", count: 52)
    static let commit = "3f2a9c1b7d4e0000000000000000000000000000"
    static let image = DeploymentStatement.Image(name: "registry/pay", sha256: String(repeating: "ab", count: 32))

    static func environment(_ identity: EnvironmentPolicy.IdentityDemand = .claimed) -> EnvironmentPolicy {
        EnvironmentPolicy(
            name: "production", repositories: ["payments"], deployFrom: [], agents: .delegated, approvals: 0,
            identity: identity, statementKeys: [])
    }

    static func grounds(
        _ identity: EnvironmentPolicy.IdentityDemand = .claimed, known: Instant? = nil, isRollback: Bool = false
    ) throws -> DeploymentStatement.Grounds {
        DeploymentStatement.Grounds(
            environment: environment(identity), organisation: "example.org", policy: try #require(Samples.delegation),
            revocationsKnownUntil: known, refs: ["refs/heads/main", "refs/tags/v1"], isRollback: isRollback,
            version: "0.1.0")
    }

    static func job(proved: Bool) -> Job {
        var job = Job(system: .github)
        job.repositoryID = "1001"
        job.run = "77"
        job.attempt = 2
        guard proved else { return job }
        job.proof = Job.Proof(
            issuer: "https://token.example.org", key: "thumb", claims: [.init(name: "repository_id", value: "1001")],
            issuedAt: Samples.at, expiresAt: Samples.at.adding(seconds: 300))
        return job
    }

    static func decision(
        _ outcome: Outcome = .allowed, mode: Mode = .enforce, old: ObjectID = .zero, seen: Int = 0, used: Int = 0,
        landed: Int = 0, overrides: [Decision.Override] = [],
        submission: Submission = .deployment(environment: "production"),
        job: Job? = nil
    ) throws -> Decision {
        let delegation = try #require(Samples.delegation)
        return Decision(
            outcome: outcome, mode: mode, repository: "payments", pusher: nil, decidedAt: Samples.at,
            updates: [RefUpdate(ref: "refs/remit/deployed/production", old: old, new: Samples.commit())], commits: 3,
            findings: [], findingCount: overrides.count,
            agents: seen == 0 ? [] : [.init(agent: "claude-code", commits: seen, strength: .cryptographic)],
            delegations: used == 0
                ? []
                : [.init(delegation: delegation, agent: "claude-code", delegator: "dana@example.org", commits: used)],
            landings: landed == 0
                ? []
                : [.init(delegation: delegation, agent: "claude-code", delegator: "dana@example.org", commits: landed)],
            authority: Samples.commit(7), policyVersion: 2, overrides: overrides, submission: submission, job: job)
    }

    static func payloads(
        _ decision: Decision, _ grounds: DeploymentStatement.Grounds, _ images: [DeploymentStatement.Image] = []
    ) throws -> [String] {
        try #require(
            DeploymentStatement(
                decision, grounds: grounds, resource: "git+https://git.example.org/payments", images: images)
        ).payloads.map { String(decoding: $0, as: UTF8.self) }
    }

    static let subject =
        #"{"uri":"git+https://git.example.org/payments","digest":{"gitCommit":"\#(commit)"},"#
        + #""annotations":{"sourceRefs":["refs/heads/main","refs/tags/v1"]}}"#

    @Test func `the summary is these bytes`() throws {
        let payload = try Self.payloads(Self.decision(seen: 2, used: 1, landed: 1), Self.grounds())[0]
        #expect(
            payload
                == [
                    #"{"_type":"https://in-toto.io/Statement/v1","subject":[\#(Self.subject)],"#,
                    #""predicateType":"https://slsa.dev/verification_summary/v1","predicate":{"verifier":"#,
                    #"{"id":"https://remit.dev/gate/deploy/v1","version":{"remit":"0.1.0"}},"#,
                    #""timeVerified":"2026-11-20T09:00:00Z","resourceUri":"git+https://git.example.org/payments","#,
                    #""policy":{"uri":"remit://example.org/authority.toml","digest":{"sha256":"1f2e3d4c5b6a\#(Self.zeros)"}},"#,
                    #""verificationResult":"PASSED","verifiedLevels":["ORG_SOURCE_AGENT_DELEGATED","#,
                    #""ORG_SOURCE_AGENT_SCOPE_ENFORCED"],"slsaVersion":"1.2"}}"#,
                ].joined())
    }

    @Test func `the decision is these bytes, its images subjects beside the commit`() throws {
        let payload = try Self.payloads(
            Self.decision(old: Samples.commit(5), job: Self.job(proved: true)),
            Self.grounds(known: Samples.at.adding(seconds: -60), isRollback: true), [Self.image])[1]
        let digest = String(repeating: "ab", count: 32)
        let deployed = "0000000000000000000000000000000000000005"
        #expect(
            payload
                == [
                    #"{"_type":"https://in-toto.io/Statement/v1","subject":[\#(Self.subject),"#,
                    #"{"name":"registry/pay","digest":{"sha256":"\#(digest)"}}],"#,
                    #""predicateType":"https://remit.dev/decision/v1","predicate":{"schema":"decision/v1","#,
                    #""outcome":"allowed","mode":"enforce","repository":"payments","pusher":null,"#,
                    #""decidedAt":"2026-11-20T09:00:00Z","authority":"0000000000000000000000000000000000000007","#,
                    #""policyVersion":2,"updateCount":1,"updates":[{"ref":"refs/remit/deployed/production","#,
                    #""old":"\#(deployed)","new":"\#(Self.commit)"}],"commits":3,"agents":[],"delegations":[],"#,
                    #""findingCount":0,"findings":[],"overrides":[],"remarks":[],"ancestors":[],"landings":[],"#,
                    #""approvals":[],"submission":{"kind":"deployment","environment":"production"},"#,
                    #""job":{"system":"github","repositoryId":"1001","run":"77","attempt":2,"#,
                    #""proof":{"issuer":"https://token.example.org","key":"thumb","issuedAt":"2026-11-20T09:00:00Z","#,
                    #""expiresAt":"2026-11-20T09:05:00Z","claims":{"repository_id":"1001"}}},"rules":[],"#,
                    #""environment":"production","commit":"\#(Self.commit)","deployedFrom":"\#(deployed)","#,
                    #""isRollback":true,"organisation":"example.org","#,
                    #""policyDigest":{"sha256":"1f2e3d4c5b6a\#(Self.zeros)"},"#,
                    #""revocations":{"authority":"0000000000000000000000000000000000000007","#,
                    #""knownUntil":"2026-11-20T08:59:00Z"}}}"#,
                ].joined())
    }

    static let levels: [(seen: Int, used: Int, landed: Int, proved: Bool, demanded: Bool, levels: [String])] = [
        (0, 0, 0, false, false, ["ORG_SOURCE_AGENT_DELEGATED", "ORG_SOURCE_AGENT_SCOPE_ENFORCED"]),
        (2, 2, 0, false, false, ["ORG_SOURCE_AGENT_DELEGATED", "ORG_SOURCE_AGENT_SCOPE_ENFORCED"]),
        (2, 1, 0, false, false, []),
        (2, 1, 1, true, false, ["ORG_SOURCE_AGENT_DELEGATED", "ORG_SOURCE_AGENT_SCOPE_ENFORCED"]),
        (2, 0, 1, true, true, ["ORG_SOURCE_JOB_PROVED"]),
    ]

    @Test(arguments: levels.indices)
    func `only what is shown is claimed`(row: Int) throws {
        let row = Self.levels[row]
        let decision = try Self.decision(
            seen: row.seen, used: row.used, landed: row.landed, job: Self.job(proved: row.proved))
        let statement = DeploymentStatement(
            decision, grounds: try Self.grounds(row.demanded ? .proved : .claimed), resource: "git+file:///a",
            images: [])
        #expect(statement?.levels.map(\.rawValue) == row.levels)
    }

    @Test func `an exception is told, and nothing else is claimed of agents`() throws {
        let override = Decision.Override(
            exception: try #require(Samples.delegation), issuer: "dana@example.org", reason: "outage",
            expiresAt: Samples.at, rule: .scopePath, ref: "refs/remit/deployed/production", findings: 1)
        let decision = try Self.decision(seen: 1, used: 1, overrides: [override])
        let statement = DeploymentStatement(
            decision, grounds: try Self.grounds(), resource: "git+file:///a", images: [])
        #expect(statement?.levels.map(\.rawValue) == ["ORG_SOURCE_INTERNAL_AGENT_EXCEPTION"])
    }

    @Test func `no level is one of SLSA's own`() {
        #expect(SourceLevel.allCases.allSatisfy { $0.rawValue.hasPrefix("ORG_SOURCE_") })
    }

    static let others: [(outcome: Outcome, mode: Mode, submission: Submission)] = [
        (.refused, .enforce, .deployment(environment: "production")),
        (.refused, .monitor, .deployment(environment: "production")),
        (.undecided, .monitor, .deployment(environment: "production")),
        (.allowed, .enforce, .merge), (.allowed, .enforce, .push),
    ]

    @Test(arguments: others.indices)
    func `nothing but an allowed deployment has statements`(row: Int) throws {
        let other = Self.others[row]
        let decision = try Self.decision(other.outcome, mode: other.mode, submission: other.submission)
        #expect(DeploymentStatement(decision, grounds: try Self.grounds(), resource: "r", images: []) == nil)
    }
}
