package import RemitModel

/// An agent of a test's inventory, every field free to be changed.
package struct TestAgent: Sendable {
    package var organisation = "example.org"
    package var id: String
    package var vendor = "Anthropic"
    package var models = ["claude-opus-4-6"]
    package var tools = ["edit", "bash"]
    package var businessOwners = ["dana@example.org"]
    package var technicalOwners = ["dana@example.org"]
    /// `email:…`, `login:…`, `key:SHA256:…`.
    package var identities: [String] = []
    /// Ids in the catalogue of marks; its own id when empty.
    package var marks: [String] = []
    package var autonomy = "supervised"
    package var status = "active"
    package var reviewBy: Instant
    package var resumedAt: Instant?
    /// The models and tools of the last review; the agent's own when `nil`.
    package var reviewed: (models: [String], tools: [String])?
    package var reviewedAt: Instant
    package var reviewedBy = "dana@example.org"

    package init(_ id: String, reviewBy: Instant) {
        self.id = id
        self.reviewBy = reviewBy
        reviewedAt = reviewBy.adding(seconds: -180 * 24 * 3600)
    }

    package var text: String {
        RecordFields.lines([
            ("type", RecordFields.text("agent/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("id", RecordFields.text(id)),
            ("vendor", RecordFields.text(vendor)),
            ("models", RecordFields.list(models)),
            ("tools", RecordFields.list(tools)),
            ("business_owners", RecordFields.list(businessOwners)),
            ("technical_owners", RecordFields.list(technicalOwners)),
            ("identities", RecordFields.list(identities)),
            ("marks", RecordFields.list(marks)),
            ("autonomy", RecordFields.text(autonomy)),
            ("status", RecordFields.text(status)),
            ("review_by", reviewBy.description),
            ("resumed_at", resumedAt?.description),
        ]) + "\n[review]\n"
            + RecordFields.lines([
                ("at", reviewedAt.description), ("by", RecordFields.text(reviewedBy)),
                ("models", RecordFields.list(reviewed?.models ?? models)),
                ("tools", RecordFields.list(reviewed?.tools ?? tools)),
            ])
    }
}
