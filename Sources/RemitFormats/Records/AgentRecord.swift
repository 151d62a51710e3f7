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
        let business = try table.owners("business_owners")
        let technical = try table.owners("technical_owners")
        let marks = try table.texts("marks")
        self.init(
            organisation: try table.identifier("organisation"), id: id, vendor: try table.text("vendor"),
            models: try table.texts("models"),
            tools: try table.texts("tools"), businessOwners: business, technicalOwners: technical,
            identities: identities,
            marks: marks.isEmpty ? [id] : marks, autonomy: try table.word("autonomy"),
            status: try table.word("status", default: Agent.Status.active),
            reviewBy: try table.moment("review_by"), review: try Review(in: &table),
            resumedAt: try table.optionalMoment("resumed_at"), issuedAt: try table.optionalMoment("issued_at"))
        try table.finish()
    }
}

extension Agent.Review {
    fileprivate init?(in record: inout RecordTable) throws(RecordError) {
        guard var table = try record.table("review") else { return nil }
        self.init(
            at: try table.moment("at"), by: try table.identifier("by"), models: try table.texts("models"),
            tools: try table.texts("tools"))
        try table.finish()
    }
}

extension RecordTable {
    fileprivate mutating func owners(_ key: String) throws(RecordError) -> [String] {
        let owners = try texts(key)
        guard !owners.isEmpty else { throw refusal(key, "names no person") }
        return owners
    }
}
