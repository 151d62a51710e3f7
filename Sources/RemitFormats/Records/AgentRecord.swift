package import RemitModel

extension Agent.Autonomy: CaseIterable {
    package static let allCases: [Agent.Autonomy] = [.assistant, .supervised, .autonomous]
}

extension Agent.Status: CaseIterable {
    package static let allCases: [Agent.Status] = [.active, .suspended, .retired]
}

extension Agent {
    /// Reads `agents/<id>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "agent/v1")
        let id = try table.identifier("id")
        var identities: [AgentIdentity] = []
        for text in try table.texts("identities") {
            guard let identity = AgentIdentity(text) else {
                throw table.refusal("identities", "'\(text)' is none of email:ADDRESS, login:NAME, key:SHA256:...")
            }
            identities.append(identity)
        }
        let owners = try table.texts("owners")
        guard !owners.isEmpty else { throw table.refusal("owners", "names no person") }
        let marks = try table.texts("marks")
        self.init(
            organisation: try table.identifier("organisation"), id: id, vendor: try table.text("vendor"),
            models: try table.texts("models"),
            tools: try table.texts("tools"), owners: owners, identities: identities,
            marks: marks.isEmpty ? [id] : marks, autonomy: try table.word("autonomy"),
            status: try table.word("status", default: Agent.Status.active),
            reviewBy: try table.moment("review_by"))
        try table.finish()
    }
}
