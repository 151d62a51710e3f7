/// The last deployment to an environment that a gate allowed and a pipeline carried out, as a signed statement has it.
package struct RememberedDeployment: Hashable, Sendable {
    package let commit: ObjectID
    /// When the gate allowed it.
    package let decidedAt: Instant
    /// The CI run that deployed, and which attempt at it, where the statement says so.
    package let run: String?
    package let attempt: Int?

    package init(commit: ObjectID, decidedAt: Instant, run: String? = nil, attempt: Int? = nil) {
        self.commit = commit
        self.decidedAt = decidedAt
        self.run = run
        self.attempt = attempt
    }

    /// What was found where a deployment is remembered.
    ///
    /// Who can move that ref could hide commits from judgement: only a statement that a key of the policy signed counts.
    package enum Recollection: Hashable, Sendable {
        case nothing
        case verified(RememberedDeployment)
        /// Something is there, and why it is not believed.
        case unbelieved(String)

        package var verified: RememberedDeployment? {
            if case .verified(let deployment) = self { deployment } else { nil }
        }
    }
}
