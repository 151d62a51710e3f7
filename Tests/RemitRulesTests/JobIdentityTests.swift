import RemitModel
@testable import RemitRules
import Testing

/// A job that deploys `payments` to production, and what its token says.
struct JobScene {
    static let commit = object(0xB0)
    static let github = [
        "aud": "https://remit.example.org", "repository": "example/payments", "repository_id": "1001",
        "repository_owner_id": "77", "sub": "repo:example/payments:environment:production", "ref": "refs/heads/main",
        "sha": commit.hex, "event_name": "push", "environment": "production", "run_id": "42", "run_attempt": "1",
    ]
    static let gitlab = [
        "aud": "https://remit.example.org", "project_id": "1001", "project_path": "example/payments", "ref": "main",
        "ref_type": "branch", "ref_path": "refs/heads/main", "ref_protected": "true", "sha": commit.hex,
        "environment": "production", "pipeline_source": "push", "pipeline_id": "42",
    ]
    static let buildkite = [
        "aud": "https://remit.example.org", "organization_id": "o-1", "pipeline_id": "p-1", "build_branch": "main",
        "build_commit": commit.hex, "build_id": "42", "build_source": "webhook",
    ]
    static let circleci = [
        "aud": "https://remit.example.org", "oidc.circleci.com/org-id": "o-1", "oidc.circleci.com/project-id": "p-1",
        "oidc.circleci.com/vcs-ref": "refs/heads/main", "oidc.circleci.com/ssh-rerun": "false",
        "oidc.circleci.com/workflow-id": "w-1",
    ]

    static func issuer(_ profile: IssuerProfile) -> String { "https://\(profile.rawValue).example.org" }

    static func claims(_ profile: IssuerProfile) -> [String: String] {
        switch profile {
        case .github: github
        case .forgejo: github.filter { $0.key != "environment" }
        case .gitlab: gitlab
        case .buildkite: buildkite
        case .circleci: circleci
        }
    }

    /// What the policy pins: the least that it must.
    static func trust(_ profile: IssuerProfile, _ changes: [String: String] = [:]) -> JobTrust {
        let claims = claims(profile)
        var pins: [String: String] = [:]
        for name in profile.pinnedClaims { pins[name] = claims[name] }
        for (name, value) in changes { pins[name] = value }
        return JobTrust(
            repositories: ["payments"], environments: ["production"], issuer: issuer(profile), profile: profile,
            audience: "https://remit.example.org",
            claims: pins.sorted { $0.key < $1.key }.map { Job.Claim(name: $0.key, value: $0.value) })
    }

    static func proof(_ profile: IssuerProfile, _ changes: [String: String?] = [:]) -> Job.Proof {
        var claims = claims(profile)
        for (name, value) in changes { claims[name] = value }
        return Job.Proof(
            issuer: issuer(profile), key: "thumbprint", claims: claims.map { Job.Claim(name: $0.key, value: $0.value) },
            issuedAt: noon, expiresAt: five)
    }

    static func reasons(
        _ job: Job?, trusting jobs: [JobTrust], identity: EnvironmentPolicy.IdentityDemand = .proved,
        of submission: Submission = .deployment(environment: "production")
    ) -> [String] {
        let environment = EnvironmentPolicy(
            name: "production", repositories: ["payments"], deployFrom: refs(["refs/heads/main"]), agents: .delegated,
            approvals: 1, identity: identity, statementKeys: [])
        let circumstances = Circumstances(
            now: noon,
            repository: RepositoryPolicy(
                name: "payments", protectedRefs: refs(["refs/heads/main"]), within: AttributionDemands()),
            mode: .enforce, pusher: nil, pusherIdentity: .unknown, protectedPaths: ProtectedPaths(adding: []),
            administrators: ["ada@example.org"], submission: submission,
            environment: submission.isDeployment ? environment : nil, job: job, jobs: jobs)
        let place = update("refs/remit/deployed/production")
        let findings = JobIdentityRule().judge(place, with: UpdateSummary(), circumstances)
        for finding in findings {
            #expect(finding.rule == .jobIdentity && finding.ref == place.update.ref)
            #expect(finding.facts.ask == ["ada@example.org"] && finding.facts.environment == submission.environment)
        }
        return findings.compactMap(\.facts.reason)
    }

