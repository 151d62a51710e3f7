import RemitGit
import RemitModel

/// What the repository remembers of the deployments to an environment, under `refs/remit/deployed/`.
struct DeploymentMemory {
    let reader: GitReader

    /// Who can move the ref could hide commits from judgement, so a ref alone is never believed.
    func recall(_ environment: EnvironmentPolicy) throws(GateError) -> RememberedDeployment.Recollection {
        let ref = DeploymentSubmission.ref(of: environment.name)
        let target = try GateError.reading(ref) { () throws(GitError) in try reader.repository.reference(ref) }
        guard target != nil else { return .nothing }
        return .unbelieved(
            environment.statementKeys.isEmpty
                ? "the policy names no key whose statement of a deployment is believed"
                : "no key of the policy signed it")
    }
}
