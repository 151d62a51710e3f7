package import RemitModel

/// An agent of a test's inventory, every field free to be changed.
package struct TestAgent: Sendable {
    package var organisation = "example.org"
    package var id: String
    package var vendor = "Anthropic"
    package var models = ["claude-opus-4-6"]
    package var tools = ["edit", "bash"]
    package var owners = ["dana@example.org"]
    /// `email:…`, `login:…`, `key:SHA256:…`.
    package var identities: [String] = []
    /// Ids in the catalogue of marks; its own id when empty.
    package var marks: [String] = []
    package var autonomy = "supervised"
    package var status = "active"
    package var reviewBy: Instant

    package init(_ id: String, reviewBy: Instant) {
        self.id = id
        self.reviewBy = reviewBy
    }

    package var text: String {
        RecordFields.lines([
            ("type", RecordFields.text("agent/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("id", RecordFields.text(id)),
            ("vendor", RecordFields.text(vendor)),
            ("models", RecordFields.list(models)),
            ("tools", RecordFields.list(tools)),
            ("owners", RecordFields.list(owners)),
            ("identities", RecordFields.list(identities)),
            ("marks", RecordFields.list(marks)),
            ("autonomy", RecordFields.text(autonomy)),
            ("status", RecordFields.text(status)),
            ("review_by", reviewBy.description),
        ])
    }
}
