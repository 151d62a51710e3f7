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
