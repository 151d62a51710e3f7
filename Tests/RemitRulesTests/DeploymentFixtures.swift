@testable import RemitAuthority
import RemitModel
import RemitRules

// A deployment of `payments` to `production`: what is deployed is 0xA0, what is to be is 0xB0.

let deployedRef: ByteString = "refs/remit/deployed/production"

func production(
    _ agents: EnvironmentPolicy.AgentDemand = .delegated, approvals: Int = 1, from deployFrom: [String] = [],
    keys: [String] = []
) -> EnvironmentPolicy {
    EnvironmentPolicy(
        name: "production", repositories: ["payments"],
        deployFrom: refs(deployFrom.isEmpty ? ["refs/heads/main"] : deployFrom), agents: agents, approvals: approvals,
        identity: .claimed, statementKeys: keys)
}

/// A grant under which work may reach environments.
func reaching(
    _ environments: String..., paths covered: [String] = ["Sources/**"],
    may operations: Set<RemitModel.Operation> = [.refCreate, .refUpdate, .fileCreate, .fileModify]
) -> Grant {
    grant(paths: covered, operations, environments: Set(environments))
}

/// Bob and Carol may let anything reach `production`, but Bob nothing of `Deploy/**`; Sam only lets work land.
func releasing(_ demands: ApprovalDemand...) -> ApprovalPolicy {
    ApprovalPolicy(
        demands: demands,
        roles: [
            approver(bob, refs: [], except: ["Deploy/**"], environments: ["production"]),
            approver(carol, refs: [], environments: ["production", "staging"]),
            approver("dana@example.org", environments: ["production"]), approver("sam@example.org"),
        ], environment: "production")
}

func deploying(
    _ environment: EnvironmentPolicy? = production(), to name: String = "production",
    startedBy starter: Circumstances.PusherIdentity = .unknown, job: Job? = nil, now: Instant = noon,
    option: DelegationLookup? = nil, approvals: ApprovalPolicy = releasing()
) -> Circumstances {
    Circumstances(
        now: now,
        repository: RepositoryPolicy(
            name: "payments", protectedRefs: refs(["refs/heads/main"]), within: AttributionDemands()),
        mode: .enforce, pusher: nil, pusherIdentity: starter, pushDelegation: option,
        protectedPaths: ProtectedPaths(adding: []), approvals: approvals, administrators: ["ada@example.org"],
        submission: .deployment(environment: name), environment: environment, job: job)
}

func job(_ change: (inout Job) -> Void = { _ in }) -> Job {
    var job = Job(system: .github)
    change(&job)
    return job
}

func proof(_ claims: [String: String] = [:], at issuedAt: Instant = noon) -> Job.Proof {
    Job.Proof(
        issuer: "https://token.actions.githubusercontent.com", key: "k",
        claims: claims.map { Job.Claim(name: $0.key, value: $0.value) }, issuedAt: issuedAt,
        expiresAt: issuedAt.adding(seconds: 300))
}

/// The deployment as a whole, with approvals of the commit to deploy.
func deployment(
    _ course: DeploymentCase.Course = .forward(from: object(0xA0)),
    after recollection: RememberedDeployment.Recollection = .nothing, since: ObjectID? = nil,
    isSinceAhead: Bool = false, isRollback: Bool = false, refs: [ByteString] = [mainBranch], isMerged: Bool = true,
    given: [VerifiedApproval]? = nil
) -> UpdateCase {
    UpdateCase(
        update: RefUpdate(ref: deployedRef, old: object(0xA0), new: object(0xB0)), kind: .update, isProtected: true,
        approvals: given.map {
            TipApprovals(commit: object(0xB0), tree: tipTree, given: RecordsOfCommit(verified: $0, faults: []))
        },
        deployment: DeploymentCase(
            commit: object(0xB0), course: course, recollection: recollection, since: since,
            isSinceAhead: isSinceAhead, isRollback: isRollback, refs: refs, isMerged: isMerged))
}
