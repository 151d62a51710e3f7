/// The CI job that asks for a judgement.
///
/// What it says of itself comes from variables that an earlier step or a pipeline's author can set: claims. Only
/// `proof` makes facts of some of them.
package struct Job: Hashable, Sendable {
    package var system: CISystem
    /// The repository as the system names it, such as `example/payments`.
    package var repository: String?
    /// The repository's number or UUID, which a rename does not change.
    package var repositoryID: String?
    /// The full name of the ref that the job runs for.
    package var ref: ByteString?
    package var commit: ObjectID?
    package var event: Event?
    /// The full name of the branch into which a merge request would be merged.
    package var target: ByteString?
    /// Where that branch stands, and the tip of what would be merged.
    package var base: ObjectID?
    package var head: ObjectID?
    /// What the system made of both to try it: the merge that it runs the job for.
    package var result: ObjectID?
    /// The account that started this run; for a re-run, who re-ran it.
    package var actor: String?
    package var environment: String?
    /// The run, and which attempt at it this is, from 1.
    package var run: String?
    package var attempt: Int?
    /// Where a person can look at it.
    package var url: String?
    /// The token that proves who runs; `nil` where the job has none.
    package var proof: Proof?
    /// Why the token that was given proves nothing; never the token itself.
    package var tokenFault: String?

    package init(system: CISystem) {
        self.system = system
    }

    /// Why a job runs.
    package enum Event: Hashable, Sendable {
        case push
        case tag
        case mergeRequest
        /// A merge queue or merge train tries what the target would be.
        case mergeQueue
        case schedule
        /// A person started it by hand, or through an API.
        case manual
        case deployment
        /// Another, in the system's own word.
        case other(String)
    }

    /// A verified OpenID Connect token: what its issuer says of the job.
    package struct Proof: Hashable, Sendable {
        /// Exactly as the token says it.
        package let issuer: String
        /// The thumbprint of the verifying key (RFC 7638, SHA-256, base64url).
        package let key: String
        /// Every claim with a plain value, sorted by name; values as text.
        package let claims: [Claim]
        package let issuedAt: Instant
        package let expiresAt: Instant

        package init(issuer: String, key: String, claims: [Claim], issuedAt: Instant, expiresAt: Instant) {
            self.issuer = issuer
            self.key = key
            self.claims = claims.sorted { $0.name < $1.name }
            self.issuedAt = issuedAt
            self.expiresAt = expiresAt
        }

        package subscript(name: String) -> String? { claims.first { $0.name == name }?.value }
    }

    /// One claim of a token.
    package struct Claim: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

extension Job.Event {
    /// The word for it in records and reports.
    package var word: String {
        switch self {
        case .push: "push"
        case .tag: "tag"
        case .mergeRequest: "merge-request"
        case .mergeQueue: "merge-queue"
        case .schedule: "schedule"
        case .manual: "manual"
        case .deployment: "deployment"
        case .other(let word): word
        }
    }
}
