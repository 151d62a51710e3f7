import RemitAuthority
import RemitGit
import RemitModel
import RemitReport

extension DeploymentStatement.Grounds {
    /// What the statements of an allowed deployment say beside its decision.
    ///
    /// - Parameter known: until when the copy of the authority is known to have held every revocation.
    init(
        of deployment: DeploymentSubmission, to environment: EnvironmentPolicy, _ authority: Authority,
        revocationsKnownUntil known: Instant?, in reader: GitReader
    ) throws(GateError) {
        let reading = DeploymentReading(reader: reader)
        let refs = try reading.refs(of: environment, on: deployment.remote)
        let holding = try GateError.reading { () throws(GitError) in
            var holding: [ByteString] = []
            for ref in refs where try reading.holds(deployment.commit, [ref]) { holding.append(ref.name) }
            return holding
        }
        self.init(
            environment: environment, organisation: authority.policy.organisation, policy: authority.policyID,
            revocationsKnownUntil: known, refs: holding.sorted(), isRollback: deployment.isRollback,
            version: HookCommand.version)
    }
}
