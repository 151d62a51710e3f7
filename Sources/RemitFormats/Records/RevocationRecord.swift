package import RemitModel

extension Revocation.Cause: CaseIterable {
    package static let allCases: [Revocation.Cause] = [.ended, .superseded, .compromised]
}

extension Revocation {
    /// Reads `revocations/<id>.toml`, strictly.
    ///
    /// It names one delegation or one agent.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "revocation/v1")
        let target: Target
        switch (try table.optionalRecordID("delegation"), try table.optionalText("agent")) {
        case (let delegation?, nil): target = .delegation(delegation)
        case (nil, let agent?): target = .agent(agent)
        default: throw table.refusal(nil, "must name either a delegation or an agent")
        }
        self.init(
            organisation: try table.identifier("organisation"), target: target, cause: try table.word("cause"),
            reason: try table.text("reason"), issuedAt: try table.moment("issued_at"),
            issuer: try table.identifier("issuer"))
        try table.finish()
    }
}

extension Baseline {
    /// Reads `exceptions/baseline-<repository>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "baseline/v1")
        var commits: [ObjectID] = []
        for text in try table.texts("commits") {
            guard let id = ObjectID(hex: text), !id.isZero else {
                throw table.refusal("commits", "'\(text)' is not a full commit id")
            }
            commits.append(id)
        }
        guard !commits.isEmpty else { throw table.refusal("commits", "names no commit") }
        self.init(
            organisation: try table.identifier("organisation"), repository: try table.identifier("repository"),
            commits: commits, reason: try table.text("reason"), issuedAt: try table.moment("issued_at"),
            issuer: try table.identifier("issuer"))
        try table.finish()
    }
}
