/// How the tokens of one issuer speak of a job.
///
/// What `sub` says is in none of them: its form is shaped by others, and changes.
package struct IssuerClaims: Sendable {
    /// A claim, and the variable by which the job says the same of itself.
    package struct Fact: Hashable, Sendable {
        package let claim: String
        package let variable: String

        init(_ claim: String, _ variable: String) {
            self.claim = claim
            self.variable = variable
        }
    }

    package let system: CISystem
    package let repository: Fact?
    package let repositoryID: Fact
    /// The commit that the job runs for; `nil` where tokens do not say it.
    package let commit: Fact?
    /// The environment that the job is for; `nil` where tokens do not say it.
    package let environment: String?
    package let run: Fact
    package let attempt: Fact?
    /// The account that started the run: who wrote the code is another question.
    package let actor: String?
    package let event: String?
    /// The variable that names the ref.
    package let refVariable: String
    /// The full name of the ref that the job runs for.
    package let ref: @Sendable (Job.Proof) -> ByteString?
    /// What no token may say, whatever the policy pins, in words; for a deployment only.
    package let faults: @Sendable (Job.Proof) -> [String]
}

extension IssuerProfile {
    package var claims: IssuerClaims {
        switch self {
        case .github: .github
        case .forgejo: .forgejo
        case .gitlab: .gitlab
        case .buildkite: .buildkite
        case .circleci: .circleci
        }
    }
}

extension Job.Proof {
    /// The value of a claim for a sentence about it.
    func said(_ claim: String) -> String {
        self[claim].map { "says \(claim) '\($0)'" } ?? "does not say \(claim)"
    }
}

extension Job {
    /// The job with what its token proves where its variables say nothing.
    ///
    /// But for the commit and the environment: a token confirms what is to be deployed and where, and chooses neither.
    package func proved(by proof: Proof, of profile: IssuerProfile) -> Job {
        let claims = profile.claims
        var job = self
        job.proof = proof
        job.repository = repository ?? claims.repository.flatMap { proof[$0.claim] }
        job.repositoryID = repositoryID ?? proof[claims.repositoryID.claim]
        job.ref = ref ?? claims.ref(proof)
        job.run = run ?? proof[claims.run.claim]
        job.attempt = attempt ?? claims.attempt.flatMap { proof[$0.claim] }.flatMap { Int($0) }
        job.actor = actor ?? claims.actor.flatMap { proof[$0] }
        return job
    }
}
