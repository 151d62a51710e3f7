package import RemitModel
import RemitSignatures

/// An approval of a test, every field free to be changed.
package struct TestApproval: Sendable {
    package var organisation = "example.org"
    package var approver: String
    package var repository = "payments"
    package var commit: ObjectID
    package var tree: ObjectID
    package var environments: [String] = []
    package var reason = "read it"
    package var issuedAt: Instant
    package var expiresAt: Instant

    /// Given a minute before `now` and good for a day.
    package init(of commit: ObjectID, tree: ObjectID, by approver: String, at now: Instant) {
        self.approver = approver
        self.commit = commit
        self.tree = tree
        issuedAt = now.adding(seconds: -60)
        expiresAt = now.adding(seconds: 24 * 3600)
    }

    package var text: String {
        RecordFields.lines([
            ("type", RecordFields.text("approval/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("approver", RecordFields.text(approver)),
            ("repository", RecordFields.text(repository)),
            ("commit", RecordFields.text(commit.hex)),
            ("tree", RecordFields.text(tree.hex)),
            ("environments", environments.isEmpty ? nil : RecordFields.list(environments)),
            ("reason", RecordFields.text(reason)),
            ("issued_at", issuedAt.description),
            ("expires_at", expiresAt.description),
        ])
    }
}

/// An exception of a test, every field free to be changed.
package struct TestException: Sendable {
    package var organisation = "example.org"
    package var issuer = "dana@example.org"
    package var repository = "payments"
    package var ref = "refs/heads/main"
    package var commit: ObjectID
    package var rules: [String]
    package var reason = "production is down"
    package var issuedAt: Instant
    package var expiresAt: Instant

    /// Given a minute before `now` and good for an hour.
    package init(for commit: ObjectID, rules: [String], at now: Instant) {
        self.commit = commit
        self.rules = rules
        issuedAt = now.adding(seconds: -60)
        expiresAt = now.adding(seconds: 3600)
    }

    package var text: String {
        RecordFields.lines([
            ("type", RecordFields.text("exception/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("issuer", RecordFields.text(issuer)),
            ("repository", RecordFields.text(repository)),
            ("ref", RecordFields.text(ref)),
            ("commit", RecordFields.text(commit.hex)),
            ("rules", RecordFields.list(rules)),
            ("reason", RecordFields.text(reason)),
            ("issued_at", issuedAt.description),
            ("expires_at", expiresAt.description),
        ])
    }
}

extension TestAuthority {
    /// Signs an approval and commits it where it is looked for.
    package func approve(_ approval: TestApproval, signedBy key: SSHKey) throws {
        let place = "approvals/\(approval.commit.hex.prefix(2))/\(approval.commit.hex)"
        let id = RecordID(of: Array(approval.text.utf8))
        try put(approval.text, at: "\(place)/\(id.hex).toml", signedBy: key, "remit-approval")
    }

    /// Signs an exception as Dana and commits it where it is looked for.
    package func except(_ exception: TestException, signedBy key: SSHKey? = nil) throws {
        let place = "exceptions/\(exception.commit.hex.prefix(2))/\(exception.commit.hex)"
        let id = RecordID(of: Array(exception.text.utf8))
        try put(exception.text, at: "\(place)/\(id.hex).toml", signedBy: key ?? dana, "remit-exception")
    }
}