    /// What is said of a job with a token, in its own system.
    static func reasons(
        _ profile: IssuerProfile, _ changes: [String: String?] = [:], pinning pins: [String: String] = [:],
        _ change: (inout Job) -> Void = { _ in }
    ) -> [String] {
        var job = Job(system: profile.claims.system)
        job.proof = proof(profile, changes)
        change(&job)
        return reasons(job, trusting: [trust(profile, pins)])
    }
}

@Suite struct JobIdentityTests {
    private static let rerun = "oidc.circleci.com/ssh-rerun"
    private static let vcs = "oidc.circleci.com/vcs-ref"

    @Test(arguments: IssuerProfile.allCases)
    func `a token that is this job's says nothing against it`(profile: IssuerProfile) {
        #expect(JobScene.reasons(profile).isEmpty)
    }

    @Test func `without a token, an environment that demands one is closed, and another is not`() {
        let job = Job(system: .github)
        let trust = [JobScene.trust(.github)]
        #expect(
            JobScene.reasons(job, trusting: trust)
                == ["environment 'production' demands a token, and none was given"])
        #expect(JobScene.reasons(job, trusting: trust, identity: .claimed).isEmpty)
        #expect(JobScene.reasons(job, trusting: trust, of: .merge).isEmpty)
        #expect(JobScene.reasons(nil, trusting: trust).isEmpty)
    }

    @Test(arguments: [EnvironmentPolicy.IdentityDemand.claimed, .proved])
    func `a bad token is never ignored`(identity: EnvironmentPolicy.IdentityDemand) {
        var job = Job(system: .github)
        job.tokenFault = "it expired at \(nine)"
        let trust = [JobScene.trust(.github)]
        let said = ["the token cannot be believed: it expired at 2026-11-20T09:00:00Z"]
        #expect(JobScene.reasons(job, trusting: trust, identity: identity) == said)
        #expect(JobScene.reasons(job, trusting: trust, of: .merge) == said)
        job = Job(system: .github)
        job.proof = JobScene.proof(.github, ["repository_id": "7"])
        #expect(
            JobScene.reasons(job, trusting: trust, identity: identity)
                == ["the token says repository_id '7', the policy pins '1001'"])
    }

    @Test func `a repository that took over a name is another one, whatever its sub says`() {
        #expect(
            JobScene.reasons(.github, ["repository_id": "2002"])
                == ["the token says repository_id '2002', the policy pins '1001'"])
        #expect(
            JobScene.reasons(.github, ["repository_owner_id": "78", "repository_id": "2002"])
                == [
                    "the token says repository_id '2002', the policy pins '1001'",
                    "the token says repository_owner_id '78', the policy pins '77'",
                ])
    }

    /// Classic; customised by the repository's administrator; immutable, for repositories made or renamed since
    /// 2026-07-15; and one with `ref:`, which stands where no environment does.
    @Test(arguments: [
        "repo:example/payments:environment:production", "repository_visibility:private:actor:mallory",
        "repo:example@77/payments@1001:environment:production", "repo:example/payments:ref:refs/heads/main",
        "repo:mallory@9/other@2:environment:production",
    ])
    func `what sub says changes nothing`(sub: String) {
        #expect(JobScene.reasons(.github, ["sub": sub]).isEmpty)
        #expect(
            JobScene.reasons(.github, ["sub": sub, "repository_id": "2002"])
                == ["the token says repository_id '2002', the policy pins '1001'"])
    }

    @Test func `a token without what is pinned is none of ours`() {
        #expect(
            JobScene.reasons(.buildkite, ["organization_id": nil, "pipeline_id": nil])
                == [
                    "the token does not say organization_id, the policy pins 'o-1'",
                    "the token does not say pipeline_id, the policy pins 'p-1'",
                ])
        // The issuer is the same for every organisation there is.
        #expect(
            JobScene.reasons(.buildkite, ["organization_id": "o-2"])
                == ["the token says organization_id 'o-2', the policy pins 'o-1'"])
    }

    @Test func `issuer and audience are those of an entry, byte for byte`() {
        var job = Job(system: .github)
        job.proof = JobScene.proof(.github)
        let other = [JobScene.trust(.gitlab)]
        #expect(
            JobScene.reasons(job, trusting: other)
                == ["no [[job]] entry of the policy is for a token of issuer 'https://github.example.org' here"])
        #expect(JobScene.reasons(job, trusting: []).count == 1)
        job.proof = JobScene.proof(.github, ["aud": "sts.amazonaws.com"])
        #expect(JobScene.reasons(job, trusting: [JobScene.trust(.github)]).count == 1)
        #expect(JobScene.reasons(.github, ["repository": "\u{212A}"], pinning: ["repository": "K"]).count == 1)
    }

    @Test func `one of several entries is enough, and all of its claims must be there`() {
        var job = Job(system: .github)
        job.proof = JobScene.proof(.github)
        let other = JobScene.trust(.github, ["repository_id": "7"])
        #expect(JobScene.reasons(job, trusting: [other, JobScene.trust(.github)]).isEmpty)
        let workflow = JobScene.trust(.github, ["job_workflow_sha": "abc"])
        #expect(
            JobScene.reasons(job, trusting: [workflow])
                == ["the token does not say job_workflow_sha, the policy pins 'abc'"])
    }

    /// GitHub writes `%3A` for a colon within a value; decoding would let two values be one.
    @Test func `an encoded colon is not a colon`() {
        let claims = ["repo_property_team": "pay%3Aops"]
        #expect(JobScene.reasons(.github, claims, pinning: ["repo_property_team": "pay%3Aops"]).isEmpty)
        #expect(
            JobScene.reasons(.github, claims, pinning: ["repo_property_team": "pay:ops"])
                == ["the token says repo_property_team 'pay%3Aops', the policy pins 'pay:ops'"])
        #expect(
            JobScene.reasons(.github, ["environment": "production%3Aeu"])
                == ["the token is for environment 'production%3Aeu', not 'production'"])
    }

    @Test(arguments: [IssuerProfile.github, .gitlab])
    func `the token is for the environment deployed to`(profile: IssuerProfile) {
        #expect(
            JobScene.reasons(profile, ["environment": "staging"])
                == ["the token is for environment 'staging', not 'production'"])
        #expect(
            JobScene.reasons(profile, ["environment": nil])
                == ["the token names no environment: the job itself must be for 'production'"])
    }

    @Test(arguments: [(IssuerProfile.github, "sha"), (.forgejo, "sha"), (.gitlab, "sha"), (.buildkite, "build_commit")])
    func `the token is for the commit deployed`(profile: IssuerProfile, claim: String) {
        let other = object(0xB1).hex
        #expect(
            JobScene.reasons(profile, [claim: other])
                == ["the token is for commit '\(other)', not \(JobScene.commit.hex)"])
        #expect(JobScene.reasons(profile, [claim: nil]) == ["the token does not say \(claim)"])
        #expect(
            JobScene.reasons(profile, [claim: "HEAD"])
                == ["the token is for commit 'HEAD', not \(JobScene.commit.hex)"])
    }

    @Test(
        arguments: [
            "pull_request", "pull_request_target", "workflow_run", "issue_comment", "merge_group",
            "repository_dispatch", "check_run", "", "PUSH",
        ])
    func `events that run what nobody landed may not deploy`(event: String) {
        let said = [
            """
            the token says event_name '\(event)'; \
            one of push, workflow_dispatch, schedule, release, deployment may deploy
            """
        ]
        #expect(JobScene.reasons(.github, ["event_name": event]) == said)
        #expect(JobScene.reasons(.forgejo, ["event_name": event]) == said)
        var job = Job(system: .github)
        job.proof = JobScene.proof(.github, ["event_name": event])
        #expect(JobScene.reasons(job, trusting: [JobScene.trust(.github)], of: .merge).isEmpty)
    }

    @Test(arguments: ["push", "workflow_dispatch", "schedule", "release", "deployment"])
    func `events of the repository's own may`(event: String) {
        #expect(JobScene.reasons(.github, ["event_name": event]).isEmpty)
    }

    @Test func `a GitLab ref is a short name of a kind, protected by the word true`() {
        #expect(JobScene.reasons(.gitlab, ["ref_path": nil]).isEmpty)
        #expect(
            JobScene.reasons(.gitlab, ["ref": "v1", "ref_type": "tag", "ref_path": "refs/tags/v1"]).isEmpty)
        #expect(
            JobScene.reasons(.gitlab, ["ref_protected": "false"])
                == ["the token says ref_protected 'false'; only a protected branch or tag may deploy"])
        #expect(
            JobScene.reasons(.gitlab, ["ref_protected": nil])
                == ["the token does not say ref_protected; only a protected branch or tag may deploy"])
        #expect(
            JobScene.reasons(.gitlab, ["ref_type": "tag"])
                == ["the token contradicts itself: ref_path 'refs/heads/main' is not its ref and ref_type"])
        #expect(
            JobScene.reasons(.gitlab, ["ref_type": "merge_request"])
                == ["the token says ref_type 'merge_request', which is neither 'branch' nor 'tag' of a named ref"])
        #expect(
            JobScene.reasons(.gitlab, ["pipeline_source": "merge_request_event"])
                == [
                    """
                    the token says pipeline_source 'merge_request_event'; \
                    one of push, web, schedule, api, trigger, pipeline, parent_pipeline may deploy
                    """
                ])
    }

    @Test(arguments: ["true", nil, "False"])
    func `a job re-run with a shell may not deploy`(rerun: String?) {
        let said = rerun.map { "says \(Self.rerun) '\($0)'" } ?? "does not say \(Self.rerun)"
        #expect(
            JobScene.reasons(.circleci, [Self.rerun: rerun])
                == ["the token \(said); only a job without a shell for a person may deploy"])
    }

    @Test(arguments: ["refs/pull/7/head", nil, "main"])
    func `nor a fork's, nor one that a webhook of any kind started`(ref: String?) {
        let said = ref.map { "says \(Self.vcs) '\($0)'" } ?? "does not say \(Self.vcs)"
        #expect(
            JobScene.reasons(.circleci, [Self.vcs: ref])
                == ["the token \(said); only a branch or a tag of the project may deploy"])
    }
}

