package import RemitModel

/// An issuer as the policy trusts it in one place: whose keys verify a token, and for whom it must be.
package struct TrustedIssuer: Hashable, Sendable {
    package let issuer: String
    package let profile: IssuerProfile
    package let audiences: Set<String>

    package init(issuer: String, profile: IssuerProfile, audiences: Set<String>) {
        self.issuer = issuer
        self.profile = profile
        self.audiences = audiences
    }

    /// The one that a token says to be of, among the jobs that the policy knows here.
    package init(of token: CompactToken, among jobs: [JobTrust]) throws(TokenError) {
        guard let claimed = token.claimedIssuer else { throw TokenError("its 'iss' is not a text") }
        let known = jobs.filter { $0.issuer.isExactly(claimed) }
        guard let first = known.first else {
            throw TokenError("no [[job]] entry of the policy is for a token of issuer '\(claimed)' here")
        }
        self.init(
            issuer: first.issuer, profile: first.profile,
            audiences: Set(known.filter { $0.profile == first.profile }.map(\.audience)))
    }

    /// Where the issuer publishes its keys, as its discovery document says it does.
    package var keysURL: String {
        switch profile {
        case .github, .buildkite: "\(issuer)/.well-known/jwks"
        case .forgejo: "\(issuer)/.well-known/keys"
        case .gitlab: "\(issuer)/oauth/discovery/keys"
        case .circleci: "\(issuer)/.well-known/jwks-pub.json"
        }
    }
}

extension IssuerProfile {
    /// With what its tokens are signed; Forgejo's administrators choose (`ID_TOKEN_SIGNING_ALGORITHM`).
    var algorithms: Set<JSONWebKey.Algorithm> {
        switch self {
        case .github, .gitlab, .buildkite, .circleci: [.rs256]
        case .forgejo: [.rs256, .es256, .es384]
        }
    }
}
