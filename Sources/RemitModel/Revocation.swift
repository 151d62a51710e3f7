/// The end of a delegation, or of everything of an agent.
///
/// Once given it is never taken back.
package struct Revocation: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case delegation(RecordID)
        case agent(String)
    }

    package enum Cause: String, Hashable, Sendable {
        /// Nothing new is accepted; what was seen stands.
        case ended
        case superseded
        /// Everything under it is refused until a person approves it anew.
        case compromised
    }

    package let organisation: String
    package let target: Target
    package let cause: Cause
    package let reason: String
    package let issuedAt: Instant
    /// The person who revokes.
    package let issuer: String

    package init(
        organisation: String, target: Target, cause: Cause, reason: String, issuedAt: Instant, issuer: String
    ) {
        self.organisation = organisation
        self.target = target
        self.cause = cause
        self.reason = reason
        self.issuedAt = issuedAt
        self.issuer = issuer
    }
}

/// History from before adoption, named by commit id in a signed exception, so that it is not judged.
package struct Baseline: Hashable, Sendable {
    package let organisation: String
    package let repository: String
    package let commits: [ObjectID]
    package let reason: String
    package let issuedAt: Instant
    package let issuer: String

    package init(
        organisation: String, repository: String, commits: [ObjectID], reason: String, issuedAt: Instant,
        issuer: String
    ) {
        self.organisation = organisation
        self.repository = repository
        self.commits = commits
        self.reason = reason
        self.issuedAt = issuedAt
        self.issuer = issuer
    }
}
