package import RemitModel

/// An allowed deployment, as others are told of it: in statements that a cluster can demand, and that the gate itself
/// reads again as its memory of what is deployed.
///
/// In-toto's Statement v1 (github.com/in-toto/attestation); the same bytes every time, since they are signed.
package struct DeploymentStatement: Sendable {
    /// One thing that was built from the commit and is deployed: a container image, most often.
    package struct Image: Hashable, Sendable {
        package let name: String
        /// 64 lower-case hexadecimal digits.
        package let sha256: String

        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// What is known beside the decision itself.
    package struct Grounds: Sendable {
        package let environment: EnvironmentPolicy
        package let organisation: String
        /// The digest of `authority.toml`.
        package let policy: RecordID
        /// Until when the copy of the authority is known to have held every revocation; `nil` where nobody vouched.
        package let revocationsKnownUntil: Instant?
        /// The refs of `deploy_from` that have the commit.
        package let refs: [ByteString]
        /// Whether an older commit is put back in place of a newer one, by a person's will.
        package let isRollback: Bool
        /// Remit's own.
        package let version: String

        package init(
            environment: EnvironmentPolicy, organisation: String, policy: RecordID, revocationsKnownUntil: Instant?,
            refs: [ByteString], isRollback: Bool, version: String
        ) {
            self.environment = environment
            self.organisation = organisation
            self.policy = policy
            self.revocationsKnownUntil = revocationsKnownUntil
            self.refs = refs
            self.isRollback = isRollback
            self.version = version
        }
    }

    let decision: Decision
    let grounds: Grounds
    let environment: String
    let update: RefUpdate
    /// Where the source is: `git+` and a URL without anybody's password.
    let resource: String
    let images: [Image]

    /// `nil` for anything but an allowed deployment: what monitor mode lets through has passed nothing.
    package init?(_ decision: Decision, grounds: Grounds, resource: String, images: [Image]) {
        guard decision.outcome == .allowed, let environment = decision.submission.environment,
            let update = decision.updates.first, decision.updates.count == 1
        else { return nil }
        self.decision = decision
        self.grounds = grounds
        self.environment = environment
        self.update = update
        self.resource = resource
        self.images = images
    }

    /// The payloads to sign, in the order in which they stand in the file.
    package var payloads: [[UInt8]] { [summary.encoded, decided.encoded] }

    /// The source revision: its commit, and the refs that have it.
    var revision: JSONText { SourceStatement.revision(update.new, on: grounds.refs, of: resource) }
}
