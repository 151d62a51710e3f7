package import RemitModel

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
