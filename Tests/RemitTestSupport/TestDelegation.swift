package import RemitModel

/// A delegation of a test, every field free to be changed.
package struct TestDelegation: Sendable {
    package struct Grant: Sendable {
        package var repository = "payments"
        package var refs = ["refs/heads/agent/PAY-42/**"]
        package var mergeInto = ["refs/heads/main"]
        package var paths = ["Sources/**", "Tests/**"]
        package var except = ["Sources/Secrets/**"]
        package var operations = ["ref.create", "ref.update", "file.create", "file.modify"]
        package var environments: [String] = []

        package init() {}
    }

    package var organisation = "example.org"
    package var delegator = "dana@example.org"
    package var agent = "claude-code"
    package var task = "PAY-42"
    package var purpose = "Retry the settlement job with backoff"
    package var issuedAt: Instant
    package var expiresAt: Instant
    package var mergeBy: Instant?
    /// The task keys' fingerprints.
    package var keys: [String]
    package var certificateAuthorities: [String] = []
    package var hops: Int?
    package var parent: RecordID?
    package var model: String?
    package var tools: [String] = []
    package var instructions: RecordID?
    package var grants = [Grant()]
    /// `commits`, `files`, `lines`, `bytes`, `pushes`.
    package var limits: [String: Int] = [:]

    /// Valid from an hour before `now` until eight hours after it, and to be landed within a week.
    package init(at now: Instant, keys: [String]) {
        issuedAt = now.adding(seconds: -3600)
        expiresAt = now.adding(seconds: 8 * 3600)
        mergeBy = now.adding(seconds: 7 * 24 * 3600)
        self.keys = keys
    }

    package var text: String {
        var text = RecordFields.lines([
            ("type", RecordFields.text("delegation/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("delegator", RecordFields.text(delegator)),
            ("agent", RecordFields.text(agent)),
            ("task", RecordFields.text(task)),
            ("purpose", RecordFields.text(purpose)),
            ("issued_at", issuedAt.description),
            ("expires_at", expiresAt.description),
            ("merge_by", mergeBy?.description),
            ("keys", RecordFields.list(keys)),
            (
                "certificate_authorities",
                certificateAuthorities.isEmpty ? nil : RecordFields.list(certificateAuthorities)
            ),
            ("hops", hops.map(String.init)),
            ("parent", parent.map { RecordFields.text($0.description) }),
        ])
        if model != nil || !tools.isEmpty || instructions != nil {
            text += "\n[context]\n"
            text += RecordFields.lines([
                ("model", model.map(RecordFields.text)),
                ("tools", RecordFields.list(tools)),
                ("instructions", instructions.map { RecordFields.text($0.description) }),
            ])
        }
        for grant in grants {
            text += "\n[[grant]]\n"
            text += RecordFields.lines([
                ("repository", RecordFields.text(grant.repository)),
                ("refs", RecordFields.list(grant.refs)),
                ("merge_into", RecordFields.list(grant.mergeInto)),
                ("paths", RecordFields.list(grant.paths)),
                ("except", RecordFields.list(grant.except)),
                ("operations", RecordFields.list(grant.operations)),
                ("environments", RecordFields.list(grant.environments)),
            ])
        }
        if !limits.isEmpty {
            text += "\n[limits]\n"
            text += RecordFields.lines(limits.sorted { $0.key < $1.key }.map { ($0.key, String($0.value)) })
        }
        return text
    }

    /// A signed delegation in the authority, and the key that proves possession of it.
    package struct Issued: Sendable {
        package let id: RecordID
        package let taskKey: SSHKey

        package init(id: RecordID, taskKey: SSHKey) {
            (self.id, self.taskKey) = (id, taskKey)
        }
    }
}