@Suite struct JobContradictionTests {
    @Test func `what the variables say otherwise than the token is told variable by variable`() {
        let reasons = JobScene.reasons(.github) { job in
            job.repositoryID = "7"
            job.repository = "example/other"
            job.ref = "refs/heads/other"
            job.commit = object(0xB1)
            job.run = "43"
            job.attempt = 2
        }
        #expect(
            reasons == [
                "GITHUB_REPOSITORY_ID says 7, the token says 1001",
                "GITHUB_REPOSITORY says example/other, the token says example/payments",
                "GITHUB_REF says refs/heads/other, the token says refs/heads/main",
                "GITHUB_SHA says \(object(0xB1).hex), the token says \(JobScene.commit.hex)",
                "GITHUB_RUN_ID says 43, the token says 42",
                "GITHUB_RUN_ATTEMPT says 2, the token says 1",
            ])
    }

    @Test func `what they say too is no contradiction`() {
        let reasons = JobScene.reasons(.gitlab) { job in
            job.repositoryID = "1001"
            job.repository = "example/payments"
            job.ref = "refs/heads/main"
            job.commit = JobScene.commit
            job.run = "42"
        }
        #expect(reasons.isEmpty)
    }

    @Test func `options contradict too, and a token of another system always`() {
        var job = Job(system: .generic)
        job.proof = JobScene.proof(.github)
        job.repositoryID = "7"
        let trust = [JobScene.trust(.github)]
        #expect(JobScene.reasons(job, trusting: trust) == ["the job says 7, the token says 1001"])
        #expect(JobScene.reasons(job, trusting: trust, of: .merge) == ["the job says 7, the token says 1001"])
        job.system = .gitlab
        #expect(
            JobScene.reasons(job, trusting: trust) == ["the job runs on gitlab, the token is one of github"])
    }

    @Test(arguments: IssuerProfile.allCases)
    func `where they say nothing, the token does`(profile: IssuerProfile) {
        let proof = JobScene.proof(profile)
        let job = Job(system: .generic).proved(by: proof, of: profile)
        #expect(job.system == .generic && job.proof == proof)
        #expect(job.ref == "refs/heads/main")
        #expect(job.repositoryID == (profile == .buildkite || profile == .circleci ? "p-1" : "1001"))
        #expect(job.run == (profile == .circleci ? "w-1" : "42"))
        #expect(job.commit == nil && job.environment == nil)
        #expect(JobScene.reasons(job, trusting: [JobScene.trust(profile)]).isEmpty)
        var said = Job(system: profile.claims.system)
        said.repositoryID = "7"
        #expect(said.proved(by: proof, of: profile).repositoryID == "7")
    }
}
