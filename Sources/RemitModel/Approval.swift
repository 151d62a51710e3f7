/// A person's word for one exact commit and its tree.
package struct Approval: Hashable, Sendable {
    package let organisation: String
    package let approver: String
    package let repository: String
    package let commit: ObjectID
    /// The tree of the commit: what the person looked at.
    package let tree: ObjectID
    /// The environments that it lets the commit reach; empty for a merge alone.
    package let environments: Set<String>
    package let reason: String
    package let issuedAt: Instant
    /// From then on it no longer counts.
    package let expiresAt: Instant

    package init(
        organisation: String, approver: String, repository: String, commit: ObjectID, tree: ObjectID,
        environments: Set<String>, reason: String, issuedAt: Instant, expiresAt: Instant
    ) {
        self.organisation = organisation
        self.approver = approver
        self.repository = repository
        self.commit = commit
        self.tree = tree
        self.environments = environments
        self.reason = reason
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// Break-glass: an administrator lets one commit onto one ref although named rules refuse it.
package struct Exception: Hashable, Sendable {
    package let organisation: String
    package let issuer: String
    package let repository: String
    /// The full name of the ref.
    package let ref: ByteString
    /// What the ref may be moved to.
    package let commit: ObjectID
    /// The rules that are set aside, and no others.
    package let rules: Set<RuleCode>
    package let reason: String
    package let issuedAt: Instant
    package let expiresAt: Instant

    /// The longest life of an exception, in seconds: three days.
    package static let longestLife: Int64 = 72 * 3600

    package init(
        organisation: String, issuer: String, repository: String, ref: ByteString, commit: ObjectID,
        rules: Set<RuleCode>, reason: String, issuedAt: Instant, expiresAt: Instant
    ) {
        self.organisation = organisation
        self.issuer = issuer
        self.repository = repository
        self.ref = ref
        self.commit = commit
        self.rules = rules
        self.reason = reason
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}
