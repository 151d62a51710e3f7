package import RemitAuthority
package import RemitModel

/// What is the same for a whole submission: the moment, the place, the policy, and who pushes.
package struct Circumstances: Sendable {
    package let now: Instant
    package let repository: RepositoryPolicy
    package let mode: Mode
    package let pusher: Pusher?
    /// Whom the authority knows the pusher's account as.
    package let pusherIdentity: PusherIdentity
    /// The certificate of the push; `nil` where there is none and none is demanded.
    package let certificate: CertificateCase?
    /// The delegation that a push option names, for acts that leave no commit behind.
    package let pushDelegation: DelegationLookup?
    /// What the pusher gave with `--push-option`: claims.
    package let pushOptions: [ByteString]
    package let protectedPaths: ProtectedPaths
    /// What the repository demands of approvals, and who may give them.
    package let approvals: ApprovalPolicy
    /// What is judged: the same facts weigh otherwise where they would land than where they would be deployed.
    package let submission: Submission
    /// What the policy demands of the environment of a deployment; `nil` where it does not name it.
    package let environment: EnvironmentPolicy?
    /// The CI job that asks; `nil` for a push.
    package let job: Job?
    /// The jobs of which the policy believes tokens here: for this repository and, in a deployment, environment.
    package let jobs: [JobTrust]
    /// By what way the change comes, which is recorded and no rule looks at.
    package let route: Route
    /// By which marks agents are looked for, which is recorded and no rule looks at.
    package let catalogue: Decision.Catalogue?
    /// The administrators, whom to ask where no delegator or owner is known.
    package let administrators: [String]
    /// Whether each commit is told of by itself, as often as it is sent: then only a new one counts as a push.
    package let isProposal: Bool

    package enum PusherIdentity: Hashable, Sendable {
        case person(String)
        case agent(AgentStanding)
        /// The server vouches for an account that the authority does not know.
        case stranger
        /// Nobody vouches for the pusher.
        case unknown
    }

    package init(
        now: Instant, repository: RepositoryPolicy, mode: Mode, pusher: Pusher?, pusherIdentity: PusherIdentity,
        pushDelegation: DelegationLookup? = nil, pushOptions: [ByteString] = [], protectedPaths: ProtectedPaths,
        approvals: ApprovalPolicy = .none, administrators: [String],
        submission: Submission = .push, environment: EnvironmentPolicy? = nil, job: Job? = nil, jobs: [JobTrust] = [],
        route: Route = .plain, certificate: CertificateCase? = nil, isProposal: Bool = false,
        catalogue: Decision.Catalogue? = nil
    ) {
        self.now = now
        self.repository = repository
        self.mode = mode
        self.pusher = pusher
        self.pusherIdentity = pusherIdentity
        self.pushDelegation = pushDelegation
        self.pushOptions = pushOptions
        self.protectedPaths = protectedPaths
        self.approvals = approvals
        self.administrators = administrators
        self.isProposal = isProposal
        self.catalogue = catalogue
        self.submission = submission
        self.environment = environment
        self.job = job
        self.jobs = jobs
        self.route = route
        self.certificate = certificate
    }

    /// How the claimed delegation of a commit stands to a ref of this repository.
    package func standing(of delegation: VerifiedDelegation, on update: UpdateCase) -> Standing {
        if let environment = submission.environment {
            return Standing(of: delegation.delegation, reaching: environment, in: repository.name)
        }
        return Standing(of: delegation.delegation, on: update.update.ref, in: repository.name)
    }

    /// What the policy demands of the evidence of who wrote what comes to a ref.
    ///
    /// What is deployed was brought by the refs that it may be deployed from: there the strictest of them counts.
    package func demands(on update: UpdateCase) -> AttributionDemands {
        guard let deployment = update.deployment, !repository.refs.isEmpty else {
            return repository.demands(on: update.update.ref)
        }
        return AttributionDemands.strictest(of: deployment.refs.map(repository.demands(on:)))
            ?? repository.demands(on: update.update.ref)
    }

    /// Whom to ask about an agent: its owners, or the administrators when the inventory does not know it.
    package func owners(of agent: AgentStanding) -> [String] {
        agent.registered?.agent.owners ?? administrators
    }

    /// The person who pushes; in a deployment, who starts the job.
    package var personPushes: String? {
        if case .person(let id) = pusherIdentity { id } else { nil }
    }

    /// Whether the pusher's own key says who pushes, and not only the server.
    package var isPusherProved: Bool { certificate?.record?.standing.holder != nil }

    /// What that person does, in words.
    var pusherAct: String { submission.isDeployment ? "starts the job" : "pushes it" }
}
