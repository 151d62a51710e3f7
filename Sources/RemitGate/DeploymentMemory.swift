import RemitFormats
import RemitGit
import RemitModel

/// What the repository remembers of the deployments to an environment, under `refs/remit/deployed/`.
struct DeploymentMemory {
    let reader: GitReader
    /// The repository's name in the authority, and whose authority it is: a statement is of both.
    let repository: String
    let organisation: String

    /// Who can move the ref could hide commits from judgement, so a ref alone is never believed.
    func recall(_ environment: EnvironmentPolicy) throws(GateError) -> RememberedDeployment.Recollection {
        let ref = DeploymentSubmission.ref(of: environment.name)
        return try GateError.reading(ref) { () throws(GitError) in
            guard let target = try reader.repository.reference(ref) else { return .nothing }
            let tag = DeploymentTag(reader, environment, of: repository, organisation: organisation)
            switch try tag.decision(in: target) {
            case .failure(let fault): return .unbelieved(fault.reason)
            case .success(let decision):
                return .verified(
                    RememberedDeployment(
                        commit: decision.commit, decidedAt: decision.decidedAt, run: decision.run,
                        attempt: decision.attempt))
            }
        }
    }
}
