/// The end of a delegation, of a key, or of everything of an agent or of all agents.
///
/// Once given it is never taken back.
package struct Revocation: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case delegation(RecordID)
        /// All that an agent does: the kill switch.
        case agent(String)
        /// A task key, or a person's key.
        case key(KeyFingerprint)
        case everyAgent
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

extension Collection<Revocation> {
    /// The one that stops most: of compromises the last, after which work must be approved anew; else the first end.
    package var gravest: Revocation? {
        self.filter { $0.cause == .compromised }.max { $0.issuedAt < $1.issuedAt }
            ?? self.min { $0.issuedAt < $1.issuedAt }
    }
}
